import { Problem } from "../protocol/problems.ts";

/** Where a file lies. */
export interface FilePlace {
  application: string;
  conversation: string;
  attachment: string;
  /** The small picture beside it. */
  isPreview?: boolean;
}

/** What is kept with a file, so that a link alone is enough to serve it. */
export interface FileFacts {
  name: string;
  contentType: string;
  safeType?: string | undefined;
}

/** A file on its way in: its beginning has been read, the rest has not. */
export interface Incoming {
  head: Uint8Array;
  rest: ReadableStream<Uint8Array> | undefined;
}

type Bucket = Pick<Env, "ATTACHMENTS">;

/** The tenant comes first: all that belongs to one is found, and erased, by a prefix. */
const keyOf = ({ application, conversation, attachment, isPreview = false }: FilePlace): string =>
  `${application}/${conversation}/${attachment}${isPreview ? "-preview" : ""}`;

/** The types promise the binding; an operator's own configuration may lack it (ATT-1). */
export const keepsFiles = (env: Bucket): boolean => (env.ATTACHMENTS as unknown) !== undefined;

/** @throws Problem `not_supported` */
export function requireFiles(env: Bucket): void {
  if (keepsFiles(env)) return;
  throw new Problem("not_supported", "This server keeps no files", {
    nextStep: "The operator adds the bucket ATTACHMENTS, see the document on running.",
  });
}

/** Reads the beginning of a file, at least `bytes` of it unless it is shorter. */
export async function begin(body: ReadableStream<Uint8Array> | null, bytes: number): Promise<Incoming> {
  const chunks: Uint8Array[] = [];
  let length = 0;
  const reader = body?.getReader();
  while (reader && length < bytes) {
    const { done, value } = await reader.read();
    if (done) return { head: joined(chunks, length), rest: undefined };
    chunks.push(value);
    length += value.length;
  }
  reader?.releaseLock();
  return { head: joined(chunks, length), rest: body ?? undefined };
}

function joined(chunks: readonly Uint8Array[], length: number): Uint8Array {
  const whole = new Uint8Array(length);
  let at = 0;
  for (const chunk of chunks) {
    whole.set(chunk, at);
    at += chunk.length;
  }
  return whole;
}

/**
 * Keeps a file of exactly `size` bytes, as it comes in; nothing but its beginning is ever in memory.
 * @throws Problem `validation` when it has another length
 */
export async function putFile(env: Bucket, place: FilePlace, { head, rest }: Incoming, size: number, facts: FileFacts) {
  const { name, contentType, safeType } = facts;
  const options = {
    httpMetadata: { contentType },
    customMetadata: { name: encodeURIComponent(name), ...(safeType !== undefined && { safeType }) },
  };
  if (head.length > size || (!rest && head.length < size)) throw otherLength(size);
  if (!rest) {
    await env.ATTACHMENTS.put(keyOf(place), head, options);
    return;
  }
  const { readable, writable } = new FixedLengthStream(size);
  let broken: unknown;
  const sending = feed(writable, head, rest).catch((error: unknown) => {
    broken = error;
  });
  try {
    await env.ATTACHMENTS.put(keyOf(place), readable, options);
    await sending;
  } catch (error) {
    // A storage that fails leaves the feeding where it is; it ends with the request.
    broken ??= error;
  }
  if (broken) throw /FixedLengthStream/.test(String(broken)) ? otherLength(size) : broken;
}

async function feed(writable: WritableStream, head: Uint8Array, rest: ReadableStream<Uint8Array>): Promise<void> {
  const writer = writable.getWriter();
  await writer.write(head);
  writer.releaseLock();
  await rest.pipeTo(writable);
}

const otherLength = (size: number) =>
  new Problem("validation", `The file has not the ${size} bytes that were announced`, { field: "size" });

/** A file, or a part of it; null when it is not there. */
export async function openFile(
  env: Bucket,
  place: FilePlace,
  range?: { offset: number; length: number },
): Promise<{ facts: FileFacts; body: ReadableStream } | null> {
  const object = await env.ATTACHMENTS.get(keyOf(place), range ? { range } : {});
  return object && { facts: factsOf(object), body: object.body };
}

/** What is known of a file without opening it. */
export async function factsOfFile(env: Bucket, place: FilePlace): Promise<FileFacts | null> {
  const object = await env.ATTACHMENTS.head(keyOf(place));
  return object && factsOf(object);
}

const factsOf = ({ httpMetadata, customMetadata }: R2Object): FileFacts => ({
  name: decodeURIComponent(customMetadata?.name ?? ""),
  contentType: httpMetadata?.contentType ?? "",
  safeType: customMetadata?.safeType,
});

/** Deletes files with their previews; what is not there is no error. At most 500 at once. */
export const deleteFiles = (env: Bucket, places: readonly FilePlace[]): Promise<void> =>
  env.ATTACHMENTS.delete(places.flatMap((place) => [keyOf(place), keyOf({ ...place, isPreview: true })]));

/** Keeps the preview of a file. */
export async function putPreview(env: Bucket, place: FilePlace, bytes: Uint8Array, facts: FileFacts): Promise<void> {
  await putFile(env, { ...place, isPreview: true }, { head: bytes, rest: undefined }, bytes.length, facts);
}

/** Erases at most `count` files of an application. @returns whether there were any */
export async function eraseFiles(env: Bucket, application: string, count: number): Promise<boolean> {
  if (!keepsFiles(env)) return false;
  const { objects } = await env.ATTACHMENTS.list({ prefix: `${application}/`, limit: count });
  if (objects.length > 0) await env.ATTACHMENTS.delete(objects.map(({ key }) => key));
  return objects.length > 0;
}
