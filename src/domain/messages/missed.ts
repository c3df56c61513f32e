import type { UserCaller } from "../../protocol/actors.ts";
import type { Message } from "../../protocol/messages.ts";
import type { Missing } from "../../protocol/push.ts";
import { messageAt, messagesFrom } from "../../storage/conversation/messages.ts";
import type { ConversationStore } from "../../storage/conversation/store.ts";
import { mayEnter } from "../conversations/access.ts";
import { excerptOf } from "../conversations/news.ts";

/** Messages looked at for the newest that somebody missed: what lies further back has been pushed before. */
const looked = 20;

/** Somebody who is to be told of what was missed, as the one who would read it. */
export interface Receiver extends Missing {
  caller: UserCaller;
}

/** What of a message a device is told. */
export interface Missed {
  user: string;
  n: number;
  m: number;
  author: string;
  text: string;
}

/** The newest message that each missed, as it is now; whoever may not read it now, or has missed nothing, is left out. */
export function missedBy(store: ConversationStore, receivers: readonly Receiver[], now: number): Missed[] {
  const readers = receivers.filter(({ caller }) => mayEnter(store, caller, now));
  if (readers.length === 0) return [];
  const latest = messagesFrom(store.sql, Number.MAX_SAFE_INTEGER, "Desc", looked).map(({ body }) => messageOf(body));
  return readers.flatMap(({ user, after, message: n }) => {
    const message = n === undefined ? latest.find(isNewTo(user, after)) : messageWith(store, n);
    return message && !message.deleted ? [missedOf(user, message)] : [];
  });
}

const missedOf = (user: string, message: Message): Missed => {
  const { n, m, author } = message;
  return { user, n, m, author, text: excerptOf(textOf(message)) };
};

/** A message of files alone says their names. */
const textOf = ({ text, attachments = [] }: Message): string => text || attachments.map(({ name }) => name).join(", ");

const isNewTo = (user: string, after: number) => (message: Message) =>
  message.m > after && message.author !== user && !message.deleted;

const messageOf = (body: string): Message => JSON.parse(body) as Message;

function messageWith(store: ConversationStore, n: number): Message | undefined {
  const row = messageAt(store.sql, n);
  return row && messageOf(row.body);
}
