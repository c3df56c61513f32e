import type { Event } from "../../protocol/live.ts";
import type { Message } from "../../protocol/messages.ts";
import { standardUsers } from "../../protocol/wire.ts";
import type { State } from "../../storage/activity/states.ts";
import { changesBetween } from "../../storage/conversation/changes.ts";
import type { Facts } from "../../storage/conversation/facts.ts";
import { memberIds } from "../../storage/conversation/members.ts";
import { lastMessage, messageAt, messagesBetween, ordinalBefore } from "../../storage/conversation/messages.ts";
import type { ConversationStore } from "../../storage/conversation/store.ts";

/** A message addressed to a user, or no longer. */
export interface Addressing {
  user: string;
  n: number;
  m: number;
  addressed: boolean;
}

/** A member that came or went: the event that said so, and the ordinal of the latest message before it. */
export interface MemberChange {
  user: string;
  member: boolean;
  n: number;
  m: number;
}

/** What the inboxes and the activity shard must learn of a range of events. */
export interface News {
  /** Members that came or went, in order. */
  members: MemberChange[];
  addressings: Addressing[];
  /** user -> ordinal of that user's latest message in the range. */
  authors: Record<string, number>;
}

/** Characters of a message shown in lists and notifications. */
export const excerptLength = 200;

/** Reads the log from after `from` up to `to`; content as it is now, what was deleted meanwhile left out. */
export function newsBetween(store: ConversationStore, facts: Facts, from: number, to: number): News {
  const news: News = { members: [], addressings: [], authors: {} };
  const isContext = facts.kind === "context";
  for (const row of messagesBetween(store.sql, from, to)) {
    news.authors[row.author] = row.m;
    if (isContext) news.addressings.push(...addressingsOf(JSON.parse(row.body) as Message));
  }
  for (const change of changesBetween(store.sql, from, to)) {
    if (change.type === "members") {
      const event = JSON.parse(change.body ?? "") as Extract<Event, { type: "members" }>;
      const m = ordinalBefore(store.sql, event.n);
      for (const user of event.added) news.members.push({ user, member: true, n: event.n, m });
      for (const user of event.removed) news.members.push({ user, member: false, n: event.n, m });
    } else if (isContext && change.message !== null && change.type !== "reacted") {
      const message = JSON.parse(messageAt(store.sql, change.message)?.body ?? "{}") as Message;
      const dropped = JSON.parse(change.body ?? "[]") as string[];
      news.addressings.push(
        ...dropped.map((user) => ({ user, n: message.n, m: message.m, addressed: false })),
        ...addressingsOf(message),
      );
    }
  }
  return news;
}

/** The author gets no notification of an own message, addressed or not. */
const addressingsOf = ({ n, m, author, recipients = [] }: Message): Addressing[] =>
  recipients.filter((user) => user !== author).map((user) => ({ user, n, m, addressed: true }));

/** What lists show of the conversation now. */
export function stateNow(store: ConversationStore, facts: Facts, authors: Record<string, number>): State {
  const row = lastMessage(store.sql);
  const last = row && (JSON.parse(row.body) as Message);
  return {
    conversation: facts.conversation,
    n: store.n,
    m: store.m,
    date: row?.date ?? facts.created,
    kind: facts.kind,
    displayed: facts.displayed,
    authors,
    summary: {
      title: facts.title,
      key: facts.key,
      context: facts.context,
      viewOnly: facts.viewOnly,
      ...(facts.kind === "oneToOne" && { pair: memberIds(store.sql, 2) }),
      ...(last && { last: shownInLists(last) }),
    },
  };
}

const shownInLists = ({ id, author, text, date, attachments }: Message) => ({
  id,
  author,
  text: excerptOf(text),
  date,
  ...(attachments && { attachments: attachments.length }),
});

/** The beginning of a text, never half of a surrogate pair. */
export function excerptOf(text: string): string {
  const cut = text.slice(0, excerptLength);
  return cut.isWellFormed() ? cut : cut.slice(0, -1);
}

/** Is this member reference everybody? */
export const isEverybody = (user: string): boolean => user === standardUsers.allApplicationUsers;
