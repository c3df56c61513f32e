import { made } from "../../durable-objects/creation.ts";
import { carryOut } from "../../durable-objects/revoke.ts";
import { activityShard, conversationObject, inboxShard } from "../../durable-objects/stubs.ts";
import { limits } from "../protocol/limits.ts";
import { forgetOldAddresses } from "../storage/directory/address-changes.ts";
import { applicationsToErase, forgetApplication } from "../storage/directory/applications.ts";
import { conversationsOf, forgetConversation, unfinishedConversations } from "../storage/directory/conversations.ts";
import { directoryOf } from "../storage/directory/database.ts";
import { forgetTokens } from "../storage/directory/kept-tokens.ts";
import { forgetOldSubscriptions } from "../storage/directory/push-subscriptions.ts";
import { forgetCodeLetters, forgetRegistrations } from "../storage/directory/registrations.ts";
import { openRevocations } from "../storage/directory/revocations.ts";
import { forgetTemporaryCodes } from "../storage/directory/subscribers.ts";
import { forgetTraffic } from "../storage/directory/traffic.ts";
import { eraseUsers } from "../storage/directory/users.ts";
import { eraseFiles } from "../storage/files.ts";

const minuteMs = 60_000;
/** Things of one kind done in one minute; the next minute goes on. */
const atOnce = 50;
/** Rows of one kind taken away in one minute. */
const rowsAtOnce = 10_000;

/** Finishes what a crash interrupted, and takes away what has run out. Every part can be repeated, and none waits for another. */
export async function everyMinute(env: Env, now: number): Promise<void> {
  const db = directoryOf(env);
  await each(await openRevocations(db, now - minuteMs, atOnce), (row) => carryOut(env, row));
  await each(await unfinishedConversations(db, now - minuteMs, atOnce), (row) => made(env, row));
  await each(await applicationsToErase(db, now - limits.erasureDays * 24 * 60 * minuteMs, 1), (row) => erase(env, row));
  await forgetRegistrations(db, now - 24 * 60 * minuteMs);
  await forgetOldAddresses(db, now);
  await forgetTemporaryCodes(db, now);
  await forgetTraffic(db, now);
  await forgetOldSubscriptions(db, now);
  await forgetTokens(db, now, rowsAtOnce);
  await forgetCodeLetters(db, now, rowsAtOnce);
}

/** One that fails is tried again in the next minute and keeps no other from its turn. */
async function each<Row>(rows: readonly Row[], work: (row: Row) => Promise<unknown>): Promise<void> {
  for (const row of rows)
    await work(row).catch((error: unknown) => console.error("The minute's work failed", row, error));
}

/** Erases a part of a cancelled application; its row goes last, so the next minute finds what is left. */
async function erase(env: Env, { id, shards }: { id: string; shards: number }): Promise<void> {
  const db = directoryOf(env, id);
  const conversations = await conversationsOf(db, id, atOnce);
  for (const conversation of conversations) {
    await conversationObject(env, conversation).erase();
    await forgetConversation(db, conversation);
  }
  if (conversations.length > 0 || (await eraseUsers(db, id, 1_000)) > 0 || (await eraseFiles(env, id, 1_000))) return;
  for (let shard = 0; shard < shards; shard++) {
    await inboxShard(env, id, shard).erase();
    await activityShard(env, id, shard).erase();
  }
  await forgetApplication(db, id);
}
