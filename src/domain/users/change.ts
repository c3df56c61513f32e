import { administersData, type Caller, isCaller } from "../../protocol/actors.ts";
import { Problem } from "../../protocol/problems.ts";
import type { UserDraft, UserPatch } from "../../protocol/users.ts";
import type { Revocation } from "../../storage/directory/revocations.ts";
import type { UserChanges, UserRow } from "../../storage/directory/users.ts";

/** What the owner may change; everything else is for code with rights. */
const ownFields = new Set(["picture", "phoneNumber", "email"]);

/**
 * Decides which columns a patch changes.
 * @throws Problem `forbidden`, `validation`
 */
export function planChange(caller: Caller, user: UserRow, patch: UserPatch, now: number): UserChanges {
  const fields = Object.keys(patch);
  const foreign = fields.find((field) => !ownFields.has(field));
  if (!administersData(caller)) {
    if (!isCaller(caller, user.id))
      throw new Problem("forbidden", "Other users are changed with DataAdministration or in privileged mode");
    if (foreign)
      throw new Problem("forbidden", `The field ${foreign} is changed with DataAdministration or in privileged mode`, {
        field: foreign,
      });
  }
  if (patch.infoBaseUserId !== undefined && user.kind !== "regular") {
    throw new Problem("validation", "Only regular users are paired with users of the application", {
      field: "infoBaseUserId",
    });
  }
  const isRenamed = patch.name !== undefined || patch.fullName !== undefined;
  return { ...(patch as UserChanges), ...(isRenamed && { namesFrom: now }) };
}

/**
 * What the inbox must be told of a change: a block or its end, told again even when nothing changes, because a repeat may
 * follow a failure; and a new pair, so that nobody goes on hearing with credentials of the person before.
 */
export function revocationOf(user: UserRow, changes: UserChanges, shards: number): Revocation | undefined {
  const { isLocked, infoBaseUserId } = changes;
  const isPairedAnew = infoBaseUserId !== undefined && infoBaseUserId !== user.infoBaseUserId;
  if (isLocked === undefined && !isPairedAnew) return undefined;
  return {
    application: user.application,
    shards,
    user: user.id,
    blocked: isLocked ?? null,
    validFrom: 0,
    cause: isPairedAnew && !isLocked ? "credentialsChanged" : "blocked",
  };
}

/**
 * Decides what a new user is like.
 * @throws Problem `validation`
 */
export function planUser(
  application: string,
  id: string,
  draft: UserDraft,
  now: number,
): Omit<UserRow, "nameFolded" | "fullNameFolded"> {
  if (draft.external && draft.emailForAuthentication === undefined) {
    throw new Problem("validation", "An external user needs an e-mail address to sign in with", {
      field: "emailForAuthentication",
    });
  }
  if (draft.external && draft.infoBaseUserId !== undefined) {
    throw new Problem("validation", "An external user is not paired with a user of the application", {
      field: "infoBaseUserId",
    });
  }
  if (!draft.external && draft.infoBaseUserId === undefined) {
    throw new Problem("validation", "A regular user is identified by the application user's UUID", {
      field: "infoBaseUserId",
    });
  }
  if (!draft.external && draft.emailForAuthentication !== undefined) {
    throw new Problem("validation", "Only external users sign in by e-mail", { field: "emailForAuthentication" });
  }
  return {
    id,
    application,
    kind: draft.external ? "external" : "regular",
    infoBaseUserId: draft.infoBaseUserId ?? null,
    name: draft.name,
    fullName: draft.fullName || draft.name,
    picture: draft.picture ?? null,
    phoneNumber: draft.phoneNumber ?? null,
    email: draft.email ?? null,
    matchingKey: draft.matchingKey ?? null,
    emailForAuthentication: draft.emailForAuthentication ?? null,
    externalSystemType: null,
    externalSystemUserId: null,
    isLocked: false,
    validFrom: 0,
    namesFrom: now,
    created: now,
  };
}
