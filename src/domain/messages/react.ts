import * as v from "valibot";
import { type Caller, isPrivileged } from "../../protocol/actors.ts";
import { limits } from "../../protocol/limits.ts";
import { decodeCursor, encodeCursor, type Page } from "../../protocol/lists.ts";
import type { Message } from "../../protocol/messages.ts";
import { Problem } from "../../protocol/problems.ts";
import type { Reacted, Reaction, ReactionsFilter } from "../../protocol/reactions.ts";
import { appendChange } from "../../storage/conversation/changes.ts";
import { messageAt, rewriteMessage } from "../../storage/conversation/messages.ts";
import {
  addReaction,
  isReacted,
  reactedWith,
  reactionsFrom,
  removeReaction,
} from "../../storage/conversation/reactions.ts";
import type { ConversationStore } from "../../storage/conversation/store.ts";
import { enter, requireWritable } from "../conversations/access.ts";
import { reactedEvent } from "../conversations/resume.ts";
import { requireReachable } from "./post.ts";

/** The message with its reactions as they are now; with an event when something changed. */
export interface ReactedTo {
  message: Message;
  event?: { n: number; json: string };
}

/**
 * Adds the caller's reaction to a message, or takes it away; a repeat changes nothing. Whoever may post may react. The row
 * of the message is rewritten together with the event that says so, as an edit does.
 * @throws Problem `not_found`, `forbidden`, `unauthenticated`, `user_blocked`, `limit_exceeded`, `conflict` (deleted meanwhile)
 */
export function react(
  store: ConversationStore,
  caller: Caller,
  n: number,
  emoji: string,
  isOn: boolean,
  now: number,
): ReactedTo {
  const facts = enter(store, caller, now);
  const user = reactorOf(caller);
  const message = messageIn(store, n);
  requireWritable(facts, caller);
  if (isOn && message.deleted) throw new Problem("conflict", "The message was deleted");
  if (isReacted(store.sql, n, emoji, user) === isOn) return { message };
  if (!isOn) return write(store, message, without(store, message, emoji, user));
  requireReachable(store, facts, user);
  return write(store, message, withOne(store, message, emoji, user));
}

/** One page of who reacted with what. @throws Problem `not_found`, `validation` */
export function reactionsFor(
  store: ConversationStore,
  caller: Caller,
  n: number,
  { count = limits.pageDefault, cursor, ...only }: ReactionsFilter,
  now: number,
): Page<Reacted> {
  const list = `reactions ${enter(store, caller, now).conversation}.${messageIn(store, n).n}`;
  const [emoji, user] = cursor === undefined ? ["", ""] : decodeCursor(list, place, cursor);
  const items = reactionsFrom(store.sql, n, [emoji, user], only, count + 1);
  const last = items.length > count ? items[count - 1] : undefined;
  return { items: items.slice(0, count), ...(last && { cursor: encodeCursor(list, [last.emoji, last.user]) }) };
}

const place = v.tuple([v.string(), v.string()]);

function messageIn(store: ConversationStore, n: number): Message {
  const row = messageAt(store.sql, n);
  if (!row) throw new Problem("not_found", "There is no such message in this conversation");
  return JSON.parse(row.body) as Message;
}

/** Reactions are of people, as messages are. */
function reactorOf(caller: Caller): string {
  if (caller.kind === "user") return caller.user;
  throw new Problem("unauthenticated", "A reaction is a user's", {
    nextStep: isPrivileged(caller)
      ? "Act as a user, without privileged mode."
      : "Act as a user: put act into the token.",
  });
}

function withOne(store: ConversationStore, { n, reactions = [] }: Message, emoji: string, user: string): Reaction[] {
  const isNew = reactions.every((reaction) => reaction.emoji !== emoji);
  if (isNew && reactions.length >= limits.messageReactions)
    throw new Problem("limit_exceeded", `A message has at most ${limits.messageReactions} kinds of reactions`, {
      field: "emoji",
      nextStep: "React with one of those that are there.",
    });
  addReaction(store.sql, n, emoji, user);
  if (isNew) return [...reactions, { emoji, count: 1, users: [user] }];
  return reactions.map((reaction) =>
    reaction.emoji === emoji
      ? { emoji, count: reaction.count + 1, users: [...reaction.users, user].slice(0, limits.reactionUsersShown) }
      : reaction,
  );
}

function without(store: ConversationStore, { n, reactions = [] }: Message, emoji: string, user: string): Reaction[] {
  removeReaction(store.sql, n, emoji, user);
  return reactions.flatMap((reaction) => {
    if (reaction.emoji !== emoji) return [reaction];
    const count = reaction.count - 1;
    return count === 0 ? [] : [{ emoji, count, users: shownOf(store, n, reaction, user) }];
  });
}

/** Those shown without one, and with somebody who was not shown yet in that place. */
function shownOf(store: ConversationStore, n: number, { emoji, users, count }: Reaction, gone: string): string[] {
  if (!users.includes(gone)) return users;
  const left = users.filter((user) => user !== gone);
  if (count <= users.length) return left;
  const others = reactedWith(store.sql, n, emoji, users.length).filter((user) => !left.includes(user));
  return [...left, ...others.slice(0, 1)];
}

function write(store: ConversationStore, before: Message, reactions: Reaction[]): ReactedTo {
  const n = store.n + 1;
  const message: Message = { ...before, reactions, reacted: n };
  if (reactions.length === 0) delete message.reactions;
  rewriteMessage(store.sql, message.n, message);
  appendChange(store.sql, { n, type: "reacted", message: message.n, body: null });
  store.n = n;
  return { message, event: { n, json: reactedEvent(n, message) } };
}
