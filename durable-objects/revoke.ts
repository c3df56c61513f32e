import { directoryOf } from "../src/storage/directory/database.ts";
import { forgetRevocation, type RevocationRow } from "../src/storage/directory/revocations.ts";
import { shardOf } from "../src/storage/objects/shards.ts";
import { inboxShard } from "./stubs.ts";

/**
 * Tells the inboxes of a revocation and waits until every socket concerned is closed. The row goes last: what a crash
 * interrupts is found and repeated within a minute.
 */
export async function carryOut(env: Env, { id, revocation }: RevocationRow): Promise<void> {
  const { application, shards, user } = revocation;
  const concerned = user === null ? Array.from({ length: shards }, (_, shard) => shard) : [shardOf(user, shards)];
  await Promise.all(concerned.map((shard) => inboxShard(env, application, shard).revoke(revocation)));
  await forgetRevocation(directoryOf(env, application), id);
}
