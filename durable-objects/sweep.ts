import { dueFiles, earliestDue, forgetFiles } from "../src/storage/conversation/files.ts";
import type { ConversationStore } from "../src/storage/conversation/store.ts";
import { deleteFiles, keepsFiles } from "../src/storage/files.ts";

/** Files removed in one round; a storage that fails is left alone for so long. */
const atOnce = 500;
const retryMs = 60_000;

/**
 * Removes files that no message shows: uploads that nobody posted, and what deleted messages left. The file goes first and
 * its row last, so a crash in between removes it once more. A conversation without such files costs no query.
 */
export async function sweep(env: Env, store: ConversationStore, now: number): Promise<void> {
  const { facts } = store;
  if (!facts || facts.filesDue === null || facts.filesDue > now || !keepsFiles(env)) return;
  const { application, conversation } = facts;
  const ids = dueFiles(store.sql, now, atOnce);
  try {
    if (ids.length > 0)
      await deleteFiles(
        env,
        ids.map((attachment) => ({ application, conversation, attachment })),
      );
  } catch (error) {
    console.warn("Files were not removed and will be tried again", conversation, error);
    return store.setFilesDue(now + retryMs);
  }
  forgetFiles(store.sql, ids);
  store.setFilesDue(earliestDue(store.sql));
}

/** The moment at which {@link sweep} has work, if it ever will. */
export const sweepAt = (env: Env, { facts }: ConversationStore): number | undefined =>
  (keepsFiles(env) && facts?.filesDue) || undefined;
