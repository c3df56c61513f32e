import * as v from "valibot";
import { namedIn } from "../src/domain/messages/resolve.ts";
import type { Caller } from "../src/protocol/actors.ts";
import { partsOfMessageId } from "../src/protocol/ids.ts";
import { utf8Bytes } from "../src/protocol/json.ts";
import { limits } from "../src/protocol/limits.ts";
import { ClientFrame } from "../src/protocol/live.ts";
import type { MessageDraft, MessagePatch } from "../src/protocol/messages.ts";
import { Problem, problemOf } from "../src/protocol/problems.ts";
import { validated } from "../src/protocol/validated.ts";
import type { ConversationStore } from "../src/storage/conversation/store.ts";
import { type Answer, valueIn } from "./answer.ts";
import { tellReading } from "./reading.ts";
import type { Live, Sockets } from "./sockets.ts";
import { tellTyping } from "./typing.ts";

/** Takes a message, as JSON. */
export type Told = (message: string) => void;

/** What frames need of a conversation's object. */
interface Room {
  store: ConversationStore;
  sockets: Sockets;
  post(caller: Caller, draft: MessageDraft, told: Told): Promise<Answer<unknown>>;
  edit(caller: Caller, n: number, patch: MessagePatch): Promise<Answer<string>>;
  delete(caller: Caller, n: number): Promise<Answer<string>>;
}

/** @throws Problem `validation`, `limit_exceeded` */
export function parseFrame(data: string | ArrayBuffer): ClientFrame {
  if (typeof data !== "string") throw new Problem("validation", "Frames are JSON text, not binary");
  if (data.length > limits.clientFrame || utf8Bytes(data) > limits.clientFrame) {
    throw new Problem("limit_exceeded", `A frame has at most ${limits.clientFrame} bytes`);
  }
  let value: unknown;
  try {
    value = JSON.parse(data);
  } catch {
    throw new Problem("validation", "The frame is not JSON");
  }
  return validated(ClientFrame, value);
}

/** The client's name for a request, as far as it can be made out of a frame that is not valid. */
export function requestOf(data: string | ArrayBuffer): string | undefined {
  if (typeof data !== "string" || data.length > limits.clientFrame) return undefined;
  const request = /"request"\s*:\s*"([^"\\]{1,64})"/.exec(data)?.[1];
  return v.is(v.string(), request) ? request : undefined;
}

/** Tells one client what was wrong with its frame. */
export function sendProblem(sockets: Sockets, live: Live, error: unknown, request: string | undefined): void {
  const problem = problemOf(error);
  if (!problem) throw error;
  const frame = { type: "problem", ...(request !== undefined && { request }), problem: problem.toDocument() };
  sockets.send(live, JSON.stringify(frame), Date.now());
}

/** One frame from a client of a conversation. A message without named people is written without a single await. */
export async function receive(room: Room, live: Live, data: string | ArrayBuffer): Promise<void> {
  let frame: ClientFrame;
  try {
    if (Date.now() >= live.until) return room.sockets.drop(live, live.ends);
    frame = parseFrame(data);
  } catch (error) {
    sendProblem(room.sockets, live, error, requestOf(data));
    return room.sockets.countBadFrame(live);
  }
  try {
    await inOrder(live, frame, () => act(room, live, frame));
  } catch (error) {
    sendProblem(room.sockets, live, error, "request" in frame ? frame.request : undefined);
  }
}

/**
 * Frames of one socket keep their order. Most are done without waiting; one that names people waits for the directory, and
 * then those behind it wait for that one.
 */
async function inOrder(live: Live, frame: ClientFrame, work: () => Promise<void>): Promise<void> {
  const waits =
    (frame.type === "post" && namedIn(frame.message).length > 0) ||
    (frame.type === "edit" && namedIn(frame.changes).length > 0);
  if (!live.before && !waits) return work();
  const before = live.before ?? Promise.resolve();
  const mine = before.then(work, work);
  live.before = mine;
  try {
    await mine;
  } finally {
    if (live.before === mine) delete live.before;
  }
}

async function act(room: Room, live: Live, frame: ClientFrame): Promise<void> {
  // Cut off while it waited for the frame before: nothing more is taken from this socket.
  if (!room.sockets.of(live.socket)) return;
  const { caller } = live;
  switch (frame.type) {
    case "post":
      valueIn(await room.post(caller, frame.message, (message) => reply(room, live, frame.request, message)));
      return;
    case "edit":
      return reply(
        room,
        live,
        frame.request,
        valueIn(await room.edit(caller, numberIn(room, frame.id), frame.changes)),
      );
    case "delete":
      return reply(room, live, frame.request, valueIn(await room.delete(caller, numberIn(room, frame.id))));
    case "typing":
      return tellTyping(room.store, room.sockets, live);
    case "reading":
      return tellReading(room.store, room.sockets, live, frame.m);
    case "acknowledge":
      return room.sockets.acknowledge(live, frame.received);
    case "read":
      throw new Problem("not_supported", "Markers are set on the inbox socket, /api/v1/live");
    default:
      return frame satisfies never;
  }
}

function reply(room: Room, live: Live, request: string, message: string): void {
  room.sockets.send(live, `{"type":"answer","request":${JSON.stringify(request)},"message":${message}}`, Date.now());
}

function numberIn(room: Room, id: string): number {
  const parts = partsOfMessageId(id);
  if (parts?.conversation === room.store.facts?.conversation && parts) return parts.n;
  throw new Problem("not_found", "There is no such message in this conversation", { field: "id" });
}
