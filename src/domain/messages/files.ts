import * as v from "valibot";
import type { Caller } from "../../protocol/actors.ts";
import type { Attachment, AttachmentFilter, PostedAttachment } from "../../protocol/attachments.ts";
import { messageId } from "../../protocol/ids.ts";
import { limits } from "../../protocol/limits.ts";
import { decodeCursor, encodeCursor, type Page } from "../../protocol/lists.ts";
import { messagesWithFiles } from "../../storage/conversation/files.ts";
import type { ConversationStore } from "../../storage/conversation/store.ts";
import { enter } from "../conversations/access.ts";

/** A place in the list: a message, and how many of its files stand before. */
const Place = v.tuple([v.number(), v.number()]);

/**
 * One page of the files that messages of the conversation show, those of the newest message first, and within a message as
 * it shows them. Only messages with files are looked at, each for at most one file more than the page holds.
 * @throws Problem `not_found`, `validation` (a cursor of another list)
 */
export function filesFor(
  store: ConversationStore,
  caller: Caller,
  { count = limits.pageDefault, cursor }: AttachmentFilter,
  now: number,
): Page<PostedAttachment> {
  const { conversation } = enter(store, caller, now);
  const list = `files ${conversation}`;
  const [upTo, before] =
    cursor === undefined ? ([Number.MAX_SAFE_INTEGER, 0] as const) : decodeCursor(list, Place, cursor);
  const items: PostedAttachment[] = [];
  for (const { n, author, date, attachments } of messagesWithFiles(store.sql, upTo, count + 1)) {
    const shown = JSON.parse(attachments) as Attachment[];
    for (const [index, attachment] of shown.entries()) {
      if (n === upTo && index < before) continue;
      if (items.length === count) return { items, cursor: encodeCursor(list, [n, index]) };
      items.push({ attachment, message: messageId(conversation, n), n, author, date: new Date(date).toISOString() });
    }
  }
  return { items };
}
