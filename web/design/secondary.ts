import { useRef } from "preact/hooks";

/** A place of the window, in its pixels. */
export interface Point {
  x: number;
  y: number;
}

const longPressMs = 500;
const slackPx = 10;

/** Events that something inside has taken already. */
const taken = new WeakSet<Event>();

/** Where a menu opens that was not asked for by a pointer. */
export function belowOf(element: Element): Point {
  const { left, bottom } = element.getBoundingClientRect();
  return { x: left, y: bottom };
}

const pointOf = ({ clientX: x, clientY: y }: MouseEvent, element: Element): Point =>
  x === 0 && y === 0 ? belowOf(element) : { x, y };

const isMenuKey = ({ key, shiftKey }: KeyboardEvent): boolean => key === "ContextMenu" || (shiftKey && key === "F10");

interface Press {
  timer: ReturnType<typeof setTimeout>;
  at: Point;
  hasOpened: boolean;
}

/**
 * The properties of an element with a menu of its own: it opens by a secondary click, a long press, the menu key and
 * Shift+F10. What lies within such an element and has a menu too comes first.
 */
export function useSecondary(open: (at: Point, element: HTMLElement) => void) {
  const press = useRef<Press | undefined>(undefined);
  const end = () => clearTimeout(press.current?.timer);
  return {
    onContextMenu: (event: MouseEvent & { currentTarget: HTMLElement }) => {
      event.preventDefault();
      event.stopPropagation();
      end();
      // Browsers that tell of a long press themselves do it after the menu is there.
      if (!press.current?.hasOpened) open(pointOf(event, event.currentTarget), event.currentTarget);
    },
    onKeyDown: (event: KeyboardEvent & { currentTarget: HTMLElement }) => {
      if (!isMenuKey(event)) return;
      event.preventDefault();
      event.stopPropagation();
      press.current = undefined;
      open(belowOf(event.currentTarget), event.currentTarget);
    },
    onPointerDown: (event: PointerEvent & { currentTarget: HTMLElement }) => {
      press.current = undefined;
      if (event.pointerType !== "touch" || taken.has(event)) return;
      taken.add(event);
      const { currentTarget, clientX: x, clientY: y } = event;
      const timer = setTimeout(() => {
        if (press.current) press.current.hasOpened = true;
        open({ x, y }, currentTarget);
      }, longPressMs);
      press.current = { timer, at: { x, y }, hasOpened: false };
    },
    onPointerMove: ({ clientX, clientY }: PointerEvent) => {
      if (press.current && Math.hypot(clientX - press.current.at.x, clientY - press.current.at.y) > slackPx) end();
    },
    onPointerUp: end,
    onPointerCancel: end,
    /** The finger that opened the menu is lifted: that is no click, least of all on the menu under it. */
    onTouchEndCapture: (event: TouchEvent) => {
      if (press.current?.hasOpened) event.preventDefault();
      press.current = undefined;
    },
  };
}
