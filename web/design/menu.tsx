import { useEffect, useRef, useState } from "preact/hooks";
import { IconButton } from "./button.tsx";
import { beganIn, focusedAround } from "./focus.ts";
import { Icon, type IconName } from "./icons.tsx";

export interface MenuEntry {
  icon: IconName;
  label: string;
  isDangerous?: boolean;
  onPick: () => void;
}

interface Props {
  label: string;
  entries: MenuEntry[];
  icon?: IconName;
  opensUp?: boolean;
}

/** A button that opens a list of commands: arrows move in it, Escape and a click elsewhere close it. */
export function MenuButton({ label, entries, icon = "more", opensUp }: Props) {
  const [isOpen, setOpen] = useState(false);
  const anchor = useRef<HTMLSpanElement>(null);
  const close = (isFocused: boolean) => {
    setOpen(false);
    if (isFocused) anchor.current?.querySelector<HTMLElement>(".icon-button")?.focus();
  };
  useEffect(() => {
    if (!isOpen) return;
    anchor.current?.querySelector<HTMLElement>("[role=menuitem]")?.focus();
    const away = (event: Event) => !beganIn(event, anchor.current) && close(false);
    document.addEventListener("pointerdown", away);
    return () => document.removeEventListener("pointerdown", away);
  }, [isOpen]);
  const move = (event: KeyboardEvent) => {
    if (event.key === "Escape") {
      event.stopPropagation();
      return close(true);
    }
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step === undefined) return event.key === "Tab" ? close(false) : undefined;
    event.preventDefault();
    const items = [...(anchor.current?.querySelectorAll<HTMLElement>("[role=menuitem]") ?? [])];
    const now = items.indexOf(focusedAround(anchor.current) as HTMLElement);
    items[(now + step + items.length) % items.length]?.focus();
  };
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: the keys belong to the menu in it, wherever the focus is there
    <span class="menu-anchor" ref={anchor} onKeyDown={isOpen ? move : undefined}>
      <IconButton
        icon={icon}
        label={label}
        aria-haspopup="menu"
        aria-expanded={isOpen}
        onClick={() => setOpen(!isOpen)}
      />
      {isOpen && (
        <div class={opensUp ? "menu up" : "menu"} role="menu" aria-label={label}>
          {entries.map((entry) => (
            <button
              key={entry.label}
              type="button"
              role="menuitem"
              tabIndex={-1}
              class={entry.isDangerous ? "danger" : ""}
              onClick={() => {
                close(true);
                entry.onPick();
              }}
            >
              <Icon name={entry.icon} />
              {entry.label}
            </button>
          ))}
        </div>
      )}
    </span>
  );
}
