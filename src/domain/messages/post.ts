import { type Caller, isPrivileged } from "../../protocol/actors.ts";
import { messageId } from "../../protocol/ids.ts";
import { limits } from "../../protocol/limits.ts";
import type { Message } from "../../protocol/messages.ts";
import { Problem } from "../../protocol/problems.ts";
import { blockedUsers } from "../../storage/conversation/blocked.ts";
import { type Facts, writeDated } from "../../storage/conversation/facts.ts";
import { noteFiles } from "../../storage/conversation/files.ts";
import { appendMessage, messageAt, messageOfClient } from "../../storage/conversation/messages.ts";
import type { ConversationStore } from "../../storage/conversation/store.ts";
import { enter, requireWritable } from "../conversations/access.ts";
import { attachmentsNamed, showUploads } from "./attachments.ts";
import { type Composed, requireContent } from "./compose.ts";

/** What posting came to: the message as JSON; when it is new, also as a value, and its event. */
export interface Posted {
  message: string;
  written?: { message: Message; event: { n: number; json: string } };
}

/**
 * The heart of the product: one synchronous block. May post? Sent before? Next number, one row, the event to tell.
 * @throws Problem `not_found`, `forbidden`, `unauthenticated`, `validation`, `conflict`
 */
export function post(store: ConversationStore, caller: Caller, draft: Composed, now: number): Posted {
  const facts = enter(store, caller, now);
  requireWritable(facts, caller);
  const sent = sentBefore(store, caller, draft);
  if (sent !== undefined) return { message: sent };
  requireContent(draft);
  const author = authorOf(caller, draft);
  requireReachable(store, facts, author);
  requireOriginal(store, draft);
  const client = clientOf(caller, draft);
  const attachments = draft.attachments && attachmentsNamed(store, caller, draft.attachments, [], now);

  if (draft.date !== undefined && !facts.dated) {
    writeDated(store.sql);
    facts.dated = true;
  }
  // The clock may step back; as long as no date was set by code, dates grow with numbers and can be bisected.
  const date = draft.date ?? (facts.dated ? now : Math.max(now, store.date));
  const n = store.n + 1;
  const m = store.m + 1;
  const written = messageOf(facts.conversation, n, m, author, date, draft);
  if (attachments && attachments.length > 0) {
    written.attachments = attachments;
    showUploads(store, attachments);
    noteFiles(store.sql, n, true);
  }
  const message = JSON.stringify(written);
  appendMessage(store.sql, { n, m, author, client, date, body: message });
  store.n = n;
  store.m = m;
  store.date = date;
  if (client !== null) remember(store, client, n);
  return {
    message,
    written: { message: written, event: { n, json: `{"type":"message","n":${n},"message":${message}}` } },
  };
}

function messageOf(
  conversationId: string,
  n: number,
  m: number,
  author: string,
  date: number,
  draft: Composed,
): Message {
  const message: Message = {
    id: messageId(conversationId, n),
    n,
    m,
    conversationId,
    author,
    date: new Date(date).toISOString(),
    text: draft.text ?? "",
  };
  if (draft.runs) message.runs = draft.runs;
  if (draft.data !== undefined && draft.data !== null) message.data = draft.data;
  if (draft.recipients && draft.recipients.length > 0) message.recipients = draft.recipients;
  if (draft.replyTo !== undefined) message.replyTo = draft.replyTo;
  return message;
}

/** A reply answers a message of the same conversation; that it was deleted meanwhile does no harm, its place stays. */
function requireOriginal(store: ConversationStore, { replyTo }: Composed): void {
  if (replyTo === undefined || messageAt(store.sql, replyTo)) return;
  throw new Problem("validation", "There is no such message in this conversation", {
    field: "replyTo",
    nextStep: "Name the number n of a message of the same conversation, or leave replyTo out.",
  });
}

/** Authors are people: an application writes as one of its users, or names one in privileged mode (USR-42). */
function authorOf(caller: Caller, draft: Composed): string {
  if (draft.author !== undefined) return draft.author;
  if (caller.kind === "user") return caller.user;
  throw new Problem("unauthenticated", "A message needs an author", {
    field: "author",
    nextStep: isPrivileged(caller) ? "Name the author, or act as a user." : "Act as a user: put act into the token.",
  });
}

/** A one-to-one conversation with a blocked user takes no messages (USR-26). */
export function requireReachable(store: ConversationStore, facts: Facts, author: string): void {
  if (facts.kind !== "oneToOne") return;
  if (blockedUsers(store.sql).some((user) => user !== author))
    throw new Problem("user_blocked", "The other user is blocked");
}

/** Client ids belong to their sender. */
const clientOf = (caller: Caller, { clientId }: { clientId?: string | undefined }): string | null =>
  clientId === undefined ? null : `${caller.kind === "user" ? caller.user : "application"} ${clientId}`;

/**
 * The first result of the same client id, whatever became of its people since. It is sought among what came after the
 * sender's `seen`, at most 10,000 events, or among the last 2,000; rows from before the object woke are read, younger ones
 * are remembered.
 */
export function sentBefore(
  store: ConversationStore,
  caller: Caller,
  draft: { clientId?: string | undefined; seen?: number | undefined },
): string | undefined {
  const client = clientOf(caller, draft);
  if (client === null) return undefined;
  const { seen } = draft;
  const from = seen ?? Math.max(0, store.n - limits.repeatWithoutSeen);
  if (seen !== undefined && store.n - seen > limits.repeatAfterSeen) {
    throw new Problem(
      "conflict",
      `More than ${limits.repeatAfterSeen} events came after seen: whether the message was sent cannot be told`,
      {
        field: "seen",
        nextStep: "Look for the message in the conversation; send it with a new clientId if it is not there.",
      },
    );
  }
  const remembered = store.recent.get(client);
  if (remembered !== undefined && remembered > from) return messageAt(store.sql, remembered)?.body;
  if (from >= store.recentFrom) return undefined;
  return messageOfClient(store.sql, client, from, store.recentFrom)?.body;
}

/** Keeps the memory of client ids bounded: beyond the bound the older half goes back to being read from rows. */
function remember(store: ConversationStore, client: string, n: number): void {
  store.recent.set(client, n);
  if (store.recent.size <= 2 * limits.repeatWithoutSeen) return;
  let forgotten = store.recent.size - limits.repeatWithoutSeen;
  for (const [oldest, at] of store.recent) {
    if (forgotten-- === 0) break;
    store.recent.delete(oldest);
    store.recentFrom = at;
  }
}
