import type { AttachmentLink, SafeType, Attachment as WireAttachment } from "../../protocol/attachments.ts";
import { type Http, pathOf } from "./http.ts";
import { openLink } from "./upload.ts";

/** A file of a message, or an upload that waits to be written with one. */
export class Attachment {
  readonly #http: Http;
  #path: string;
  readonly id: string;
  readonly name: string;
  /** What the sender said it is. Never trust it: show a picture only when there is a {@link safeType}. */
  readonly contentType: string;
  /** Bytes. */
  readonly size: number;
  /** Set when the bytes are a picture that browsers may show. */
  readonly safeType: SafeType | undefined;
  /** Of such a picture, in pixels, as it is shown. */
  readonly width: number | undefined;
  readonly height: number | undefined;
  /** Bytes of its small picture, where there is one; `link()` tells its address. */
  readonly previewSize: number | undefined;

  /** @param owner path of the message that shows it, or of the conversation in which it waits */
  constructor(http: Http, owner: string, wire: WireAttachment) {
    this.#http = http;
    this.#path = `${owner}${pathOf("attachments", wire.id)}`;
    this.id = wire.id;
    this.name = wire.name;
    this.contentType = wire.contentType;
    this.size = wire.size;
    this.safeType = wire.safeType;
    this.width = wire.width;
    this.height = wire.height;
    this.previewSize = wire.previewSize;
  }

  /** A message was written with it: from now on its readers are those of the message. */
  shownBy(message: string): void {
    this.#path = pathOf("messages", message, "attachments", this.id);
  }

  /**
   * An address under which the file is to be had for up to five minutes, by whoever has it: for `<img>` and downloads.
   * @throws CollaborationError `not_found`
   * @example image.src = (await attachment.link()).url;
   */
  link(): Promise<AttachmentLink> {
    return this.#http.request("GET", `${this.#path}/link`);
  }

  /**
   * Opens the file. The answer is a stream, and reads as a blob, a buffer or text just as well.
   * @throws CollaborationError `not_found`, `limit_exceeded` when the application has downloaded all that a day allows
   * @example const bytes = await (await attachment.download()).arrayBuffer();
   */
  async download(options: { signal?: AbortSignal } = {}): Promise<Response> {
    return openLink(this.#http, (await this.link()).url, options.signal);
  }
}
