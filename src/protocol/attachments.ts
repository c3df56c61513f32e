import * as v from "valibot";
import { Id, MessageId } from "./ids.ts";
import { limits } from "./limits.ts";
import { paging } from "./lists.ts";
import { name } from "./strings.ts";

/** Pictures that every browser shows and that cannot run anything. */
export const safeTypes = ["image/png", "image/jpeg", "image/gif", "image/webp", "image/avif"] as const;
export type SafeType = (typeof safeTypes)[number];

/** A file of a message. */
export const Attachment = v.pipe(
  v.object({
    id: Id,
    /** Any string; for people, a file name with the fitting extension (ATT-9). */
    name: v.string(),
    /** What the sender says it is. */
    contentType: v.string(),
    /** Bytes. */
    size: v.number(),
    /** Set when the bytes are a picture that may be shown, whatever the sender says it is. */
    safeType: v.optional(v.picklist(safeTypes)),
    /** Of a safe picture, in pixels, as it is shown. */
    width: v.optional(v.number()),
    height: v.optional(v.number()),
    /** Bytes of the small picture that its uploader made of it, for lists of messages. */
    previewSize: v.optional(v.number()),
  }),
  v.metadata({ ref: "Attachment" }),
);
export type Attachment = v.InferOutput<typeof Attachment>;

/** A file in the list of a conversation's files, with the message that shows it. */
export const PostedAttachment = v.pipe(
  v.object({
    attachment: Attachment,
    /** Id and number of the message, who wrote it and when. */
    message: MessageId,
    n: v.number(),
    author: Id,
    date: v.string(),
  }),
  v.metadata({ ref: "PostedAttachment" }),
);
export type PostedAttachment = v.InferOutput<typeof PostedAttachment>;

export const AttachmentFilter = v.strictObject({ count: paging.count, cursor: paging.cursor });
export type AttachmentFilter = v.InferOutput<typeof AttachmentFilter>;

/** A MIME type with or without parameters, in printable ASCII (ATT-9). */
export const ContentType = v.pipe(
  v.string(),
  v.maxLength(limits.contentType, `must be at most ${limits.contentType} characters`),
  v.regex(/^[\w!#$&^.+-]+\/[\w!#$&^.+-]+(?:\s*;[ -~]*)?$/, "must be a MIME type such as image/png"),
);

export const UploadQuery = v.strictObject({
  name: name(limits.attachmentName),
  /** Bytes, for clients that cannot send Content-Length. */
  size: v.optional(v.pipe(v.string(), v.regex(/^[0-9]{1,15}$/, "must be a number of bytes"), v.transform(Number))),
});

/** Where a file is to be had, and until when; `preview` is the small picture, where there is one. */
export const AttachmentLink = v.pipe(
  v.object({ url: v.string(), expires: v.string(), preview: v.optional(v.string()) }),
  v.metadata({ ref: "AttachmentLink" }),
);
export type AttachmentLink = v.InferOutput<typeof AttachmentLink>;
