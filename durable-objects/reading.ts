import { enter } from "../src/domain/conversations/access.ts";
import { readBy, requireReaders, tellsReaders } from "../src/domain/conversations/readers.ts";
import type { Caller } from "../src/protocol/actors.ts";
import type { ServerFrame } from "../src/protocol/live.ts";
import type { Reader } from "../src/protocol/notifications.ts";
import { memberIds } from "../src/storage/conversation/members.ts";
import type { ConversationStore } from "../src/storage/conversation/store.ts";
import { byShard } from "../src/storage/objects/shards.ts";
import { Frame, type Live, type Sockets } from "./sockets.ts";
import { inboxShard } from "./stubs.ts";

/** Clients wait two seconds; what comes much faster is remembered and not told. */
const pauseMs = 1_000;

/**
 * Tells the others who are here how far somebody has read. As with typing nothing is stored: the marker in the inbox,
 * which moves later, is the fact. Until then the socket remembers it for {@link readersOf}.
 * @throws Problem `not_found`
 */
export function tellReading(store: ConversationStore, sockets: Sockets, live: Live, upTo: number): void {
  const { caller } = live;
  const now = Date.now();
  const facts = enter(store, caller, now);
  const m = Math.min(upTo, store.m);
  if (caller.kind !== "user" || !tellsReaders(facts) || !store.isMember(caller.user)) return;
  if (m <= (live.readTo ?? 0)) return;
  live.readTo = m;
  if (now - (live.readAt ?? 0) < pauseMs) return;
  live.readAt = now;
  const frame = new Frame(JSON.stringify({ type: "reading", user: caller.user, m } satisfies ServerFrame));
  for (const other of sockets.all())
    if (other.caller.kind !== "user" || other.caller.user !== caller.user) sockets.send(other, frame, now);
}

/**
 * Members who have read something, and up to where: one question to each inbox shard that has members.
 * @throws Problem `not_found`, `not_supported`
 */
export async function readersOf(
  env: Env,
  store: ConversationStore,
  sockets: Sockets,
  caller: Caller,
): Promise<Reader[]> {
  const { application, conversation, shards } = requireReaders(store, caller, Date.now());
  const answers = await Promise.all(
    [...byShard(memberIds(store.sql), shards)].map(([shard, users]) =>
      inboxShard(env, application, shard).markers(conversation, users),
    ),
  );
  // Somebody may have gone while the inboxes answered, the caller too.
  requireReaders(store, caller, Date.now());
  return answers
    .flat()
    .filter(({ user }) => store.isMember(user))
    .map((marked) => ({ user: marked.user, m: Math.max(readBy(store, marked), saidBy(sockets, marked.user)) }))
    .filter(({ m }) => m > 0);
}

const saidBy = (sockets: Sockets, user: string): number =>
  Math.max(0, ...sockets.tagged(user).map(({ readTo = 0 }) => readTo));
