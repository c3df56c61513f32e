import { type Context, Hono } from "hono";
import { valueIn } from "../../durable-objects/answer.ts";
import { linkExpiry, signLink } from "../domain/access/links.ts";
import { pictureHead, pictureOf } from "../domain/files/picture.ts";
import { contentTypeOf } from "../domain/files/type.ts";
import {
  Attachment,
  AttachmentFilter,
  AttachmentLink,
  PostedAttachment,
  UploadQuery,
} from "../protocol/attachments.ts";
import { newId } from "../protocol/ids.ts";
import { pageOf } from "../protocol/lists.ts";
import { Problem } from "../protocol/problems.ts";
import { configOf } from "../storage/config.ts";
import { directoryOf } from "../storage/directory/database.ts";
import { countTraffic, giveBackUpload, secondsToNextDay } from "../storage/directory/traffic.ts";
import { begin, putFile, requireFiles } from "../storage/files.ts";
import { identified, originOf } from "./credentials.ts";
import { checked, described } from "./described.ts";
import type { Door } from "./door.ts";
import { messageNamed, type Place, placeOf } from "./places.ts";

/** Does the request carry a file? The bound of other requests is not for it. */
export const isUpload = (c: Context): boolean =>
  c.req.method === "POST" && /^\/api\/v1\/conversations\/[^/]+\/attachments$/.test(c.req.path);

/** Files of messages: brought first, then named by a message. They are fetched by links, see `files.ts`. */
export const attachments = new Hono<Door>()
  .use("/conversations/*", identified)
  .use("/messages/*", identified)
  .post(
    "/conversations/:conversation/attachments",
    described({
      id: "uploadAttachment",
      summary: "Upload a file, to be posted with a message of the same conversation",
      text: "The body is the file, `name` its name, `Content-Type` its type; without one the extension of the name decides. Content-Length, or `size` where a client cannot send it, tells its bytes beforehand. Post the id within a day, or the file is removed.",
      tag: "attachments",
      answers: { 201: Attachment },
      problems: ["validation", "forbidden", "not_found", "not_supported"],
      takesFile: true,
    }),
    checked("query", UploadQuery),
    async (c) => {
      requireFiles(c.env);
      const place = await placeOf(c);
      valueIn(await place.conversation.mayAttach(place.caller));
      const { name, size } = c.req.valid("query");
      const upload = takeIn(c, place, name, boundedSize(c, size));
      // Whoever hangs up in the middle of it: what was counted is given back all the same.
      c.executionCtx.waitUntil(upload.catch(() => undefined));
      return c.json(await upload, 201);
    },
  )
  .get(
    "/conversations/:conversation/attachments",
    described({
      id: "getAttachments",
      summary: "Files of a conversation",
      text: "Every file that a message shows, those of the newest message first. Uploads that wait are not among them.",
      tag: "attachments",
      answers: { 200: pageOf(PostedAttachment) },
      problems: ["validation", "not_found"],
    }),
    checked("query", AttachmentFilter),
    async (c) => {
      const { conversation, caller } = await placeOf(c);
      return c.json(valueIn(await conversation.files(caller, c.req.valid("query"))));
    },
  )
  .get(
    "/conversations/:conversation/attachments/:attachment/link",
    described({
      id: "getUploadLink",
      summary: "A link to an upload that waits to be posted",
      text: "For its uploader alone.",
      tag: "attachments",
      answers: { 200: AttachmentLink },
      problems: ["not_found", "not_supported"],
    }),
    async (c) => {
      requireFiles(c.env);
      const { conversation, caller, row } = await placeOf(c);
      const attachment = valueIn(await conversation.attachment(caller, c.req.param("attachment")));
      return c.json(await linkTo(c, row.id, attachment));
    },
  )
  .get(
    "/messages/:message/attachments/:attachment/link",
    described({
      id: "getAttachmentLink",
      summary: "A link to a file of a message",
      text: "For everybody who can read the message. The link needs no token and lives for five minutes at most: it opens in a browser and serves parts of the file (`Range`).",
      tag: "attachments",
      answers: { 200: AttachmentLink },
      problems: ["not_found", "not_supported"],
    }),
    async (c) => {
      requireFiles(c.env);
      const { place, n } = await messageNamed(c);
      const attachment = valueIn(await place.conversation.attachment(place.caller, c.req.param("attachment"), n));
      return c.json(await linkTo(c, place.row.id, attachment));
    },
  );

/** The bytes that are about to come. @throws Problem `validation`, `limit_exceeded` */
function boundedSize(c: Context<Door>, stated: number | undefined): number {
  const header = c.req.header("content-length");
  const size = header !== undefined && /^\d{1,15}$/.test(header) ? Number(header) : stated;
  if (size === undefined)
    throw new Problem("validation", "The length of the file is not stated", {
      field: "size",
      nextStep: "Send Content-Length, or the parameter size.",
    });
  if (stated !== undefined && stated !== size)
    throw new Problem("validation", `size says ${stated} bytes, Content-Length ${size}`, { field: "size" });
  const { attachmentBytes } = configOf(c.env);
  if (size > attachmentBytes)
    throw new Problem("limit_exceeded", `The file has ${size} bytes of at most ${attachmentBytes}`, { field: "size" });
  return size;
}

/**
 * Takes a file in: its beginning is read, its bytes are counted, the conversation knows of it, and then it is kept. A crash
 * after any of these loses nothing: the conversation removes what nobody posts, and bytes that were counted for nothing
 * count for that day only.
 */
async function takeIn(c: Context<Door>, { row, conversation, caller }: Place, name: string, size: number) {
  const contentType = contentTypeOf(c.req.header("content-type"), name);
  const incoming = await begin(c.req.raw.body as ReadableStream<Uint8Array> | null, pictureHead).catch(brokenOff);
  const attachment: Attachment = { id: newId(), name, contentType, size, ...pictureOf(incoming.head) };
  const { application } = caller;
  const now = Date.now();
  const db = directoryOf(c.env, application);
  if (!(await countTraffic(db, application, "uploaded", size, configOf(c.env).uploadBytesPerDay, now)))
    throw new Problem("limit_exceeded", "The application has uploaded all that a day allows", {
      retryAfterSeconds: secondsToNextDay(now),
    });
  try {
    valueIn(await conversation.expectUpload(caller, attachment));
    await putFile(c.env, { application, conversation: row.id, attachment: attachment.id }, incoming, size, attachment);
    return attachment;
  } catch (error) {
    await giveBackUpload(db, application, size, now);
    throw error;
  }
}

function brokenOff(): never {
  throw new Problem("validation", "The file did not arrive", { field: "size" });
}

async function linkTo(c: Context<Door>, conversation: string, { id, size, previewSize }: Attachment) {
  const { secret, filesOrigin } = configOf(c.env);
  const expires = linkExpiry(Date.now());
  const file = { application: c.var.caller.application, conversation, attachment: id, expires };
  const addressOf = async (part: { size: number; isPreview: boolean }) =>
    `${filesOrigin || originOf(c)}/files/${await signLink(secret, { ...file, ...part })}`;
  const link: AttachmentLink = {
    url: await addressOf({ size, isPreview: false }),
    expires: new Date(expires * 1000).toISOString(),
  };
  if (previewSize !== undefined) link.preview = await addressOf({ size: previewSize, isPreview: true });
  return link;
}
