import * as v from "valibot";
import type { Caller } from "../../protocol/actors.ts";
import { partsOfMessageId } from "../../protocol/ids.ts";
import { limits } from "../../protocol/limits.ts";
import { decodeCursor, encodeCursor } from "../../protocol/lists.ts";
import type { Message, MessageFilter } from "../../protocol/messages.ts";
import { Problem } from "../../protocol/problems.ts";
import { firstWith, type MessageRow, messageAt, messagesFrom } from "../../storage/conversation/messages.ts";
import type { ConversationStore } from "../../storage/conversation/store.ts";
import { enter } from "../conversations/access.ts";

/** A page of messages, its items JSON already. */
export interface MessagePage {
  items: string[];
  cursor?: string;
}

/** Rows looked at for one page when a filter leaves most of them out; the cursor goes on from there. */
const scanned = 5_000;

/** One message as JSON. */
export function messageFor(store: ConversationStore, caller: Caller, n: number, now: number): string {
  enter(store, caller, now);
  const row = messageAt(store.sql, n);
  if (!row) throw new Problem("not_found", "There is no such message in this conversation");
  return row.body;
}

/**
 * One page of messages, newest first unless the filter says otherwise. A page may be short when text or author are
 * sought: the cursor tells that there is more to look at.
 */
export function pageFor(
  store: ConversationStore,
  caller: Caller,
  filter: MessageFilter & { author?: string | undefined },
  now: number,
): MessagePage {
  const list = `messages ${enter(store, caller, now).conversation}`;
  const direction = filter.sortDirection ?? "Desc";
  const count = filter.count ?? limits.pageDefault;
  const wanted = wantedBy(filter, store.facts?.dated ?? false);
  const items: string[] = [];
  let boundary = boundaryOf(store, list, filter, direction);
  let looked = 0;
  while (looked < scanned) {
    const rows = messagesFrom(store.sql, boundary, direction, wanted ? 250 : count + 1);
    for (const row of rows) {
      if (items.length === count) return { items, cursor: encodeCursor(list, [boundary]) };
      boundary = row.n;
      looked++;
      if (!wanted || wanted(row)) items.push(row.body);
    }
    if (rows.length < (wanted ? 250 : count + 1)) return { items };
  }
  return { items, cursor: encodeCursor(list, [boundary]) };
}

/** The event number before the page's first message: of a cursor, a message, or a date. */
function boundaryOf(store: ConversationStore, list: string, filter: MessageFilter, direction: "Asc" | "Desc"): number {
  if (filter.cursor !== undefined) {
    const [n] = decodeCursor(list, v.tuple([v.number()]), filter.cursor);
    return n;
  }
  if (filter.after !== undefined) {
    const parts = partsOfMessageId(filter.after);
    if (parts?.conversation !== store.facts?.conversation)
      throw new Problem("validation", "This message is of another conversation", { field: "after" });
    return parts?.n ?? 0;
  }
  const end = direction === "Asc" ? 0 : Number.MAX_SAFE_INTEGER;
  if (filter.startDate === undefined || store.facts?.dated) return end;
  const date = Date.parse(filter.startDate);
  return direction === "Asc"
    ? firstWith(store.sql, "date", date, store.n) - 1
    : firstWith(store.sql, "date", date + 1, store.n);
}

/** The part of a filter that has to look into each row; undefined when there is none. */
function wantedBy(
  { text, author, withoutDeleted, startDate, sortDirection }: MessageFilter & { author?: string | undefined },
  dated: boolean,
) {
  const part = text?.toLowerCase();
  const from = dated && startDate !== undefined ? Date.parse(startDate) : undefined;
  if (part === undefined && author === undefined && !withoutDeleted && from === undefined) return undefined;
  return (row: MessageRow): boolean => {
    if (author !== undefined && row.author !== author) return false;
    if (from !== undefined && (sortDirection === "Asc" ? row.date < from : row.date > from)) return false;
    if (part === undefined && !withoutDeleted) return true;
    const message = JSON.parse(row.body) as Message;
    if (withoutDeleted && message.deleted) return false;
    return part === undefined || message.text.toLowerCase().includes(part);
  };
}
