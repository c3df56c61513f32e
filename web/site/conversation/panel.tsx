import type { ComponentChildren } from "preact";
import { IconButton } from "../../design/button.tsx";
import { words } from "../words/words.ts";

/** What may stand beside the messages. */
export type Panel = "details" | "search" | undefined;

interface Props {
  title: string;
  onClose: () => void;
  children: ComponentChildren;
}

/** A panel beside the messages; on narrow windows it lies over them. Escape closes it. */
export function SidePanel({ title, onClose, children }: Props) {
  return (
    <aside
      class="pane side-pane"
      aria-label={title}
      data-region
      tabIndex={-1}
      ref={(element) => {
        if (element && !element.contains(document.activeElement)) element.focus({ preventScroll: true });
      }}
      onKeyDown={(event) => {
        if (event.key !== "Escape" || event.defaultPrevented) return;
        event.stopPropagation();
        onClose();
      }}
    >
      <header class="pane-head">
        <h2>{title}</h2>
        <IconButton icon="close" label={words.close} onClick={onClose} />
      </header>
      <div class="side-body scrolls">{children}</div>
    </aside>
  );
}
