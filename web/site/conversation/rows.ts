import type { Event, MessageView } from "../../../src/sdk/client/index.ts";
import { daysBetween } from "../words/dates.ts";

/** Messages of one author closer than this stand together. */
const togetherMs = 300_000;

/** What happened to a conversation besides messages. It is not kept: only what was heard live shows. */
export type Remark = Extract<Event, { type: "members" | "title" }>;

export type Row =
  | { type: "day"; key: string; date: Date }
  | { type: "unread"; key: string }
  | { type: "remark"; key: string; remark: Remark }
  /** The first of a group carries the name, the last one the face. */
  | { type: "message"; key: string; message: MessageView; isFirst: boolean; isLast: boolean };

export interface Reader {
  me: string;
  /** Ordinal up to which the reader had read; undefined = there is no divider. */
  readUpTo: number | undefined;
}

/** Do two messages in a row stand together? */
function areTogether(a: MessageView, b: MessageView): boolean {
  if (a.author !== b.author) return false;
  const [from, to] = [new Date(a.date), new Date(b.date)];
  return to.getTime() - from.getTime() < togetherMs && daysBetween(from, to) === 0;
}

/**
 * What stands in the log, from top to bottom: days, the line above what is new, messages in groups of one author, and
 * remarks where they happened.
 */
export function rowsOf(
  messages: readonly MessageView[],
  { me, readUpTo }: Reader,
  remarks: readonly Remark[] = [],
): Row[] {
  const rows: Row[] = [];
  const isNew = ({ m, author }: MessageView) => readUpTo !== undefined && m > readUpTo && author !== me;
  const firstNew = messages.find(isNew);
  const oldest = messages[0]?.n ?? 0;
  const waiting = remarks.filter(({ n }) => n > oldest);
  const remarksBefore = (n: number): boolean => {
    const here = waiting.splice(0, waiting.filter((remark) => remark.n < n).length);
    rows.push(...here.map((remark): Row => ({ type: "remark", key: `remark-${remark.n}`, remark })));
    return here.length > 0;
  };
  messages.forEach((message, index) => {
    const before = messages[index - 1];
    const date = new Date(message.date);
    const isCut = remarksBefore(message.n);
    if (!before || daysBetween(new Date(before.date), date) !== 0)
      rows.push({ type: "day", key: `day-${message.n}`, date });
    if (message === firstNew) rows.push({ type: "unread", key: "unread" });
    const isFirst = !before || isCut || message === firstNew || !areTogether(before, message);
    const last = rows.at(-1);
    if (last?.type === "message") last.isLast = isFirst;
    rows.push({ type: "message", key: String(message.n), message, isFirst, isLast: true });
  });
  remarksBefore(Number.POSITIVE_INFINITY);
  return rows;
}
