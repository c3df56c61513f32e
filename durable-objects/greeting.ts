import { enter, readUntil } from "../src/domain/conversations/access.ts";
import { eventsBetween, framesOf, type Position, whyReload } from "../src/domain/conversations/resume.ts";
import { conversationOf } from "../src/domain/conversations/show.ts";
import type { Caller } from "../src/protocol/actors.ts";
import { limits } from "../src/protocol/limits.ts";

import { Problem, problemOf } from "../src/protocol/problems.ts";
import { closeCodes, protocolVersion, subprotocol } from "../src/protocol/wire.ts";
import type { ConversationStore } from "../src/storage/conversation/store.ts";
import type { Fanout } from "./fanout.ts";
import type { Live, Sockets } from "./sockets.ts";
import { inboxOf } from "./stubs.ts";

/** What a door hands to an object together with a WebSocket upgrade. */
export interface Upgrade {
  caller: Caller;
  position: Position;
  /** Frames as UTF-8 bytes instead of text. */
  bytes: boolean;
}

const upgradeHeader = "beseda-upgrade";

/** The request that carries an upgrade to an object; no client reaches an object except through a door. */
export const upgradeRequest = (upgrade: Upgrade): Request =>
  new Request("https://object/live", {
    headers: { upgrade: "websocket", [upgradeHeader]: encodeURIComponent(JSON.stringify(upgrade)) },
  });

export const upgradeOf = (request: Request): Upgrade =>
  JSON.parse(decodeURIComponent(request.headers.get(upgradeHeader) ?? "null")) as Upgrade;

/** Under which tag a caller's sockets are found again. */
export const tagOf = (caller: Caller): string => (caller.kind === "user" ? caller.user : "application");

export const switchProtocols = (client: WebSocket): Response =>
  new Response(null, { status: 101, webSocket: client, headers: { "sec-websocket-protocol": subprotocol } });

export const problemResponse = (problem: Problem): Response => {
  const document = problem.toDocument();
  return Response.json(document, { status: document.status, headers: { "content-type": "application/problem+json" } });
};

/**
 * Lets a socket into a conversation. The order matters: the socket is in the list before the user's inbox is asked, so a
 * revocation at any moment either is seen by the inbox's answer or finds the socket to close.
 */
export async function greet(
  request: Request,
  env: Env,
  store: ConversationStore,
  sockets: Sockets,
  fanout: Fanout,
): Promise<Response> {
  const { caller, position, bytes } = upgradeOf(request);
  try {
    enter(store, caller, Date.now());
    const tag = tagOf(caller);
    if (sockets.countOf(tag) >= limits.socketsPerConversation) {
      throw new Problem(
        "limit_exceeded",
        `At most ${limits.socketsPerConversation} sockets of one user to one conversation`,
        { retryAfterSeconds: 10 },
      );
    }
    const { client, live } = sockets.accept(caller, tag, bytes);
    await requireAdmission(env, store, sockets, live);
    // Anything may have happened while the inbox answered.
    const facts = enter(store, caller, Date.now());
    // What waits is part of what the greeting tells: the others hear it now, the new one does not.
    fanout.flush();
    sockets.admit(live);
    const now = Date.now();
    sockets.send(
      live,
      JSON.stringify({ type: "hello", protocol: protocolVersion, conversation: conversationOf(store, facts) }),
      now,
    );
    catchUp(store, sockets, live, position, now);
    return switchProtocols(client);
  } catch (error) {
    const problem = problemOf(error);
    if (!problem) throw error;
    return problemResponse(problem);
  }
}

async function requireAdmission(env: Env, store: ConversationStore, sockets: Sockets, live: Live): Promise<void> {
  const { caller } = live;
  const tag = tagOf(caller);
  const until = Math.max(caller.expiresAt * 1000, readUntil(store, caller, Date.now()));
  const refusal = await inboxOf(env, caller, tag).admit(
    tag,
    store.facts?.conversation ?? "",
    caller.issuedAt * 1000,
    until,
  );
  if (refusal === undefined && sockets.of(live.socket)) return;
  sockets.drop(live, refusal ?? "removed");
  if (refusal === "blocked") throw new Problem("user_blocked", "This user is blocked");
  if (refusal) throw new Problem("unauthenticated", closeCodes[refusal].reason);
  throw new Problem("not_found", "There is no such conversation for this caller");
}

/** Sends what the client misses, in frames of bounded size, then says that it is whole; or tells it to load anew. */
function catchUp(store: ConversationStore, sockets: Sockets, live: Live, position: Position, now: number): void {
  const reason = whyReload(store, position);
  if (reason)
    return sockets.send(live, JSON.stringify({ type: "reload", epoch: store.facts?.epoch, n: store.n, reason }), now);
  if (position.n !== undefined) {
    for (const frame of framesOf(eventsBetween(store, position.n, store.n), limits.resumePage))
      sockets.send(live, frame, now);
  }
  sockets.send(live, `{"type":"caughtUp","n":${store.n}}`, now);
}
