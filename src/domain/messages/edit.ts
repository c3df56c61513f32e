import { type Caller, isCaller, isPrivileged } from "../../protocol/actors.ts";
import type { Attachment } from "../../protocol/attachments.ts";
import type { Message } from "../../protocol/messages.ts";
import { Problem } from "../../protocol/problems.ts";
import { appendChange } from "../../storage/conversation/changes.ts";
import { writeDated } from "../../storage/conversation/facts.ts";
import { noteFiles } from "../../storage/conversation/files.ts";
import { messageAt, rewriteMessage } from "../../storage/conversation/messages.ts";
import { forgetReactions } from "../../storage/conversation/reactions.ts";
import type { ConversationStore } from "../../storage/conversation/store.ts";
import { forgetStretch, stretchOf } from "../../storage/conversation/stretches.ts";
import { enter, requireWritable } from "../conversations/access.ts";
import { attachmentsNamed, removeFiles, showUploads } from "./attachments.ts";
import { type Composed, requireContent } from "./compose.ts";

/** A changed message with the event that tells of it. */
export interface Changed {
  message: Message;
  event: { n: number; json: string };
}

/**
 * Changes a written message. Authors change their own, others' need privileged mode; the mark stays.
 * @throws Problem `not_found`, `forbidden`, `validation`, `conflict` (deleted meanwhile)
 */
export function edit(store: ConversationStore, caller: Caller, n: number, changes: Composed, now: number): Changed {
  const message = changeable(store, caller, n, now);
  if (message.deleted) throw new Problem("conflict", "The message was deleted");
  const next: Message = { ...message, edited: new Date(now).toISOString() };
  if (changes.text !== undefined) {
    next.text = changes.text;
    delete next.runs;
    if (changes.runs) next.runs = changes.runs;
  }
  if (changes.data === null) delete next.data;
  else if (changes.data !== undefined) next.data = changes.data;
  if (changes.recipients) {
    if (changes.recipients.length > 0) next.recipients = changes.recipients;
    else delete next.recipients;
  }
  if (changes.attachments) {
    const attachments = attachmentsNamed(store, caller, changes.attachments, message.attachments ?? [], now);
    if (attachments.length > 0) next.attachments = attachments;
    else delete next.attachments;
  }
  if (changes.author !== undefined) next.author = changes.author;
  if (changes.date !== undefined) {
    next.date = new Date(changes.date).toISOString();
    writeDated(store.sql);
    store.refresh();
  }
  requireContent(next);
  return write(store, "edited", next, message, now);
}

/** Takes a message's content away for good; that it was there stays. Deleting twice changes nothing. */
export function remove(store: ConversationStore, caller: Caller, n: number, now: number): Changed | undefined {
  const message = changeable(store, caller, n, now);
  if (message.deleted) return undefined;
  if (message.reactions) forgetReactions(store.sql, n);
  const { id, m, conversationId, author, date } = message;
  return write(
    store,
    "deleted",
    { id, n, m, conversationId, author, date, text: "", deleted: new Date(now).toISOString() },
    message,
    now,
  );
}

function changeable(store: ConversationStore, caller: Caller, n: number, now: number): Message {
  const facts = enter(store, caller, now);
  const row = messageAt(store.sql, n);
  if (!row) throw new Problem("not_found", "There is no such message in this conversation");
  requireWritable(facts, caller);
  if (!isCaller(caller, row.author) && !isPrivileged(caller)) {
    throw new Problem("forbidden", "Only its author changes a message; code needs privileged mode");
  }
  return JSON.parse(row.body) as Message;
}

/**
 * The row is rewritten together with the event that says so: a resume can find neither the old text nor a gap. What the
 * message does not show any more is left to be removed.
 */
function write(
  store: ConversationStore,
  type: "edited" | "deleted",
  message: Message,
  before: Message,
  now: number,
): Changed {
  const n = store.n + 1;
  const [shown, attachments] = [before.attachments ?? [], message.attachments ?? []];
  showUploads(store, without(attachments, shown));
  removeFiles(store, without(shown, attachments), now);
  if (shown.length > 0 !== attachments.length > 0) noteFiles(store.sql, message.n, attachments.length > 0);
  rewriteMessage(store.sql, message.n, message);
  if (message.text !== before.text) forgetStretch(store.sql, stretchOf(message.n));
  const dropped = before.recipients?.filter((id) => !message.recipients?.includes(id)) ?? [];
  appendChange(store.sql, { n, type, message: message.n, body: dropped.length > 0 ? JSON.stringify(dropped) : null });
  store.n = n;
  return { message, event: { n, json: `{"type":"${type}","n":${n},"message":${JSON.stringify(message)}}` } };
}

const without = (attachments: readonly Attachment[], others: readonly Attachment[]): Attachment[] =>
  attachments.filter(({ id }) => !others.some((other) => other.id === id));
