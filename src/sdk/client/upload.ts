import type { Attachment as WireAttachment } from "../../protocol/attachments.ts";
import { CollaborationError } from "./errors.ts";
import { type Http, pathOf } from "./http.ts";

/** What a file may be made of: a file of the browser, what a program made in memory, or a stream. */
export type FileContent = Blob | ArrayBuffer | ArrayBufferView<ArrayBuffer> | ReadableStream<Uint8Array>;

export interface UploadOptions {
  /**
   * The type of the content, any MIME string. Default: what a browser's file says, otherwise what the extension of the name
   * says, otherwise `application/octet-stream`.
   */
  contentType?: string;
  /** Bytes that have left so far. Outside of browsers only streams tell it on the way, all else when it is there. */
  onProgress?: (sent: number) => void;
  /**
   * A small picture of a picture, for lists of messages: JPEG or WebP of at most 640 pixels a side and 102,400 bytes, of the
   * same form. The file goes without it when the server does not take it.
   */
  preview?: Blob | undefined;
  /** Breaks the upload off. */
  signal?: AbortSignal;
}

/** A file to be attached, with a name that may be any string. */
export interface NewFile extends UploadOptions {
  name: string;
  content: FileContent;
  /** Bytes of the content; needed for a stream outside of browsers, where nothing else tells it. */
  size?: number;
}

/** The part of a browser's `XMLHttpRequest` that an upload needs. Node and Workers have none, nor types for it. */
interface BrowserRequest {
  readonly upload: { onprogress: ((event: { loaded: number }) => void) | null };
  readonly status: number;
  readonly responseText: string;
  onload: (() => void) | null;
  onerror: (() => void) | null;
  onabort: (() => void) | null;
  onloadend: (() => void) | null;
  open(method: string, url: string): void;
  setRequestHeader(name: string, value: string): void;
  send(body: unknown): void;
  abort(): void;
}

/** Browsers cannot all send a stream, and tell how much of a request has left by this way alone. */
const browserRequest = (): (new () => BrowserRequest) | undefined =>
  (globalThis as unknown as { XMLHttpRequest?: new () => BrowserRequest }).XMLHttpRequest;

/** Sends a file to a conversation, where a message of the same caller may show it within a day. */
export async function upload(
  http: Http,
  conversation: string,
  file: File | NewFile,
  options: UploadOptions = {},
): Promise<WireAttachment> {
  const source: NewFile = "content" in file ? { ...file, ...options } : { name: file.name, content: file, ...options };
  const { name, onProgress, signal } = source;
  const inBrowser = browserRequest();
  const isGathered = source.content instanceof ReadableStream && inBrowser;
  const content = isGathered ? await new Response(source.content as ReadableStream).blob() : source.content;
  const isStream = content instanceof ReadableStream;
  const size = isStream ? source.size : undefined;
  if (isStream && size === undefined) throw new TypeError("A stream needs its size in bytes");
  const type = typeOf(source);
  const attachment = await http.request<WireAttachment>("POST", pathOf("conversations", conversation, "attachments"), {
    query: { name, size },
    headers: type === "" ? {} : { "content-type": type },
    signal,
    // A repeat would count twice; a stream cannot even be read twice.
    isRepeatable: false,
    isOnce: isStream,
    file: isStream && onProgress ? content.pipeThrough(counted(onProgress)) : content,
    ...(onProgress && inBrowser && !http.options.fetch && { fetch: telling(onProgress, inBrowser) }),
  });
  onProgress?.(attachment.size);
  return source.preview ? withPreview(http, conversation, attachment, source.preview, signal) : attachment;
}

/** A picture without its preview is a picture all the same. */
async function withPreview(
  http: Http,
  conversation: string,
  attachment: WireAttachment,
  preview: Blob,
  signal: AbortSignal | undefined,
): Promise<WireAttachment> {
  const path = pathOf("conversations", conversation, "attachments", attachment.id, "preview");
  try {
    return await http.request<WireAttachment>("PUT", path, { file: preview, signal });
  } catch {
    signal?.throwIfAborted();
    http.signal.throwIfAborted();
    return attachment;
  }
}

/** What is stated, or else what a browser's file knows; empty = nothing. */
function typeOf({ contentType, content }: NewFile): string {
  const type = contentType || (content instanceof Blob ? content.type : "");
  if (/^[ -~]*$/.test(type)) return type;
  throw new CollaborationError({
    code: "validation",
    status: 400,
    detail: "contentType must be a MIME type such as image/png",
    field: "contentType",
    nextStep: "State a MIME type, in ASCII, or none.",
  });
}

function counted(onProgress: (sent: number) => void): TransformStream<Uint8Array, Uint8Array> {
  let sent = 0;
  return new TransformStream({
    transform(chunk, controller) {
      controller.enqueue(chunk);
      sent += chunk.byteLength;
      onProgress(sent);
    },
  });
}

/** `fetch` by the older way, the only one by which a browser tells how much has left. */
const telling =
  (onProgress: (sent: number) => void, Request: new () => BrowserRequest): typeof fetch =>
  (url, init = {}) =>
    new Promise((resolve, reject) => {
      const request = new Request();
      const { signal } = init;
      const stop = () => request.abort();
      request.open(init.method ?? "GET", String(url));
      for (const [name, value] of new Headers(init.headers)) request.setRequestHeader(name, value);
      request.upload.onprogress = ({ loaded }) => onProgress(loaded);
      request.onload = () => resolve(new Response(request.responseText, { status: request.status }));
      request.onerror = () => reject(new TypeError("The upload failed"));
      request.onabort = () => reject(signal?.reason as Error);
      request.onloadend = () => signal?.removeEventListener("abort", stop);
      signal?.addEventListener("abort", stop);
      if (signal?.aborted) return reject(signal.reason as Error);
      request.send(init.body);
    });

/** Fetches what a link leads to. @throws CollaborationError as the server refused it */
export async function openLink(http: Http, url: string, signal: AbortSignal | undefined): Promise<Response> {
  const ends = signal ? AbortSignal.any([signal, http.signal]) : http.signal;
  const answer = await (http.options.fetch ?? fetch)(url, { signal: ends }).catch((error: unknown) => {
    ends.throwIfAborted();
    throw new CollaborationError({ code: "network", detail: "The server cannot be reached" }, error);
  });
  if (answer.ok) return answer;
  const problem = (await answer.json().catch(() => undefined)) as { code?: string } | undefined;
  throw new CollaborationError(
    (problem?.code ? problem : { code: "internal", detail: `The server answered ${answer.status}` }) as never,
  );
}
