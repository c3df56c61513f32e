import {
  type Addressing,
  isEverybody,
  type MemberChange,
  newsBetween,
  stateNow,
} from "../src/domain/conversations/news.ts";
import { standardUsers } from "../src/protocol/wire.ts";
import { writeBlocked } from "../src/storage/conversation/blocked.ts";
import { moveCursor, readCursor } from "../src/storage/conversation/cursors.ts";
import { type Facts, writeAudience } from "../src/storage/conversation/facts.ts";
import type { ConversationStore } from "../src/storage/conversation/store.ts";
import { addShards, byShard, shardOf } from "../src/storage/objects/shards.ts";
import { activityOf, inboxShard } from "./stubs.ts";

/** The destination that people's lists and notifications are served from. */
const people = "people";
/** Events looked at in one round; a long backlog takes several. */
const eventsInRound = 2_000;

/**
 * Serves what happened since the cursor to inboxes and activity, then moves the cursor: the log is the outbox. A crash in
 * between repeats the round, and every receiver knows a repeat by its event number.
 * @returns whether there was anything to serve
 */
export async function dispatch(env: Env, store: ConversationStore): Promise<boolean> {
  const facts = store.facts;
  if (!facts) return false;
  let from = readCursor(store.sql, people);
  if (from >= store.n) return false;
  while (from < store.n) {
    const to = Math.min(store.n, from + eventsInRound);
    const news = newsBetween(store, facts, from, to);
    const state = stateNow(store, store.facts ?? facts, news.authors);
    await tellMembers(env, store, news.members);
    await tellAddressed(env, facts, news.addressings);
    await activityOf(env, facts, facts.conversation).moved(state);
    moveCursor(store.sql, people, to);
    from = to;
  }
  return true;
}

/** Introduces a new conversation to the inboxes of its members and to activity. Repeatable. */
export async function introduce(env: Env, store: ConversationStore, members: readonly string[]): Promise<void> {
  const facts = store.facts;
  if (!facts) return;
  await activityOf(env, facts, facts.conversation).moved(stateNow(store, facts, {}));
  const users = facts.everyone ? [standardUsers.allApplicationUsers, ...members] : members;
  await tellMembers(
    env,
    store,
    users.map((user) => ({ user, member: true, n: 0, m: 0 })),
  );
}

async function tellMembers(env: Env, store: ConversationStore, members: readonly MemberChange[]): Promise<void> {
  const facts = store.facts;
  if (!facts || members.length === 0) return;
  const shards = groupByShard(facts, members);
  const state = stateNow(store, facts, {});
  const answers = await Promise.all(
    [...shards].map(([shard, changes]) =>
      inboxShard(env, facts.application, shard).members({
        state,
        created: facts.created,
        everyone: facts.everyone,
        changes,
      }),
    ),
  );
  writeAudience(store.sql, addShards(store.facts?.audience ?? facts.audience, shards.keys()));
  if (facts.kind === "oneToOne") for (const user of answers.flat()) writeBlocked(store.sql, user, true);
  store.refresh();
}

/** Changes for each shard; a change of everybody concerns them all. */
function groupByShard(facts: Facts, members: readonly MemberChange[]): Map<number, MemberChange[]> {
  const shards = new Map<number, MemberChange[]>();
  for (const change of members) {
    const concerned = isEverybody(change.user)
      ? Array.from({ length: facts.shards }, (_, shard) => shard)
      : [shardOf(change.user, facts.shards)];
    for (const shard of concerned) shards.set(shard, [...(shards.get(shard) ?? []), change]);
  }
  return shards;
}

async function tellAddressed(env: Env, facts: Facts, addressings: readonly Addressing[]): Promise<void> {
  const shards = byShard(addressings, facts.shards, ({ user }) => user);
  await Promise.all(
    [...shards].map(([shard, some]) => inboxShard(env, facts.application, shard).addressed(facts.conversation, some)),
  );
}
