import * as v from "valibot";
import { Id } from "./ids.ts";
import { Moment, paging } from "./lists.ts";
import { UserReference } from "./users.ts";

/** Notify me of every message (true), or, in context conversations, only of those addressed to me (NTF-6). */
export const WatchMode = v.pipe(v.strictObject({ watch: v.boolean() }), v.metadata({ ref: "WatchMode" }));

/** Pop-up and sound, or neither; the entry stays in the notification centre (NTF-12, NTF-13). */
export const Representation = v.picklist(["Normal", "DontDisturb"], "must be Normal or DontDisturb");
export type Representation = v.InferOutput<typeof Representation>;

export const NotificationRepresentation = v.pipe(
  v.strictObject({ representation: Representation }),
  v.metadata({ ref: "NotificationRepresentation" }),
);

/** The user's own do-not-disturb, for all conversations (NTF-10). */
export const DoNotDisturb = v.pipe(v.strictObject({ doNotDisturb: v.boolean() }), v.metadata({ ref: "DoNotDisturb" }));

/** How far a member has read: an ordinal among the messages. */
export const Reader = v.pipe(v.object({ user: Id, m: v.number() }), v.metadata({ ref: "Reader" }));
export type Reader = v.InferOutput<typeof Reader>;

/** Read up to and including this message ordinal; a marker only moves up. */
export const ReadMarker = v.pipe(
  v.strictObject({ m: v.pipe(v.number(), v.safeInteger(), v.minValue(0)) }),
  v.metadata({ ref: "ReadMarker" }),
);

/** Whose setting is meant: the caller's unless privileged code names another user. */
export const WhoseQuery = v.strictObject({ user: v.optional(UserReference) });

/** What one user has not seen of one conversation. */
export const Notification = v.pipe(
  v.object({
    conversationId: Id,
    title: v.string(),
    displayed: v.boolean(),
    conversationContext: v.optional(v.string()),
    /** New messages, and ordinal and event number of the first and the last of them. */
    count: v.number(),
    firstM: v.number(),
    lastM: v.number(),
    /** True when the user is a recipient of at least one of them in a context conversation. */
    addressed: v.boolean(),
    date: Moment,
    representation: Representation,
  }),
  v.metadata({ ref: "Notification" }),
);
export type Notification = v.InferOutput<typeof Notification>;

export const NotificationQuery = v.strictObject({ count: paging.count, cursor: paging.cursor });
