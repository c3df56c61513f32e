import { focusedAround } from "../../design/focus.ts";

/** Moves the focus among the entries around: arrows, Home and End. Entries are marked with `data-moves`. */
export function moveByArrows(event: KeyboardEvent, within = event.currentTarget as Element | null): void {
  const items = [...(within?.querySelectorAll<HTMLElement>("[data-moves]") ?? [])];
  const now = items.indexOf(focusedAround(within) as HTMLElement);
  const to = { ArrowDown: now + 1, ArrowUp: now - 1, Home: 0, End: items.length - 1 }[event.key];
  if (to === undefined || items.length === 0) return;
  event.preventDefault();
  items[Math.min(items.length - 1, Math.max(0, to))]?.focus();
}

/** The next or previous part of the window, as F6 does it in desktop programs. */
export function moveByRegion(isBackwards: boolean): void {
  const regions = [...document.querySelectorAll<HTMLElement>("[data-region]")].filter(
    (region) => region.offsetParent !== null,
  );
  const now = regions.findIndex((region) => region.contains(document.activeElement));
  const next = regions[(now + (isBackwards ? -1 : 1) + regions.length) % regions.length];
  const entry = next?.querySelector<HTMLElement>("[data-first], [aria-current=page]");
  (entry ?? next)?.focus();
}

/** Is something being written, so that single letters are not commands? */
export const isTyping = (target: EventTarget | null): boolean =>
  target instanceof HTMLElement && (target.isContentEditable || /^(?:INPUT|TEXTAREA|SELECT)$/.test(target.tagName));
