import * as v from "valibot";
import { Conversation, ConversationSummary } from "./conversations.ts";
import { Id, MessageId } from "./ids.ts";
import { limits } from "./limits.ts";
import { EventNumber, Message, MessageDraft, MessagePatch } from "./messages.ts";
import { Representation } from "./notifications.ts";
import { Reaction } from "./reactions.ts";
import { name } from "./strings.ts";

/** Client's own name for a request on a socket; the answer repeats it. */
const request = name(limits.clientId);

/** What a client may send, one JSON object a frame. Inbox sockets take `read` and `acknowledge`, conversations the rest. */
export const ClientFrame = v.variant("type", [
  v.strictObject({ type: v.literal("post"), request, message: MessageDraft }),
  v.strictObject({ type: v.literal("edit"), request, id: MessageId, changes: MessagePatch }),
  v.strictObject({ type: v.literal("delete"), request, id: MessageId }),
  /** The user is writing; said again every three seconds while that lasts. Has no answer. */
  v.strictObject({ type: v.literal("typing") }),
  /** The user has read up to a message ordinal: for the others who are here. The marker is moved by `read`. Has no answer. */
  v.strictObject({ type: v.literal("reading"), m: EventNumber }),
  /** Read up to a message ordinal: the same as PUT …/read-marker, a twentieth of its price. */
  v.strictObject({ type: v.literal("read"), conversationId: Id, m: EventNumber }),
  /** Characters received since the last acknowledgement; with too much of it missing the socket is closed as a slow reader. */
  v.strictObject({ type: v.literal("acknowledge"), received: v.pipe(v.number(), v.safeInteger(), v.minValue(0)) }),
]);
export type ClientFrame = v.InferOutput<typeof ClientFrame>;

/** One numbered fact of a conversation. Numbers have no gaps; a resumed client gets exactly those it misses. */
export const Event = v.variant("type", [
  v.object({ type: v.literal("message"), n: v.number(), message: Message }),
  v.object({ type: v.literal("edited"), n: v.number(), message: Message }),
  v.object({ type: v.literal("deleted"), n: v.number(), message: Message }),
  /** Reactions to a message changed: all that it has now. */
  v.object({ type: v.literal("reacted"), n: v.number(), id: MessageId, reactions: v.array(Reaction) }),
  v.object({
    type: v.literal("members"),
    n: v.number(),
    added: v.array(v.string()),
    removed: v.array(v.string()),
    memberCount: v.number(),
    by: v.optional(Id),
  }),
  v.object({ type: v.literal("title"), n: v.number(), title: v.string(), by: v.optional(Id) }),
]);
export type Event = v.InferOutput<typeof Event>;

const problem = v.object({
  type: v.string(),
  title: v.string(),
  status: v.number(),
  code: v.string(),
  detail: v.string(),
  nextStep: v.string(),
  field: v.optional(v.string()),
  retryAfterSeconds: v.optional(v.number()),
});

/** What happened in one conversation, for the list and the notification centre of one user's device. */
export const Activity = v.object({
  conversationId: Id,
  title: v.string(),
  displayed: v.boolean(),
  conversationContext: v.optional(v.string()),
  n: v.number(),
  m: v.number(),
  date: v.string(),
  /** Newest last, texts cut to an excerpt; `missed` counts those left out. */
  messages: v.array(
    v.object({
      id: MessageId,
      n: v.number(),
      m: v.number(),
      author: Id,
      date: v.string(),
      text: v.string(),
      recipients: v.optional(v.array(Id)),
      /** How many files it shows; absent when none. */
      attachments: v.optional(v.number()),
      /** Set when the hint tells of a change to a message that was told before. */
      edited: v.optional(v.string()),
      deleted: v.optional(v.string()),
    }),
  ),
  missed: v.number(),
});
export type Activity = v.InferOutput<typeof Activity>;

/** What a server may send. */
export const ServerFrame = v.variant("type", [
  /** First frame of a conversation's socket. */
  v.object({ type: v.literal("hello"), protocol: v.number(), conversation: Conversation }),
  v.object({ type: v.literal("events"), events: v.array(Event) }),
  /** Everything up to `n` has been sent; what follows is live. */
  v.object({ type: v.literal("caughtUp"), n: v.number() }),
  /** The position cannot be continued: load a snapshot and go on from `n`. */
  v.object({ type: v.literal("reload"), epoch: v.string(), n: v.number(), reason: v.string() }),
  v.object({ type: v.literal("answer"), request: v.string(), message: Message }),
  v.object({ type: v.literal("problem"), request: v.optional(v.string()), problem }),
  /** Somebody is writing; counts for six seconds. Not stored, never repeated. */
  v.object({ type: v.literal("typing"), user: Id }),
  /** Somebody has read up to a message ordinal. Not stored, never repeated; told in small conversations only. */
  v.object({ type: v.literal("reading"), user: Id, m: v.number() }),
  v.object({ type: v.literal("pong"), n: v.optional(v.number()) }),
  /** First frame of an inbox socket. */
  v.object({ type: v.literal("welcome"), protocol: v.number(), user: Id, doNotDisturb: v.boolean() }),
  /** New messages: `notify` says whether the user asked to hear of them. */
  v.object({ type: v.literal("activity"), notify: v.boolean(), activity: Activity }),
  v.object({ type: v.literal("joined"), conversation: ConversationSummary }),
  v.object({ type: v.literal("left"), conversationId: Id }),
  v.object({ type: v.literal("read"), conversationId: Id, m: v.number() }),
  v.object({ type: v.literal("settings"), conversationId: Id, watch: v.boolean(), representation: Representation }),
  v.object({ type: v.literal("doNotDisturb"), doNotDisturb: v.boolean() }),
]);
export type ServerFrame = v.InferOutput<typeof ServerFrame>;

/** How a client wants its frames: as text, or as the bytes of that text, which is cheaper for the server. */
const frames = v.optional(v.picklist(["text", "bytes"], "must be text or bytes"), "text");

export const InboxQuery = v.strictObject({ frames });

/** Where a socket goes on: the epoch and the last event number it has. */
export const ResumeQuery = v.strictObject({
  frames,
  epoch: v.optional(v.pipe(v.string(), v.maxLength(26))),
  n: v.optional(v.pipe(v.string(), v.regex(/^[0-9]{1,15}$/, "must be an event number"), v.transform(Number))),
});
