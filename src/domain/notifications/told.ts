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
  const told = concernOf(audience, hint, caller.user);
  return told && isOfContext(audience) && !mayHear(hint, caller) ? undefined : told;
}

/**
 * Is a user who does not listen told on a device? As {@link toldOf} says; in context conversations only when the
 * application was asked: nobody shows a token then.
 */
export const isPushDue = (audience: Audience | undefined, hint: Hint, user: string): boolean =>
  concernOf(audience, hint, user) === "notify" && (!isOfContext(audience) || (hint.readers?.includes(user) ?? false));

/** The table without its second column. */
function concernOf(audience: Audience | undefined, hint: Hint, user: string): Told {
  // Own messages, and changes to messages told before, disturb nobody.
  const isQuiet = hint.activity.messages.every(({ author, edited, deleted }) => author === user || edited || deleted);
  const watching = audience?.people[user] ?? (audience?.everyone ? 1 : undefined);
  if (isOfContext(audience)) {
    const addressed = hint.addressed.some((addressed) => addressed.user === user);
    return !isQuiet && (watching === 1 || addressed) ? "notify" : undefined;
  }
  if (watching === undefined) return undefined;
  return watching === 1 && !isQuiet ? "notify" : "show";
}

/** A shard without an audience hears of a conversation only because it addresses somebody, as contexts do. */
const isOfContext = (audience: Audience | undefined): boolean => audience === undefined || audience.kind === "context";

function mayHear({ readers, activity, revoked = {} }: Hint, { user, contexts, issuedAt }: UserCaller): boolean {
  if (readers) return readers.includes(user);
  const context = activity.conversationContext;
  return context !== undefined && covers(contexts, context) && stillCounts(issuedAt * 1000, user, revoked);
}
