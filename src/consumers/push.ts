import { tellOfDevices } from "../../durable-objects/devices.ts";
import { conversationObject, inboxOf } from "../../durable-objects/stubs.ts";
import { readersOf } from "../domain/access/readers.ts";
import type { Missed, Receiver } from "../domain/messages/missed.ts";
import type { Grant } from "../protocol/actors.ts";
import type { PushJob } from "../protocol/jobs.ts";
import type { Missing } from "../protocol/push.ts";
import { askingOf } from "../storage/asking.ts";
import { configOf } from "../storage/config.ts";
import type { ApplicationRecord } from "../storage/directory/applications.ts";
import { conversationById } from "../storage/directory/conversations.ts";
import { directoryOf } from "../storage/directory/database.ts";
import { subscriptionsOf } from "../storage/directory/push-subscriptions.ts";
import { trustedApplication } from "../storage/directory/trusted.ts";
import { type UserRow, usersByReferences } from "../storage/directory/users.ts";
import { enqueueJob } from "../storage/jobs.ts";
import { handOver } from "./parcels.ts";

/** Tries after which a device that cannot be reached is left alone, until the next message. */
const mostTries = 3;
const retrySeconds = 30;

/**
 * Tells users on their devices what they have not read of a conversation. The job names them; whether they are still to be
 * told, what they may read, and which devices they have, is looked up now.
 */
export async function push(env: Env, job: PushJob): Promise<void> {
  const [user = ""] = job.users;
  const application = await trustedApplication(env, job.application);
  if (application?.state !== "registered" || !configOf(env).push) return;
  const place = { application: job.application, shards: application.shards };
  const missing = await inboxOf(env, place, user).missing(job.conversation, job.users);
  const devices = await devicesOf(env, application, missing);
  const receivers = await receiversOf(env, application, job.conversation, missing, devices);
  const { title, missed } = await conversationObject(env, job.conversation).missed(receivers);
  const names = await namesOf(env, job.application, missed);
  const failed = await Promise.all(
    missed.map(async ({ user, author, ...message }) => {
      const place = { application: job.application, user, conversation: job.conversation };
      const news = { ...place, title, sender: names.get(author) ?? "", ...message };
      return (await handOver(env, devices.get(user)?.rows ?? [], news)) ? undefined : user;
    }),
  );
  await tryAgain(env, job, failed);
}

type Devices = Map<string, { user: UserRow; rows: Awaited<ReturnType<typeof subscriptionsOf>> }>;

/** The devices that count now, of users who may come in now. An inbox that remembers more is told. */
async function devicesOf(env: Env, application: ApplicationRecord, missing: readonly Missing[]): Promise<Devices> {
  const db = directoryOf(env, application.id);
  const ids = missing.map(({ user }) => user);
  if (ids.length === 0) return new Map();
  const [users, rows] = await Promise.all([
    usersByReferences(db, application.id, ids),
    subscriptionsOf(db, application.id, ids),
  ]);
  const devices: Devices = new Map();
  for (const user of users) {
    const validFrom = Math.max(user.validFrom, application.validFrom);
    const own = rows.filter((row) => row.user === user.id && row.issuedAt >= validFrom);
    if (own.length > 0 && !user.isLocked) devices.set(user.id, { user, rows: own });
  }
  const place = { application: application.id, shards: application.shards };
  const without = ids.filter((id) => !rows.some((row) => row.user === id));
  await Promise.all(without.map((id) => tellOfDevices(env, place, id)));
  return devices;
}

/** Users with devices as they would read the conversation themselves, with the Read right where one is needed. */
async function receiversOf(
  env: Env,
  application: ApplicationRecord,
  conversation: string,
  missing: readonly Missing[],
  devices: Devices,
): Promise<Receiver[]> {
  const known = missing.filter(({ user }) => devices.has(user));
  const row =
    known.length > 0
      ? await conversationById(directoryOf(env, application.id), application.id, conversation)
      : undefined;
  if (!row) return [];
  // By claims only a token could tell what a user may read, and nobody shows one now.
  if (row.context !== null && application.contextAccess.way !== "callback") return [];
  const ids = known.map(({ user }) => user);
  const grants =
    row.context === null ? new Map<string, Grant>() : await readersOf(askingOf(env, application), row.context, ids);
  return known.map((one) => ({
    ...one,
    caller: callerOf(application, devices.get(one.user)?.user.created ?? 0, one.user, grants.get(one.user)),
  }));
}

/** A user who reads without abilities beyond reading. */
function callerOf(
  { id, shards, contextAccess }: ApplicationRecord,
  since: number,
  user: string,
  read: Grant | undefined,
): Receiver["caller"] {
  const now = Math.floor(Date.now() / 1000);
  return {
    kind: "user",
    application: id,
    shards,
    user,
    ids: [user],
    contexts: [],
    code: false,
    since,
    scopes: [],
    contextAccess: contextAccess.way,
    issuedAt: now,
    expiresAt: now + 60,
    ...(read && { read }),
  };
}

async function namesOf(env: Env, application: string, missed: readonly Missed[]) {
  const authors = [...new Set(missed.map(({ author }) => author))];
  const rows = authors.length === 0 ? [] : await usersByReferences(directoryOf(env, application), application, authors);
  return new Map(rows.map(({ id, name, fullName }) => [id, name || fullName]));
}

async function tryAgain(env: Env, job: PushJob, failed: readonly (string | undefined)[]): Promise<void> {
  const users = failed.filter((user) => user !== undefined);
  const tries = (job.tries ?? 0) + 1;
  if (users.length > 0 && tries < mostTries) await enqueueJob(env, { ...job, users, tries }, retrySeconds * tries);
}
