import { enter, requireWritable } from "../src/domain/conversations/access.ts";
import { limits } from "../src/protocol/limits.ts";
import type { ServerFrame } from "../src/protocol/live.ts";
import type { ConversationStore } from "../src/storage/conversation/store.ts";
import { tagOf } from "./greeting.ts";
import { Frame, type Live, type Sockets } from "./sockets.ts";

/** Clients repeat it after three seconds; what comes much faster tells nobody anything new. */
const pauseMs = 1_000;

/**
 * Tells the others who are here that somebody writes. It is no event: nothing is stored, nothing is repeated after a loss,
 * and where many are here nothing is told, because every frame has its price and nobody could follow.
 * @throws Problem `forbidden` where this caller may not write, `not_found`
 */
export function tellTyping(store: ConversationStore, sockets: Sockets, live: Live): void {
  const { caller } = live;
  const now = Date.now();
  requireWritable(enter(store, caller, now), caller);
  if (caller.kind !== "user" || sockets.size > limits.typingSockets || now - (live.typedAt ?? 0) < pauseMs) return;
  live.typedAt = now;
  const tag = tagOf(caller);
  const frame = new Frame(JSON.stringify({ type: "typing", user: tag } satisfies ServerFrame));
  for (const other of sockets.all()) if (tagOf(other.caller) !== tag) sockets.send(other, frame, now);
}
