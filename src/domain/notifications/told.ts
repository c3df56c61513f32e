import { type Caller, stillCounts, type UserCaller } from "../../protocol/actors.ts";
import { covers } from "../../protocol/context.ts";
import type { Hint } from "../../protocol/jobs.ts";
import type { Audience } from "../../storage/inbox/audiences.ts";

/** `notify`: the user asked to hear of it. `show`: a list changes, nobody is disturbed. */
export type Told = "notify" | "show" | undefined;

/**
 * Is a listening user told of new messages, and how? The table of NTF-2, NTF-3, NTF-5 and NTF-6:
 *
 * | conversation | needs | watching | not watching |
 * |---|---|---|---|
 * | context | Read right | notify | notify when addressed, else nothing |
 * | non-context | member | notify | show |
 */
export function toldOf(audience: Audience | undefined, hint: Hint, caller: Caller): Told {
  if (caller.kind !== "user") return undefined;
  const { user } = caller;
  // Own messages, and changes to messages told before, disturb nobody.
  const isQuiet = hint.activity.messages.every(({ author, edited, deleted }) => author === user || edited || deleted);
  const watching = audience?.people[user] ?? (audience?.everyone ? 1 : undefined);
  if (audience === undefined || audience.kind === "context") {
    const addressed = hint.addressed.some((addressed) => addressed.user === user);
    if (isQuiet || !(watching === 1 || addressed)) return undefined;
    return mayHear(hint, caller) ? "notify" : undefined;
  }
  if (watching === undefined) return undefined;
  return watching === 1 && !isQuiet ? "notify" : "show";
}

function mayHear({ readers, activity, revoked = {} }: Hint, { user, contexts, issuedAt }: UserCaller): boolean {
  if (readers) return readers.includes(user);
  const context = activity.conversationContext;
  return context !== undefined && covers(contexts, context) && stillCounts(issuedAt * 1000, user, revoked);
}
