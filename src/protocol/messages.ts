import * as v from "valibot";
import { Attachment } from "./attachments.ts";
import { whyNotData } from "./data.ts";
import { Id, MessageId } from "./ids.ts";
import type { Json } from "./json.ts";
import { limits } from "./limits.ts";
import { Flag, Moment, paging } from "./lists.ts";
import { Reaction } from "./reactions.ts";
import { Run } from "./runs.ts";
import { line, name, text } from "./strings.ts";
import { UserReference } from "./users.ts";

/** Values with their types; see the table in `data.ts`. `null` takes the data away on editing. */
export const MessageData = v.pipe(
  v.custom<Json>((value) => value !== undefined),
  v.rawCheck(({ dataset, addIssue }) => {
    const reason = dataset.typed ? whyNotData(dataset.value) : undefined;
    if (reason) addIssue({ message: reason });
  }),
  v.metadata({ ref: "MessageData" }),
);

export const TextFormat = v.picklist(["text/plain", "text/html"], "must be text/plain or text/html");

const recipients = v.pipe(
  v.array(UserReference),
  v.maxLength(limits.messageRecipients, `must hold at most ${limits.messageRecipients} recipients`),
);

/** Ids of uploads of the same author to the same conversation, each once; in a change also of what the message shows. */
const attachments = v.pipe(
  v.array(Id),
  v.maxLength(limits.messageAttachments, `must hold at most ${limits.messageAttachments} attachments`),
  v.check((ids) => new Set(ids).size === ids.length, "must name each attachment once"),
);

const content = {
  /** Plain text of at most 4,000 characters, or HTML whose text is that long. */
  text: v.optional(text(limits.messageHtml)),
  textFormat: v.optional(TextFormat),
  data: v.optional(MessageData),
  attachments: v.optional(attachments),
};

/** The number of an event, as a client knows it. */
export const EventNumber = v.pipe(v.number(), v.safeInteger(), v.minValue(0));

/** A message to be posted. */
export const MessageDraft = v.pipe(
  v.strictObject({
    ...content,
    recipients: v.optional(recipients),
    /** Number of the message it answers, of the same conversation. */
    replyTo: v.optional(EventNumber),
    /** Made by the client, one for each message: a repeat with it returns the first result. */
    clientId: v.optional(name(limits.clientId)),
    /** Number of the latest event the client knew when it first tried to send. */
    seen: v.optional(EventNumber),
    /** Privileged mode only (MSG-11). */
    date: v.optional(Moment),
    author: v.optional(UserReference),
  }),
  v.metadata({ ref: "MessageDraft" }),
);
export type MessageDraft = v.InferOutput<typeof MessageDraft>;

/** Changes to a written message. */
export const MessagePatch = v.pipe(
  v.strictObject({
    ...content,
    recipients: v.optional(recipients),
    date: v.optional(Moment),
    author: v.optional(UserReference),
  }),
  v.metadata({ ref: "MessagePatch" }),
);
export type MessagePatch = v.InferOutput<typeof MessagePatch>;

/** A message as everybody who has access reads it. */
export const Message = v.pipe(
  v.object({
    id: MessageId,
    conversationId: Id,
    /** Number of the event that posted it: the order of truth in its conversation. */
    n: v.number(),
    /** Ordinal among the messages of its conversation, from 1. */
    m: v.number(),
    author: Id,
    date: Moment,
    text: v.string(),
    runs: v.optional(v.array(Run)),
    data: v.optional(v.unknown()),
    recipients: v.optional(v.array(Id)),
    attachments: v.optional(v.array(Attachment)),
    /** Number of the message it answers. A bare reference: what that one says now is read from itself, if it still says anything. */
    replyTo: v.optional(v.number()),
    /** In the order in which the kinds came; absent when there are none. */
    reactions: v.optional(v.array(Reaction)),
    /** Number of the event that changed its reactions last, so that of two copies the later one is known. */
    reacted: v.optional(v.number()),
    edited: v.optional(Moment),
    deleted: v.optional(Moment),
  }),
  v.metadata({ ref: "Message" }),
);
export type Message = Omit<v.InferOutput<typeof Message>, "data"> & { data?: Json };

/** Filter of the messages search: one conversation, from a boundary on (SRCH-4, SRCH-5). */
export const MessageFilter = v.strictObject({
  ...paging,
  after: v.optional(MessageId),
  startDate: v.optional(Moment),
  /** Part of the text, without regard to case. */
  text: v.optional(line(limits.conversationTitle)),
  author: v.optional(UserReference),
  /** Leave out what was deleted. */
  withoutDeleted: v.optional(Flag),
});
export type MessageFilter = v.InferOutput<typeof MessageFilter>;
