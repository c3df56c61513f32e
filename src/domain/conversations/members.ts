import * as v from "valibot";
import type { Caller } from "../../protocol/actors.ts";
import type { Member } from "../../protocol/conversations.ts";

import { limits } from "../../protocol/limits.ts";
import { decodeCursor, encodeCursor, type Page } from "../../protocol/lists.ts";
import type { Event } from "../../protocol/live.ts";
import { Problem } from "../../protocol/problems.ts";
import { standardUsers } from "../../protocol/wire.ts";
import { appendChange } from "../../storage/conversation/changes.ts";
import { writeMembership, writeTitle } from "../../storage/conversation/facts.ts";
import { addMembers, memberPage, removeMember } from "../../storage/conversation/members.ts";
import type { ConversationStore } from "../../storage/conversation/store.ts";
import { enter, requireGroup, requireMayRemove, requireWritable } from "./access.ts";

const by = (caller: Caller) => (caller.kind === "user" ? { by: caller.user } : {});

/** Writes an event of the conversation itself under the next number. */
function record(store: ConversationStore, event: Extract<Event, { type: "members" | "title" }>): Event {
  store.n = event.n;
  appendChange(store.sql, { n: event.n, type: event.type, message: null, body: JSON.stringify(event) });
  store.refresh();
  return event;
}

/**
 * Gives a group a new title.
 * @returns the event, or undefined when the title is the same already
 */
export function rename(store: ConversationStore, caller: Caller, title: string, now: number): Event | undefined {
  const facts = enter(store, caller, now);
  requireGroup(facts, "a title");
  requireWritable(facts, caller);
  if (facts.title === title) return undefined;
  writeTitle(store.sql, title);
  return record(store, { type: "title", n: store.n + 1, title, ...by(caller) });
}

/**
 * Adds users, by id, that the door has found fit to join. Any member may; nobody but code in a view-only conversation.
 * @returns the event, or undefined when all of them are members already
 */
export function add(
  store: ConversationStore,
  caller: Caller,
  users: readonly string[],
  now: number,
): Event | undefined {
  const facts = enter(store, caller, now);
  requireGroup(facts, "adding members");
  requireWritable(facts, caller);
  const everyone = users.includes(standardUsers.allApplicationUsers);
  const listed = [...new Set(users)].filter(
    (user) => user !== standardUsers.allApplicationUsers && !store.isMember(user),
  );
  const becomesEveryones = everyone && !facts.everyone;
  const added = [...(becomesEveryones ? [standardUsers.allApplicationUsers] : []), ...listed];
  if (added.length === 0) return undefined;
  const memberCount = facts.memberCount + listed.length;
  if (memberCount > limits.conversationMembers) {
    throw new Problem("limit_exceeded", `A conversation has at most ${limits.conversationMembers} listed members`, {
      field: "users",
    });
  }
  addMembers(store.sql, listed, now);
  writeMembership(store.sql, facts.everyone || everyone, memberCount);
  return record(store, { type: "members", n: store.n + 1, added, removed: [], memberCount, ...by(caller) });
}

/**
 * Removes one member, or the caller: leaving. The last one takes nothing away but access (CNV-12).
 * @throws Problem `not_found` when the user is no member
 */
export function remove(
  store: ConversationStore,
  caller: Caller,
  user: string,
  isAdministrator: boolean,
  now: number,
): Event {
  const facts = enter(store, caller, now);
  requireGroup(facts, "leaving");
  requireWritable(facts, caller);
  requireMayRemove(facts, caller, user, isAdministrator);
  const isEverybody = user === standardUsers.allApplicationUsers;
  if (isEverybody ? !facts.everyone : !store.isMember(user))
    throw new Problem("not_found", "This user is not a member");
  if (!isEverybody) removeMember(store.sql, user);
  const memberCount = facts.memberCount - (isEverybody ? 0 : 1);
  writeMembership(store.sql, facts.everyone && !isEverybody, memberCount);
  return record(store, { type: "members", n: store.n + 1, added: [], removed: [user], memberCount, ...by(caller) });
}

/** One page of the listed members, by id. */
export function list(
  store: ConversationStore,
  caller: Caller,
  count: number,
  cursor: string | undefined,
  now: number,
): Page<Member> {
  const list = `members ${enter(store, caller, now).conversation}`;
  const [after] = cursor === undefined ? [""] : decodeCursor(list, v.tuple([v.string()]), cursor);
  const items = memberPage(store.sql, after, count + 1);
  const more = items.length > count ? items[count - 1] : undefined;
  return { items: items.slice(0, count), ...(more && { cursor: encodeCursor(list, [more.user]) }) };
}
