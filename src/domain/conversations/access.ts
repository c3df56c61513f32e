import { administersData, type Caller, isCaller, isCode, isPrivileged } from "../../protocol/actors.ts";
import { Problem } from "../../protocol/problems.ts";
import type { Facts } from "../../storage/conversation/facts.ts";
import { readSince } from "../../storage/conversation/revocations.ts";
import type { ConversationStore } from "../../storage/conversation/store.ts";

const notFound = () => new Problem("not_found", "There is no such conversation for this caller");

/**
 * The facts of the conversation, for a caller who may read it. Whoever may not gets the same answer as for a conversation
 * that does not exist.
 * @throws Problem `not_found`
 */
export function enter(store: ConversationStore, caller: Caller, now: number): Facts {
  if (!store.facts || !mayEnter(store, caller, now)) throw notFound();
  return store.facts;
}

/** May the caller read the conversation? */
export const mayEnter = (store: ConversationStore, caller: Caller, now: number): boolean =>
  store.facts !== undefined &&
  store.facts.application === caller.application &&
  mayRead(store, store.facts, caller, now);

function mayRead(store: ConversationStore, facts: Facts, caller: Caller, now: number): boolean {
  if (isPrivileged(caller)) return true;
  if (caller.kind !== "user") return false;
  if (facts.kind === "context") return readUntil(store, caller, now) > now;
  return facts.everyone || caller.ids.some((id) => store.isMember(id));
}

/** Until when the caller may read a context conversation, in milliseconds; 0 = not at all. */
export function readUntil(store: ConversationStore, caller: Caller, now: number): number {
  if (!caller.read || caller.read.until <= now || caller.kind !== "user") return 0;
  return caller.read.from >= readSince(store.sql, caller.ids) ? caller.read.until : 0;
}

/** A view-only conversation is changed by application code alone (CNV-19). */
export function requireWritable(facts: Facts, caller: Caller): void {
  if (facts.viewOnly && !isCode(caller))
    throw new Problem("forbidden", "This conversation is view-only: only application code changes it");
}

/** Title, adding and leaving belong to groups (CNV-11); a context conversation has no members to change (CNV-24). */
export function requireGroup(facts: Facts, what: string): void {
  if (facts.kind === "oneToOne")
    throw new Problem("not_supported", `A one-to-one conversation does not support ${what}`);
  if (facts.kind === "context" && what !== "a title") {
    throw new Problem("not_supported", "The people of a context conversation are those who may read its object");
  }
}

/** Others are removed by the creator, a subscriber administrator or application code; everybody may leave. */
export function requireMayRemove(facts: Facts, caller: Caller, user: string, isAdministrator: boolean): void {
  if (isCode(caller) || isAdministrator || isCaller(caller, user)) return;
  if (facts.creator !== null && isCaller(caller, facts.creator)) return;
  throw new Problem("forbidden", "Only the creator, a subscriber administrator or application code removes others");
}

/** May the caller list conversations without being a member of them? (CNV-31) */
export function requireMayListAll(caller: Caller, contextConversations: boolean): void {
  if (isPrivileged(caller) || (administersData(caller) && !contextConversations)) return;
  throw new Problem(
    "forbidden",
    contextConversations
      ? "Listing context conversations without naming their object needs privileged mode"
      : "Listing conversations without being a member needs DataAdministration or privileged mode",
  );
}
