import { IconButton } from "../../design/button.tsx";
import { useModal } from "../../design/modal.ts";
import { words } from "../words/words.ts";

/** A picture as large as the window. */
export function Lightbox({ name, link, onClose }: { name: string; link: string; onClose: () => void }) {
  const dialog = useModal(onClose);
  return (
    <dialog ref={dialog} class="dialog bare lightbox" aria-label={name}>
      <header>
        <span class="cut">{name}</span>
        <a class="icon-link" href={link} download={name}>
          {words.attachments.download("")}
        </a>
        <IconButton icon="close" label={words.close} onClick={onClose} />
      </header>
      <button type="button" class="lightbox-picture" aria-label={words.close} onClick={onClose}>
        <img src={link} alt={name} />
      </button>
    </dialog>
  );
}
