import { useRef } from "preact/hooks";
import { IconButton } from "../../design/button.tsx";
import { useIsOwner } from "./commands.tsx";

/** Opens a menu of commands below itself; pressed again, it closes the menu. */
export function CommandsButton({ label, onOpen }: { label: string; onOpen: (owner: HTMLElement) => void }) {
  const place = useRef<HTMLSpanElement>(null);
  const isOpen = useIsOwner(place.current?.querySelector("button") ?? null);
  const wasOpen = useRef(false);
  return (
    <span class="menu-anchor" ref={place}>
      <IconButton
        icon="more"
        label={label}
        aria-haspopup="menu"
        aria-expanded={isOpen}
        onPointerDown={() => {
          wasOpen.current = isOpen;
        }}
        onClick={({ currentTarget }) => {
          // A press beside an open menu has closed it already.
          if (!wasOpen.current) onOpen(currentTarget);
          wasOpen.current = false;
        }}
      />
    </span>
  );
}
