import { type ComponentChildren, createContext } from "preact";
import { useCallback, useContext, useRef, useState } from "preact/hooks";
import { ContextMenu, type Point } from "../../design/context-menu.tsx";
import type { MenuEntry } from "../../design/menu-list.tsx";
import { belowOf, useSecondary } from "../../design/secondary.ts";
import { readCommands, readDefault } from "../../hooks/commands.ts";
import type { FormedCommands } from "../../hooks/generate-commands.ts";
import type { ApplicationHooks } from "../../hooks/index.ts";
import { useSite } from "../shell/site.ts";
import { words } from "../words/words.ts";
import { entriesOf, run } from "./entries.ts";
import { type Target, usualOf } from "./target.ts";

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

/** Commands as the handlers of the page form them; without handlers nothing has to be waited for. */
function formed(target: Target, hooks: ApplicationHooks): FormedCommands | Promise<FormedCommands> {
  const { parameters, usualDefault: defaultCommand } = target;
  const commands = usualOf(target);
  return hooks.formsCommands
    ? hooks.commandsFrom({ parameters, commands, defaultCommand })
    : { commands: readCommands(commands), defaultCommand: readDefault(defaultCommand) };
}

/**
 * The commands of a place.
 * @returns `secondary`: the properties of its element; `click`: what a primary click on it does; `open`: opens the menu
 */
export function useCommands(target: Target) {
  const { hooks } = useSite();
  const show = useContext(Opening);
  const showMenu = ({ commands }: FormedCommands, at: Point, owner: HTMLElement) => {
    const entries = entriesOf(commands, target, hooks);
    if (entries.length > 0) show({ entries, at, owner });
  };
  const open = async (at: Point, owner: HTMLElement) => showMenu(await formed(target, hooks), at, owner);
  const click = async (event: MouseEvent & { currentTarget: HTMLElement }) => {
    // With a key held, a click on a link is the browser's; without handlers the browser follows it as well as we do.
    const isLink = event.currentTarget instanceof HTMLAnchorElement;
    const isHeld = event.ctrlKey || event.metaKey || event.shiftKey || event.altKey;
    if (isLink && (isHeld || !hooks.formsCommands)) return;
    event.preventDefault();
    const { currentTarget, detail, clientX: x, clientY: y } = event;
    const commands = await formed(target, hooks);
    const { defaultCommand } = commands;
    if (defaultCommand) await run(defaultCommand, target, hooks);
    else showMenu(commands, detail === 0 ? belowOf(currentTarget) : { x, y }, currentTarget);
  };
  return {
    secondary: useSecondary((at, owner) => void open(at, owner)),
    click: (event: MouseEvent & { currentTarget: HTMLElement }) => void click(event),
    open: (owner: HTMLElement) => void open(belowOf(owner), owner),
  };
}
