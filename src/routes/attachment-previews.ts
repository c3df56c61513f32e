import { type Context, Hono } from "hono";
import { valueIn } from "../../durable-objects/answer.ts";
import { previewTypeOf } from "../domain/files/preview.ts";
import { Attachment } from "../protocol/attachments.ts";
import { Problem } from "../protocol/problems.ts";
import { configOf } from "../storage/config.ts";
import { directoryOf } from "../storage/directory/database.ts";
import { countTraffic, giveBackUpload, secondsToNextDay } from "../storage/directory/traffic.ts";
import { putPreview, requireFiles } from "../storage/files.ts";
import { identified } from "./credentials.ts";
import { described } from "./described.ts";
import type { Door } from "./door.ts";
import { type Place, placeOf } from "./places.ts";

/** Small pictures that stand for large ones in lists of messages, brought by whoever uploads these. */
export const attachmentPreviews = new Hono<Door>().use("/conversations/*", identified).put(
  "/conversations/:conversation/attachments/:attachment/preview",
  described({
    id: "setAttachmentPreview",
    summary: "Give an uploaded picture a preview, before it is posted",
    text: "The body is a JPEG or WebP picture of at most 640 pixels a side and 102,400 bytes, of the same form as the picture. For the uploader alone; its bytes count like those of every upload. The same again changes nothing.",
    tag: "attachments",
    answers: { 200: Attachment },
    problems: ["validation", "forbidden", "not_found", "conflict", "not_supported"],
    takesFile: true,
  }),
  async (c) => {
    requireFiles(c.env);
    const place = await placeOf(c);
    const attachment = valueIn(await place.conversation.attachment(place.caller, c.req.param("attachment")));
    const bytes = new Uint8Array(await c.req.arrayBuffer());
    const contentType = previewTypeOf(attachment, bytes);
    if (attachment.previewSize === bytes.length) return c.json(attachment);
    return c.json(await keep(c, place, attachment, bytes, { ...attachment, contentType, safeType: contentType }));
  },
);

/** Counts the bytes, keeps them, and lets the conversation know: a crash in between leaves a file that goes with its own. */
async function keep(c: Context<Door>, place: Place, { id }: Attachment, bytes: Uint8Array, facts: Attachment) {
  const { application } = place.caller;
  const now = Date.now();
  const db = directoryOf(c.env, application);
  if (!(await countTraffic(db, application, "uploaded", bytes.length, configOf(c.env).uploadBytesPerDay, now)))
    throw new Problem("limit_exceeded", "The application has uploaded all that a day allows", {
      retryAfterSeconds: secondsToNextDay(now),
    });
  try {
    await putPreview(c.env, { application, conversation: place.row.id, attachment: id }, bytes, facts);
    return valueIn(await place.conversation.addPreview(place.caller, id, bytes.length));
  } catch (error) {
    await giveBackUpload(db, application, bytes.length, now);
    throw error;
  }
}
