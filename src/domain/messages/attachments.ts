import type { Caller } from "../../protocol/actors.ts";
import type { Attachment } from "../../protocol/attachments.ts";
import { limits } from "../../protocol/limits.ts";
import type { Message } from "../../protocol/messages.ts";
import { Problem } from "../../protocol/problems.ts";
import {
  addDue,
  addUpload,
  changeUpload,
  countUploads,
  forgetFiles,
  uploadOf,
} from "../../storage/conversation/files.ts";
import { messageAt } from "../../storage/conversation/messages.ts";
import type { ConversationStore } from "../../storage/conversation/store.ts";
import { enter, requireWritable } from "../conversations/access.ts";

/** Uploads belong to who made them; an application without a user is one uploader. */
const uploaderOf = (caller: Caller): string => (caller.kind === "user" ? caller.user : "application");

const unknown = () => new Problem("not_found", "There is no such attachment for this caller");

/**
 * May the caller bring a file here, as things are now?
 * @throws Problem `not_found`, `forbidden`, `limit_exceeded`
 */
export function requireMayAttach(store: ConversationStore, caller: Caller, now: number): void {
  requireWritable(enter(store, caller, now), caller);
  if (countUploads(store.sql, uploaderOf(caller)) < limits.uploadsWaiting) return;
  throw new Problem("limit_exceeded", `At most ${limits.uploadsWaiting} uploads wait to be posted`, {
    nextStep: `Post some of them; what waits is removed after ${limits.uploadHours} hours.`,
  });
}

/** A file is about to come: from here on it is known, and removed if nobody posts it. */
export function expectUpload(store: ConversationStore, caller: Caller, attachment: Attachment, now: number): void {
  requireMayAttach(store, caller, now);
  const due = now + limits.uploadHours * 3_600_000;
  addUpload(store.sql, uploaderOf(caller), attachment, due);
  removeBy(store, due);
}

/** An upload that waits, for its uploader alone. @throws Problem `not_found` */
export function waitingUpload(store: ConversationStore, caller: Caller, id: string, now: number): Attachment {
  enter(store, caller, now);
  const upload = uploadOf(store.sql, uploaderOf(caller), id, now);
  if (!upload) throw unknown();
  return upload;
}

/**
 * An upload that waits has a preview from now on. The same again changes nothing.
 * @throws Problem `not_found`, `conflict` when it has another one
 */
export function addPreview(
  store: ConversationStore,
  caller: Caller,
  id: string,
  size: number,
  now: number,
): Attachment {
  const attachment = waitingUpload(store, caller, id, now);
  if (attachment.previewSize === size) return attachment;
  if (attachment.previewSize !== undefined) throw new Problem("conflict", "This file has a preview already");
  const next = { ...attachment, previewSize: size };
  changeUpload(store.sql, next);
  return next;
}

/** An attachment of a message, for everybody who can read the message (ATT-3). @throws Problem `not_found` */
export function attachmentOf(store: ConversationStore, caller: Caller, n: number, id: string, now: number): Attachment {
  enter(store, caller, now);
  const row = messageAt(store.sql, n);
  const { attachments = [] } = row ? (JSON.parse(row.body) as Message) : {};
  const found = attachments.find((attachment) => attachment.id === id);
  if (!found) throw unknown();
  return found;
}

/**
 * What the ids of a draft stand for: the caller's own uploads, and what the message shows already. Nothing is written.
 * @throws Problem `validation`, naming the first id that stands for nothing
 */
export function attachmentsNamed(
  store: ConversationStore,
  caller: Caller,
  ids: readonly string[],
  shown: readonly Attachment[],
  now: number,
): Attachment[] {
  return ids.map((id, index) => {
    const found = shown.find((attachment) => attachment.id === id) ?? uploadOf(store.sql, uploaderOf(caller), id, now);
    if (found) return found;
    throw new Problem("validation", "There is no such upload of this caller in this conversation", {
      field: `attachments.${index}`,
      nextStep: "Upload the file to the conversation of the message; an upload can be posted once, within a day.",
    });
  });
}

/** The message shows these now: they wait no more. */
export const showUploads = (store: ConversationStore, attachments: readonly Attachment[]): void =>
  forgetFiles(
    store.sql,
    attachments.map(({ id }) => id),
  );

/** No message shows these any more: their files are removed, whatever happens in between. */
export function removeFiles(store: ConversationStore, attachments: readonly Attachment[], now: number): void {
  for (const { id } of attachments) addDue(store.sql, id, now);
  if (attachments.length > 0) removeBy(store, now);
}

function removeBy(store: ConversationStore, due: number): void {
  const earliest = store.facts?.filesDue ?? null;
  if (earliest === null || due < earliest) store.setFilesDue(due);
}
