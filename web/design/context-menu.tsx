import { useEffect, useLayoutEffect, useRef } from "preact/hooks";
import { focusFirst, type MenuEntry, MenuList } from "./menu-list.tsx";
import type { Point } from "./secondary.ts";

interface Props {
  label: string;
  entries: readonly MenuEntry[];
  at: Point;
  onClose: (isKeyed: boolean) => void;
}

const edge = 8;

/** A menu at a point of the window, over everything else; it stays within the window. */
export function ContextMenu({ label, entries, at, onClose }: Props) {
  const box = useRef<HTMLDivElement>(null);
  useLayoutEffect(() => {
    const element = box.current;
    if (!element) return;
    element.showPopover();
    // What is not shown cannot have the focus: the list itself came too early.
    focusFirst(element);
    const { offsetWidth, offsetHeight } = element;
    element.style.setProperty("--at-x", `${Math.max(edge, Math.min(at.x, innerWidth - offsetWidth - edge))}px`);
    // Where there is no room below, it stands above.
    const top = at.y + offsetHeight + edge > innerHeight ? at.y - offsetHeight : at.y;
    element.style.setProperty("--at-y", `${Math.max(edge, Math.min(top, innerHeight - offsetHeight - edge))}px`);
  }, []);
  useEffect(() => {
    const gone = () => onClose(false);
    addEventListener("resize", gone);
    return () => removeEventListener("resize", gone);
  }, []);
  return (
    <div ref={box} class="menu context" popover="manual">
      <MenuList label={label} entries={entries} onClose={onClose} />
    </div>
  );
}
