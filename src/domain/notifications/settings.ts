import { type Caller, isCaller, isPrivileged } from "../../protocol/actors.ts";
import type { ConversationKind } from "../../protocol/conversations.ts";
import { Problem } from "../../protocol/problems.ts";
import type { Membership } from "../../storage/inbox/memberships.ts";

/** Watch mode when nothing was set: on where one is a member, off where one may merely read (NTF-7). */
export const watchOf = (kind: ConversationKind, membership: Pick<Membership, "watch"> | undefined): boolean =>
  membership?.watch ?? kind !== "context";

/**
 * Whose settings a caller means: its own, or another user's in privileged mode (NTF-8, NTF-12).
 * @throws Problem `forbidden`, `unauthenticated`
 */
export function whoseSettings(caller: Caller, user: string | undefined): string {
  if (user === undefined || isCaller(caller, user)) {
    if (caller.kind === "user") return caller.user;
    throw new Problem("unauthenticated", "Settings belong to a user", { nextStep: "Name the user, or act as one." });
  }
  if (!isPrivileged(caller))
    throw new Problem("forbidden", "Settings of other users need privileged mode", { field: "user" });
  return user;
}
