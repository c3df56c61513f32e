import type { ComponentChildren } from "preact";
import { useId } from "preact/hooks";
import { IconButton } from "./button.tsx";
import { useModal } from "./modal.ts";

interface Props {
  title: string;
  closeLabel: string;
  onClose: () => void;
  children: ComponentChildren;
  footer?: ComponentChildren;
}

/** A modal window; on telephones a sheet from below. The browser keeps the focus in it and gives it back afterwards. */
export function Dialog({ title, closeLabel, onClose, children, footer }: Props) {
  const dialog = useModal(onClose);
  const id = useId();
  return (
    <dialog ref={dialog} class="dialog" aria-labelledby={id}>
      <header>
        <h2 id={id}>{title}</h2>
        <IconButton icon="close" label={closeLabel} onClick={onClose} />
      </header>
      <div class="body scrolls">{children}</div>
      {footer && <footer>{footer}</footer>}
    </dialog>
  );
}
