import { administersData, type Caller, isCaller } from "../../protocol/actors.ts";
import { Problem } from "../../protocol/problems.ts";
import type { UserDraft, UserPatch } from "../../protocol/users.ts";
import type { UserChanges, UserRow } from "../../storage/directory/users.ts";

/** What the owner may change; everything else is for code with rights. */
const ownFields = new Set(["picture", "phoneNumber", "email"]);

/**
 * Decides which columns a patch changes.
 * @throws Problem `forbidden`, `validation`
 */
export function planChange(caller: Caller, user: UserRow, patch: UserPatch): UserChanges {
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
  return patch as UserChanges;
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
    namesFrom: 0,
    created: now,
  };
}
