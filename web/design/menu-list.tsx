import { useEffect, useLayoutEffect, useRef, useState } from "preact/hooks";
import { Icon, type IconName } from "./icons.tsx";

interface Look {
  label: string;
  icon?: IconName;
  /** Address of a picture in the place of the icon. */
  picture?: string;
}

/** One line of a menu: a command, a menu within the menu, or a line that separates. */
export type MenuEntry =
  | (Look & { isDangerous?: boolean; onPick: () => void })
  | (Look & { entries: MenuEntry[] })
  | "separator";

interface Props {
  label: string;
  entries: readonly MenuEntry[];
  /** @param isKeyed the menu was left by a key or a choice, so the focus goes back to where it came from */
  onClose: (isKeyed: boolean) => void;
}

/** The lines of an open menu. Arrows move, to the right into a menu within it and to the left out of it; Escape closes. */
export function MenuList({ label, entries, onClose }: Props) {
  const list = useRef<HTMLDivElement>(null);
  useLayoutEffect(() => focusFirst(list.current), []);
  useEffect(() => {
    // The page may be inside of a component, whose events come from it as a whole: the path knows better than the target.
    const away = (event: Event) => !event.composedPath().includes(anchorOf(list.current)) && onClose(false);
    document.addEventListener("pointerdown", away, { capture: true });
    return () => document.removeEventListener("pointerdown", away, { capture: true });
  }, []);
  const keyed = (event: KeyboardEvent) => {
    const { key } = event;
    if (key === "Tab") return onClose(false);
    if (key === "Escape") onClose(true);
    else if (!move(list.current, key)) return;
    event.preventDefault();
    event.stopPropagation();
  };
  return (
    <div
      ref={list}
      class="menu-list"
      role="menu"
      aria-label={label}
      tabIndex={-1}
      onKeyDown={keyed}
      onContextMenu={(event) => event.preventDefault()}
    >
      <Lines entries={entries} onClose={onClose} />
    </div>
  );
}

/** The first line of a menu is ready for the keys. */
export const focusFirst = (menu: HTMLElement | null): void =>
  menu?.querySelector<HTMLElement>("[role=menuitem]")?.focus();

/** What a click on does not close the menu: the menu, and the button beside it that opened it. */
const anchorOf = (list: HTMLElement | null): EventTarget => list?.closest(".menu-anchor") ?? list ?? document;

/** @returns whether the key meant something */
function move(list: HTMLElement | null, key: string): boolean {
  const items = [...(list?.querySelectorAll<HTMLElement>("[role=menuitem]") ?? [])];
  const now = items.findIndex((item) => item.matches(":focus"));
  const step = { ArrowDown: now + 1, ArrowUp: Math.max(now, 0) - 1, Home: 0, End: -1 }[key];
  if (step !== undefined) items.at(step % items.length)?.focus();
  else if (key === "ArrowRight") items[now]?.matches("[aria-expanded=false]") && items[now]?.click();
  else if (key === "ArrowLeft") items[now]?.closest<HTMLElement>(".menu-inner")?.dispatchEvent(new Event("leave"));
  else return false;
  return true;
}

function Lines({ entries, onClose }: Pick<Props, "entries" | "onClose">) {
  return (
    <>
      {entries.map((entry, index) =>
        entry === "separator" ? (
          <hr key={index} />
        ) : "entries" in entry ? (
          <Inner key={index} entry={entry} onClose={onClose} />
        ) : (
          <button
            key={index}
            type="button"
            role="menuitem"
            tabIndex={-1}
            class={entry.isDangerous ? "danger" : ""}
            onClick={() => {
              onClose(true);
              entry.onPick();
            }}
          >
            <Picture look={entry} />
            <span class="cut">{entry.label}</span>
          </button>
        ),
      )}
    </>
  );
}

/** A menu within a menu unfolds in it, so that it has room on every screen. */
function Inner({ entry, onClose }: { entry: Extract<MenuEntry, { entries: unknown }>; onClose: Props["onClose"] }) {
  const [isOpen, setOpen] = useState(false);
  const button = useRef<HTMLButtonElement>(null);
  const inner = useRef<HTMLDivElement>(null);
  useLayoutEffect(() => {
    const element = inner.current;
    if (!element) return;
    focusFirst(element);
    const leave = () => {
      button.current?.focus();
      setOpen(false);
    };
    element.addEventListener("leave", leave);
    return () => element.removeEventListener("leave", leave);
  }, [isOpen]);
  return (
    <>
      <button
        ref={button}
        type="button"
        role="menuitem"
        tabIndex={-1}
        aria-haspopup="menu"
        aria-expanded={isOpen}
        onClick={() => setOpen(!isOpen)}
      >
        <Picture look={entry} />
        <span class="cut">{entry.label}</span>
        <Icon name="forward" />
      </button>
      {isOpen && (
        <div ref={inner} class="menu-inner" role="menu" aria-label={entry.label}>
          <Lines entries={entry.entries} onClose={onClose} />
        </div>
      )}
    </>
  );
}

const Picture = ({ look: { icon, picture } }: { look: Look }) =>
  picture ? <img class="icon" src={picture} alt="" /> : icon ? <Icon name={icon} /> : <span class="icon" />;
