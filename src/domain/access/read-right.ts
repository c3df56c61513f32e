import { type Caller, type Grant, isPrivileged } from "../../protocol/actors.ts";
import { covers } from "../../protocol/context.ts";
import { limits } from "../../protocol/limits.ts";

/**
 * The caller's Read right on a context as far as its credential says: in privileged mode none is needed, with claims the
 * token lists the contexts. `ask` = the application must be asked (CNV-3).
 */
export function claimedGrant(caller: Caller, context: string): Grant | "ask" | undefined {
  const whole = { from: caller.issuedAt * 1000, until: caller.expiresAt * 1000 };
  if (isPrivileged(caller)) return whole;
  if (caller.kind !== "user") return undefined;
  if (caller.contextAccess === "callback") return "ask";
  return covers(caller.contexts, context) ? whole : undefined;
}

/** How long an answer of the application may be kept, in milliseconds: a grant for a minute, a denial for seconds. */
export const keepAnswerMs = (granted: boolean): number => (granted ? limits.grantSeconds : limits.denialSeconds) * 1000;
