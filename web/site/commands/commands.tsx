import { type ComponentChildren, createContext } from "preact";
import { useCallback, useContext, useRef, useState } from "preact/hooks";
import type { MenuEntry } from "../../design/menu-list.tsx";
import { belowOf, type Point, useSecondary } from "../../design/secondary.ts";
import { toasts } from "../../design/toast.tsx";
import { lazily } from "../shell/lazily.tsx";
import { useSpeaker } from "../shell/speaker.ts";
import { words } from "../words/words.ts";
import type { Target } from "./target.ts";

const ContextMenu = lazily(async () => (await import("./menus.ts")).ContextMenu);

interface OpenMenu {
  entries: MenuEntry[];
  at: Point;
  /** What the menu belongs to. */
  owner: HTMLElement;
}

const Opening = createContext<(menu: OpenMenu) => void>(() => undefined);
const Owner = createContext<HTMLElement | undefined>(undefined);

/** Does an element's menu stand open? */
export const useIsOwner = (element: HTMLElement | null): boolean => useContext(Owner) === (element ?? false);

/** Where the menus of a view open, one at a time. */
export function CommandMenus({ children }: { children: ComponentChildren }) {
  const [menu, setMenu] = useState<OpenMenu>();
  const before = useRef<HTMLElement | undefined>(undefined);
  const show = useCallback((next: OpenMenu) => {
    before.current = focusedBy(next.owner);
    setMenu(next);
  }, []);
  const close = (isKeyed: boolean) => {
    setMenu(undefined);
    if (isKeyed) before.current?.focus();
  };
  return (
    <Opening.Provider value={show}>
      <Owner.Provider value={menu?.owner}>{children}</Owner.Provider>
      {menu && (
        <ContextMenu
          // Another place, another menu.
          key={`${menu.at.x} ${menu.at.y}`}
          label={words.commands.menu}
          entries={menu.entries}
          at={menu.at}
          onClose={close}
        />
      )}
    </Opening.Provider>
  );
}

/** What has the focus, to which a menu gives it back: the owner, when it is nothing in particular. */
function focusedBy(owner: HTMLElement): HTMLElement {
  const { activeElement } = owner.getRootNode() as Document | ShadowRoot;
  return activeElement instanceof HTMLElement && activeElement !== document.body ? activeElement : owner;
}

const load = () => import("./menus.ts").catch(() => void toasts.show({ text: words.problems.network }));

/**
 * The commands of a place.
 * @returns `secondary`: the properties of its element; `click`: what a primary click on it does; `open`: opens the menu
 */
export function useCommands(target: Target) {
  const { hooks } = useSpeaker();
  const show = useContext(Opening);
  /** @param isPrimary the default command runs instead, if there is one */
  const open = async (at: Point, owner: HTMLElement, isPrimary = false) => {
    const menus = await load();
    if (!menus) return;
    const { commands, defaultCommand } = await menus.formed(target, hooks);
    if (isPrimary && defaultCommand) return menus.run(defaultCommand, target, hooks);
    const entries = menus.entriesOf(commands, target, hooks);
    if (entries.length > 0) show({ entries, at, owner });
  };
  const click = (event: MouseEvent & { currentTarget: HTMLElement }) => {
    const { currentTarget, detail, clientX: x, clientY: y } = event;
    const isLink = currentTarget instanceof HTMLAnchorElement;
    const isHeld = event.ctrlKey || event.metaKey || event.shiftKey || event.altKey;
    const isUsual = hooks.handlers.length === 0;
    // With a key held, a click on a link is the browser's; without handlers the browser follows it as well as we do.
    if (isLink && (isHeld || isUsual)) return;
    event.preventDefault();
    if (isUsual) target.usualDefault && target.doing[target.usualDefault]?.();
    else void open(detail === 0 ? belowOf(currentTarget) : { x, y }, currentTarget, true);
  };
  return {
    secondary: useSecondary((at, owner) => void open(at, owner)),
    click,
    open: (owner: HTMLElement) => void open(belowOf(owner), owner),
  };
}
