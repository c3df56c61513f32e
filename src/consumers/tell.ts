import { conversationObject, inboxShard } from "../../durable-objects/stubs.ts";
import { readersOf } from "../domain/access/readers.ts";
import type { Job } from "../protocol/jobs.ts";
import { askingOf } from "../storage/asking.ts";
import { trustedApplication } from "../storage/directory/trusted.ts";
import { byShard } from "../storage/objects/shards.ts";

/**
 * Tells inboxes of new messages in a context conversation whose readers only the application knows: asks which listening
 * users may read now, and tells those.
 */
export async function tell(env: Env, { application: id, conversation, from, to }: Job): Promise<void> {
  const [application, told] = await Promise.all([
    trustedApplication(env, id),
    conversationObject(env, conversation).told(from, to),
  ]);
  const context = told?.activity.conversationContext;
  if (application?.state !== "registered" || !told || context === undefined || told.activity.messages.length === 0)
    return;
  const { audience, shards } = told;
  const addressed = byShard(told.recipients, shards);
  const concerned = new Set([...audience, ...addressed.keys()]);
  await Promise.all(
    [...concerned].map(async (shard) => {
      const inbox = inboxShard(env, id, shard);
      const recipients = addressed.get(shard) ?? [];
      const listeners = await inbox.listeners(conversation, recipients);
      if (listeners.length === 0) return;
      const readers = [...(await readersOf(askingOf(env, application), context, listeners)).keys()];
      if (readers.length > 0) await inbox.hint({ activity: told.activity, addressed: recipients, readers });
    }),
  );
}
