import type { MessageView } from "../../../src/sdk/client/index.ts";

/** Messages drawn at once. However long a conversation gets, the page stays as quick as a short one. */
export const mostDrawn = 100;
/** A third of the lowest message: what is drawn is higher than three windows, or its two ends would be in sight at once. */
const thirdPx = 12;
/** Drawn first, so that the newest messages are there at once: more than a screen shows. */
export const firstDrawn = 24;
/** A move draws few: a frame must not wait for it. */
const step = 12;

/** Messages drawn at once in a window of this height. */
export const mostIn = (heightPx: number): number => Math.max(mostDrawn, Math.ceil(heightPx / thirdPx));

/**
 * The stretch of the loaded messages that is drawn. `from` is the number of its first message; without it the stretch
 * ends with the newest one.
 */
export function drawnOf(
  messages: readonly MessageView[],
  from: number | undefined,
  most = mostDrawn,
): readonly MessageView[] {
  const first = startOf(messages, from, most);
  return messages.slice(first, first + most);
}

function startOf(messages: readonly MessageView[], from: number | undefined, most: number): number {
  const last = Math.max(0, messages.length - most);
  if (from === undefined) return last;
  const found = messages.findIndex(({ n }) => n >= from);
  return found < 0 ? last : Math.min(found, last);
}

/** Where the stretch begins after a move up; undefined when it begins with the first loaded message already. */
export function above(
  messages: readonly MessageView[],
  from: number | undefined,
  most = mostDrawn,
): number | undefined {
  const start = startOf(messages, from, most);
  return start === 0 ? undefined : messages[Math.max(0, start - step)]?.n;
}

/** Is there more below the stretch, and where does it begin after a move down? `from` undefined means at the end. */
export function below(
  messages: readonly MessageView[],
  from: number | undefined,
  most = mostDrawn,
): { hasMore: boolean; from: number | undefined } {
  const start = startOf(messages, from, most);
  const last = Math.max(0, messages.length - most);
  if (start >= last) return { hasMore: false, from: undefined };
  const next = start + step;
  return { hasMore: true, from: next >= last ? undefined : messages[next]?.n };
}
