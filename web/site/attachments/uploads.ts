import { limits } from "../../../src/protocol/limits.ts";
import { Watched } from "../../design/watched.ts";
import { type Reason, reasonOf } from "./reasons.ts";
import type { Transport } from "./transport.ts";
import { attached, pasted, type Stated } from "./types.ts";

/** Files of one message. */
export const mostFiles = limits.messageAttachments;

/** A file chosen for the next message. */
export interface Upload {
  key: number;
  name: string;
  contentType: string;
  size: number;
  /** Share of it that has arrived, 0 to 1. */
  progress: number;
  state: "uploading" | "ready" | "failed";
  /** Why it failed. */
  reason?: Reason;
  /** Known once it is stored. */
  attachment?: { id: string };
  /** For a small view of a picture. */
  preview?: string;
}

/** The files that go with the next message of a conversation: they upload while the text is being written. */
export class Uploads extends Watched {
  readonly #transport: Transport;
  readonly #conversation: string;
  readonly #stated = new Map<number, Stated & { stop: AbortController }>();
  #last = 0;
  all: readonly Upload[] = [];
  /** Set when somebody tried to add more than a message carries. */
  isFull = false;

  constructor(transport: Transport, conversation: string) {
    super();
    this.#transport = transport;
    this.#conversation = conversation;
  }

  get isBusy(): boolean {
    return this.all.some(({ state }) => state === "uploading");
  }

  /** Those that can go with a message. */
  get ready(): { id: string; name: string }[] {
    return this.all.flatMap(({ attachment, name }) => (attachment ? { id: attachment.id, name } : []));
  }

  add(files: Iterable<Stated>): void {
    const wanted = [...files];
    const room = mostFiles - this.all.length;
    this.isFull = wanted.length > room;
    for (const stated of wanted.slice(0, room)) this.#begin(stated);
    this.changed();
  }

  drop(files: Iterable<File>): void {
    this.add([...files].map(attached));
  }

  /** Takes files out of the clipboard; text goes into the field as always. */
  paste(event: ClipboardEvent): void {
    const files = [...(event.clipboardData?.files ?? [])];
    if (files.length === 0) return;
    event.preventDefault();
    this.add(files.map(pasted));
  }

  retry(key: number): void {
    const stated = this.#stated.get(key);
    if (!stated) return;
    stated.stop = new AbortController();
    this.#change(key, { state: "uploading", progress: 0 });
    void this.#run(key);
  }

  /** Takes a file away; one that is on its way is stopped. */
  cancel(key: number): void {
    this.#stated.get(key)?.stop.abort();
    this.#forget(key);
    this.changed();
  }

  /** Those that are there have gone with a message; one that failed stays, to be tried again. */
  gone(): void {
    for (const { key, state } of this.all) if (state === "ready") this.#forget(key);
    this.isFull = false;
    this.changed();
  }

  #begin(stated: Stated): void {
    const key = ++this.#last;
    const { file, contentType = "" } = stated;
    const preview = /^image\/(?:png|jpeg|gif|webp|avif)$/.test(contentType) ? URL.createObjectURL(file) : undefined;
    this.#stated.set(key, { ...stated, stop: new AbortController() });
    const { name, size } = file;
    const upload: Upload = { key, name, contentType, size, progress: 0, state: "uploading" };
    this.all = [...this.all, preview ? { ...upload, preview } : upload];
    void this.#run(key);
  }

  async #run(key: number): Promise<void> {
    const stated = this.#stated.get(key);
    if (!stated) return;
    const { file, contentType, stop } = stated;
    try {
      const small = file.type.startsWith("image/") ? await (await import("./preview.ts")).previewOf(file) : undefined;
      stop.signal.throwIfAborted();
      const attachment = await this.#transport.upload(this.#conversation, file, {
        ...(contentType !== undefined && { contentType }),
        preview: small,
        signal: stop.signal,
        onProgress: (sent) => this.#change(key, { progress: file.size > 0 ? sent / file.size : 1 }),
      });
      this.#change(key, { state: "ready", progress: 1, attachment });
    } catch (error) {
      if (stop.signal.aborted) return;
      this.#change(key, { state: "failed", reason: reasonOf(error) });
    }
  }

  #change(key: number, changes: Partial<Upload>): void {
    this.all = this.all.map((upload) => (upload.key === key ? { ...upload, ...changes } : upload));
    this.changed();
  }

  #forget(key: number): void {
    const gone = this.all.find((upload) => upload.key === key);
    if (gone?.preview) URL.revokeObjectURL(gone.preview);
    this.all = this.all.filter((upload) => upload.key !== key);
    this.#stated.delete(key);
  }
}
