import { administersData, type Caller } from "../../protocol/actors.ts";
import type { ConversationDraft } from "../../protocol/conversations.ts";

import { limits } from "../../protocol/limits.ts";
import { Problem } from "../../protocol/problems.ts";
import { standardUsers } from "../../protocol/wire.ts";
import type { CreationSpec } from "../../storage/directory/conversations.ts";
import type { UserRow } from "../../storage/directory/users.ts";

/** The people a draft names, by the reference it names them with. */
export type People = ReadonlyMap<string, UserRow>;

/**
 * Decides what a new conversation will be, or why it cannot be. Pure: everything it needs is in its arguments.
 * @throws Problem `validation`, `forbidden`, `limit_exceeded`, `not_found`, `user_blocked` or `not_supported`
 */
export function planConversation(
  caller: Caller,
  draft: ConversationDraft,
  people: People,
  id: string,
  now: number,
): CreationSpec {
  const kind = draft.conversationContext !== undefined ? "context" : (draft.group ?? true) ? "group" : "oneToOne";
  if (draft.viewOnly && !administersData(caller)) {
    throw new Problem("forbidden", "View-only needs DataAdministration or privileged mode", { field: "viewOnly" });
  }
  const references = draft.members ?? [];
  const everyone = references.includes(standardUsers.allApplicationUsers);
  if (kind === "context") refuseForContext(draft, references);
  const members = kind === "context" ? [] : membersOf(caller, references, people);
  if (kind === "oneToOne") refuseForOneToOne(draft, members, everyone, people);
  if (members.length > limits.conversationMembers) {
    throw new Problem("limit_exceeded", `A conversation has at most ${limits.conversationMembers} listed members`, {
      field: "members",
    });
  }
  return {
    id,
    application: caller.application,
    shards: caller.shards,
    kind,
    key: draft.key ?? null,
    title: draft.title ?? "",
    displayed: draft.displayed,
    viewOnly: draft.viewOnly,
    conversationContext: draft.conversationContext ?? null,
    creator: caller.kind === "user" ? caller.user : null,
    members,
    everyone,
    created: now,
  };
}

function refuseForContext(draft: ConversationDraft, references: readonly string[]): void {
  if (references.length > 0) {
    throw new Problem("validation", "A context conversation has no members: its object's readers take part", {
      field: "members",
    });
  }
  if (!draft.displayed)
    throw new Problem("validation", "A context conversation is always displayed", { field: "displayed" });
}

function refuseForOneToOne(
  draft: ConversationDraft,
  members: readonly string[],
  everyone: boolean,
  people: People,
): void {
  if (draft.title)
    throw new Problem("validation", "A one-to-one conversation has no title of its own", { field: "title" });
  if (everyone) throw new Problem("validation", "A one-to-one conversation is between two users", { field: "members" });
  if (members.length !== 2)
    throw new Problem("validation", "A one-to-one conversation has exactly two members", { field: "members" });
  for (const user of people.values()) {
    if (user.kind === "integration")
      throw new Problem("not_supported", "Users of an integration take no personal messages", { field: "members" });
  }
}

/** Ids of the listed members: the named ones, and the creator when a user creates (CNV-8). */
function membersOf(caller: Caller, references: readonly string[], people: People): string[] {
  const ids = new Set<string>(caller.kind === "user" ? [caller.user] : []);
  references.forEach((reference, index) => {
    if (reference !== standardUsers.allApplicationUsers) ids.add(mayJoin(people, reference, `members.${index}`).id);
  });
  return [...ids];
}

/**
 * The user behind a reference, if that user can be put into a conversation.
 * @throws Problem `not_found`, `user_blocked`, or `validation` for a guest (GST-5)
 */
export function mayJoin(people: People, reference: string, field: string): UserRow {
  const user = people.get(reference);
  if (!user) throw new Problem("not_found", "This user does not exist in Beseda", { field });
  if (user.kind === "guest") throw new Problem("validation", "A guest comes in by an invitation link only", { field });
  if (user.isLocked) throw new Problem("user_blocked", "A blocked user cannot be added", { field });
  return user;
}

/** One name for a pair of people, whoever of them starts. */
export const pairOf = (members: readonly string[]): string => [...members].sort().join(" ");
