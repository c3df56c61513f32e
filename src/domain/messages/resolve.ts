import type { MessageDraft, MessagePatch } from "../../protocol/messages.ts";
import { Problem } from "../../protocol/problems.ts";
import type { UserRow } from "../../storage/directory/users.ts";

/** Every user a draft names, by reference; empty for most messages. */
export const namedIn = (draft: MessageDraft | MessagePatch): string[] => [
  ...(draft.recipients ?? []),
  ...(draft.author !== undefined ? [draft.author] : []),
];

/**
 * Ids of the people a draft names. Blocked people cannot be addressed (USR-26), unknown ones do not exist (USR-13).
 * @param rows what the directory found of {@link namedIn}
 */
export function resolvePeople(draft: MessageDraft | MessagePatch, rows: readonly UserRow[]): Map<string, string> {
  const ids = new Map<string, string>();
  const find = (reference: string, field: string): UserRow => {
    const row = rows.find(({ id, infoBaseUserId }) => id === reference || infoBaseUserId === reference);
    if (!row) throw new Problem("not_found", "This user does not exist in Beseda", { field });
    ids.set(reference, row.id);
    return row;
  };
  draft.recipients?.forEach((reference, index) => {
    if (find(reference, `recipients.${index}`).isLocked) {
      throw new Problem("user_blocked", "A blocked user cannot be addressed", { field: `recipients.${index}` });
    }
  });
  if (draft.author !== undefined) find(draft.author, "author");
  return ids;
}
