import type { Attachment as WireAttachment } from "../../protocol/attachments.ts";
import { Attachment } from "./attachment.ts";
import { type Http, pathOf } from "./http.ts";
import { type NewFile, type UploadOptions, upload } from "./upload.ts";

/** A file in its place: arrived, on its way, or failed. */
interface Entry {
  coming: Promise<Attachment>;
  file?: Attachment;
  failure?: { error: unknown };
}

/**
 * The files of a message, at most 20: those it shows, and those that {@link add} brings. Changes take effect when the
 * message is written.
 */
export class Attachments implements Iterable<Attachment> {
  readonly #http: Http;
  readonly #conversation: string;
  #entries: Entry[];
  #isChanged = false;

  /** @param conversation key or id @param message the written one that shows files already */
  constructor(http: Http, conversation: string, message?: { id: string; attachments?: WireAttachment[] | undefined }) {
    this.#http = http;
    this.#conversation = conversation;
    const owner = pathOf("messages", message?.id ?? "");
    this.#entries = (message?.attachments ?? []).map((wire) => arrived(new Attachment(http, owner, wire)));
  }

  /** Files that are there, not counting those on their way. */
  get length(): number {
    return this.#files.length;
  }

  [Symbol.iterator](): Iterator<Attachment> {
    return this.#files[Symbol.iterator]();
  }

  at(index: number): Attachment | undefined {
    return this.#files.at(index);
  }

  /**
   * Attaches a file, a buffer or a stream. It leaves at once, so that progress can be shown; `write` of the message waits for
   * it. An upload that fails makes the next `write` fail too, once: no message goes out with a file missing unnoticed. One
   * that its `signal` breaks off is taken out.
   *
   * In a message meant for people give a file name with the fitting extension and the true MIME type; in a message between
   * programs the true MIME type.
   * @throws CollaborationError `limit_exceeded` (bytes of the file, or of the day), `not_supported`, `not_found`, `forbidden`
   * @example
   * await message.attachments.add({ name: "Invoice 1041.pdf", contentType: "application/pdf", content: pdf });
   * await message.attachments.add(input.files[0], { onProgress: (sent) => { bar.value = sent; } });
   * await message.write();
   */
  add(file: File | NewFile | Attachment, options: UploadOptions = {}): Promise<Attachment> {
    this.#isChanged = true;
    const entry: Entry = file instanceof Attachment ? arrived(file) : { coming: this.#upload(file, options) };
    this.#entries.push(entry);
    const signal = options.signal ?? ("content" in file ? file.signal : undefined);
    entry.coming.then(
      (there) => {
        entry.file = there;
      },
      (error: unknown) => {
        if (signal?.aborted) this.#take(entry);
        else entry.failure = { error };
      },
    );
    return entry.coming;
  }

  /** Takes a file out. */
  remove(attachment: Attachment): void {
    this.#isChanged = true;
    const entry = this.#entries.find(({ file }) => file?.id === attachment.id);
    if (entry) this.#take(entry);
  }

  /**
   * Waits for what is on its way; used by `write` of the message.
   * @returns ids of all files; undefined when nothing was changed
   */
  async ids(): Promise<string[] | undefined> {
    while (this.#entries.some(({ file, failure }) => !file && !failure))
      await Promise.allSettled(this.#entries.map(({ coming }) => coming));
    const failed = this.#entries.find(({ failure }) => failure);
    this.#entries = this.#entries.filter(({ failure }) => !failure);
    if (failed?.failure) throw failed.failure.error;
    return this.#isChanged ? this.#files.map(({ id }) => id) : undefined;
  }

  get #files(): Attachment[] {
    return this.#entries.flatMap(({ file }) => file ?? []);
  }

  #take(entry: Entry): void {
    this.#entries = this.#entries.filter((other) => other !== entry);
  }

  async #upload(file: File | NewFile, options: UploadOptions): Promise<Attachment> {
    const wire = await upload(this.#http, this.#conversation, file, options);
    return new Attachment(this.#http, pathOf("conversations", this.#conversation), wire);
  }
}

const arrived = (file: Attachment): Entry => ({ file, coming: Promise.resolve(file) });
