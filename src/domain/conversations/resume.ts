import { limits } from "../../protocol/limits.ts";
import type { Event } from "../../protocol/live.ts";
import type { Message } from "../../protocol/messages.ts";
import { type ChangeRow, changesBetween } from "../../storage/conversation/changes.ts";
import { type MessageRow, messageAt, messagesBetween } from "../../storage/conversation/messages.ts";
import type { ConversationStore } from "../../storage/conversation/store.ts";

/** Where a client goes on from; both absent = it wants only what comes. */
export interface Position {
  epoch?: string | undefined;
  n?: number | undefined;
}

/** Why a position cannot be continued, as a word for the client; undefined when it can. */
export function whyReload(store: ConversationStore, { epoch, n }: Position): string | undefined {
  if (n === undefined) return undefined;
  if (epoch !== store.facts?.epoch) return "another epoch";
  if (n > store.n) return "a position from the future";
  if (store.n - n > limits.resumeEvents) return "too many events";
  return undefined;
}

/**
 * The events after `from` up to `to`, as JSON, in order: two ranges merged by number. What was edited or deleted meanwhile
 * shows its present content, so no deleted text leaves.
 */
export function* eventsBetween(store: ConversationStore, from: number, to: number): Generator<string> {
  const messages = messagesBetween(store.sql, from, to).toArray();
  const changes = changesBetween(store.sql, from, to).toArray();
  let m = 0;
  for (const change of changes) {
    for (let message = messages[m]; message && message.n < change.n; message = messages[++m]) yield posted(message);
    yield changed(store, change);
  }
  for (const message of messages.slice(m)) yield posted(message);
}

const posted = ({ n, body }: MessageRow): string => `{"type":"message","n":${n},"message":${body}}`;

function changed(store: ConversationStore, { n, type, message, body }: ChangeRow): string {
  if (message === null) return body ?? "";
  const now = messageAt(store.sql, message)?.body ?? "";
  return type === "reacted"
    ? reactedEvent(n, JSON.parse(now) as Message)
    : `{"type":"${type}","n":${n},"message":${now}}`;
}

/** The event of changed reactions. It tells them all and nothing else of the message, however long that is. */
export const reactedEvent = (n: number, { id, reactions = [] }: Message): string =>
  JSON.stringify({ type: "reacted", n, id, reactions } satisfies Event);

/** Frames of events, each at most `bytes` characters unless one event alone is longer. */
export function* framesOf(events: Iterable<string>, bytes: number): Generator<string> {
  let frame: string[] = [];
  let length = 0;
  for (const event of events) {
    if (length + event.length > bytes && frame.length > 0) {
      yield eventsFrame(frame);
      frame = [];
      length = 0;
    }
    frame.push(event);
    length += event.length + 1;
  }
  if (frame.length > 0) yield eventsFrame(frame);
}

const eventsFrame = (events: readonly string[]): string => `{"type":"events","events":[${events.join(",")}]}`;
