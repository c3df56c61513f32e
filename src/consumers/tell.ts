import { conversationObject, inboxShard } from "../../durable-objects/stubs.ts";
import { readersOf } from "../domain/access/readers.ts";
import { stillCounts } from "../protocol/actors.ts";
import type { TellJob } from "../protocol/jobs.ts";
import { askingOf } from "../storage/asking.ts";
import { trustedApplication } from "../storage/directory/trusted.ts";
import { byShard } from "../storage/objects/shards.ts";

/**
 * Tells inboxes of new messages in a context conversation whose readers only the application knows: asks which listening
 * users, and users with a device to push to, may read now, and tells those.
 */
export async function tell(env: Env, job: TellJob): Promise<void> {
  const { application: id, conversation } = job;
  const [application, told] = await Promise.all([
    trustedApplication(env, id),
    conversationObject(env, conversation).told(job),
  ]);
  const context = told?.activity.conversationContext;
  if (application?.state !== "registered" || !told || context === undefined || told.activity.messages.length === 0)
    return;
  const { activity, authors, audience, shards, revoked = {} } = told;
  const addressed = byShard(told.addressed, shards, ({ user }) => user);
  const concerned = new Set([...audience, ...addressed.keys()]);
  await Promise.all(
    [...concerned].map(async (shard) => {
      const inbox = inboxShard(env, id, shard);
      const recipients = addressed.get(shard) ?? [];
      const listeners = await inbox.askedAbout(
        conversation,
        recipients.map(({ user }) => user),
      );
      const grants = listeners.length === 0 ? [] : await readersOf(askingOf(env, application), context, listeners);
      // An answer that is still remembered here may be older than what was taken away.
      const readers = [...grants].filter(([user, { from }]) => stillCounts(from, user, revoked)).map(([user]) => user);
      // Without readers too: lists are made from hints.
      await inbox.hint({ application: id, activity, authors, addressed: recipients, readers });
    }),
  );
}
