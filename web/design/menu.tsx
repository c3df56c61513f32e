import { useRef, useState } from "preact/hooks";
import { IconButton } from "./button.tsx";
import type { IconName } from "./icons.tsx";
import { type MenuEntry, MenuList } from "./menu-list.tsx";

interface Props {
  label: string;
  entries: MenuEntry[];
  icon?: IconName;
}

/** A button that opens a list of commands below itself. */
export function MenuButton({ label, entries, icon = "more" }: Props) {
  const [isOpen, setOpen] = useState(false);
  const anchor = useRef<HTMLSpanElement>(null);
  const close = (isKeyed: boolean) => {
    setOpen(false);
    if (isKeyed) anchor.current?.querySelector<HTMLElement>(".icon-button")?.focus();
  };
  return (
    <span class="menu-anchor" ref={anchor}>
      <IconButton
        icon={icon}
        label={label}
        aria-haspopup="menu"
        aria-expanded={isOpen}
        onClick={() => setOpen(!isOpen)}
      />
      {isOpen && (
        <div class="menu">
          <MenuList label={label} entries={entries} onClose={close} />
        </div>
      )}
    </span>
  );
}
