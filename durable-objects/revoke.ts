import { directoryOf } from "../src/storage/directory/database.ts";
import { forgetRevoked } from "../src/storage/directory/push-subscriptions.ts";
import { forgetRevocation, type Revocation, type RevocationRow } from "../src/storage/directory/revocations.ts";
import { userById } from "../src/storage/directory/users.ts";
import { shardOf } from "../src/storage/objects/shards.ts";
import { inboxShard } from "./stubs.ts";

/** What a door may still remember when an order is given; devices named later are those of good credentials. */
const rememberedMs = 2_000;

/**
 * Tells the inboxes of a revocation and waits until every socket concerned is closed. The row goes last: what a crash
 * interrupts is found and repeated within a minute.
 */
export async function carryOut(env: Env, row: RevocationRow): Promise<void> {
  await carryOutForNow(env, row);
  await forgetRevocation(directoryOf(env, row.revocation.application), row.id);
}

/**
 * The same, and once more by the minute's work: for what a door may still remember for a moment, such as a key that was
 * taken out of use.
 */
export async function carryOutForNow(env: Env, { revocation, created }: RevocationRow): Promise<void> {
  let told: Revocation;
  let current = await asItIsNow(env, revocation);
  do {
    told = current;
    await tell(env, told);
    current = await asItIsNow(env, revocation);
  } while (current.blocked !== told.blocked);
  await forgetRevoked(directoryOf(env, told.application), told, created + rememberedMs);
}

async function tell(env: Env, revocation: Revocation): Promise<void> {
  const { application, shards, user } = revocation;
  const concerned = user === null ? Array.from({ length: shards }, (_, shard) => shard) : [shardOf(user, shards)];
  await Promise.all(concerned.map((shard) => inboxShard(env, application, shard).revoke(revocation)));
}

/**
 * Orders overtake each other, and a crash leaves old ones behind. So an inbox is told what the directory says now, and
 * once more if that changed meanwhile: whoever tells it last has looked after telling.
 */
async function asItIsNow(env: Env, revocation: Revocation): Promise<Revocation> {
  const { application, user, blocked } = revocation;
  if (user === null || blocked === null) return revocation;
  const row = await userById(directoryOf(env, application), application, user);
  return row ? { ...revocation, blocked: row.isLocked } : revocation;
}
