import type { Caller } from "../../protocol/actors.ts";
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
    const addressed = hint.addressed.includes(user);
    if (isQuiet || !(watching === 1 || addressed)) return undefined;
    return mayHear(hint, caller.contexts, user) ? "notify" : undefined;
  }
  if (watching === undefined) return undefined;
  return watching === 1 && !isQuiet ? "notify" : "show";
}

function mayHear({ readers, activity }: Hint, contexts: readonly string[], user: string): boolean {
  if (readers) return readers.includes(user);
  return activity.conversationContext !== undefined && covers(contexts, activity.conversationContext);
}
