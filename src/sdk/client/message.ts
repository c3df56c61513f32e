import type { Message as WireMessage } from "../../protocol/messages.ts";
import type { Reaction } from "../../protocol/reactions.ts";
import type { Run } from "../../protocol/runs.ts";
import { Attachments } from "./attachments.ts";
import { type DataValue, decodeData, encodeData } from "./data.ts";
import { CollaborationError } from "./errors.ts";
import { type Http, pathOf } from "./http.ts";

/** What may be set on a message. */
export interface MessageFields {
  /** At most 4,000 characters; with `textFormat` `text/html`, HTML whose text is that long. */
  text?: string;
  /** `text/html` from application code only. */
  textFormat?: "text/plain" | "text/html";
  /** Any value of {@link DataValue}, at most 100 KB as JSON. Never shown to people. */
  data?: DataValue;
  /** Ids of uploads to the conversation, see `upload`; {@link Message.attachments} brings files by itself. */
  attachments?: string[];
  /** Users to notify, in context conversations. */
  recipients?: string[];
  /** Number `n` of the message it answers, of the same conversation. Fixed once written. */
  replyTo?: number;
  /** Privileged mode only. */
  author?: string;
  date?: Date;
  /** Name of this one message, when a program keeps unsent ones: a repeat under it, even after a restart, posts nothing twice. */
  clientId?: string;
}

/**
 * A message. A new one exists only here until {@link write}; a written one can be changed and written again.
 * @example
 * const message = beseda.createMessage("ПерезапускКлиентов");
 * message.data = [new UserId(boris)];
 * await message.write();
 */
export class Message {
  private readonly http: Http;
  private readonly clientId: string;
  private wire: WireMessage | undefined;
  private changes: MessageFields = {};
  private files: Attachments | undefined;
  private decoded: DataValue | undefined;
  /** Key or id of the conversation it goes to. */
  readonly conversation: string;

  /** @param data what the data of a message that came means, when that is known already */
  constructor(http: Http, conversation: string, source: MessageFields | WireMessage = {}, data?: DataValue) {
    this.http = http;
    this.conversation = conversation;
    this.decoded = data;
    const { clientId = crypto.randomUUID(), ...fields } = source as MessageFields;
    this.clientId = clientId;
    if ("id" in source) this.wire = source as WireMessage;
    else this.changes = fields;
  }

  /** Absent until the first {@link write}. */
  get id(): string | undefined {
    return this.wire?.id;
  }
  get conversationId(): string | undefined {
    return this.wire?.conversationId;
  }
  /** The whole message as the server last showed it; absent until the first {@link write}. */
  get view(): WireMessage | undefined {
    return this.wire;
  }
  /** Number of its event, and ordinal among the messages; 0 until written. */
  get n(): number {
    return this.wire?.n ?? 0;
  }
  get m(): number {
    return this.wire?.m ?? 0;
  }
  get text(): string {
    return this.changes.text ?? this.wire?.text ?? "";
  }
  set text(text: string) {
    this.changes.text = text;
  }
  set textFormat(format: "text/plain" | "text/html") {
    this.changes.textFormat = format;
  }
  /** The formatted text, when there is one. */
  get runs(): Run[] | undefined {
    return this.wire?.runs;
  }
  get data(): DataValue | undefined {
    if ("data" in this.changes) return this.changes.data;
    if (this.wire?.data !== undefined) this.decoded ??= decodeData(this.wire.data);
    return this.decoded;
  }
  set data(data: DataValue) {
    this.changes.data = data;
  }
  /** The files it shows; new ones are added here. */
  get attachments(): Attachments {
    this.files ??= new Attachments(this.http, this.conversationId ?? this.conversation, this.wire);
    return this.files;
  }
  get recipients(): string[] {
    return this.changes.recipients ?? this.wire?.recipients ?? [];
  }
  set recipients(recipients: string[]) {
    this.changes.recipients = recipients;
  }
  /** Number `n` of the message it answers. */
  get replyTo(): number | undefined {
    return this.changes.replyTo ?? this.wire?.replyTo;
  }
  set replyTo(n: number) {
    if (this.wire) throw new TypeError("replyTo is fixed once the message is written");
    this.changes.replyTo = n;
  }
  /** What readers left at it, kind by kind, with counts and who came first. */
  get reactions(): Reaction[] {
    return this.wire?.reactions ?? [];
  }
  get author(): string | undefined {
    return this.changes.author ?? this.wire?.author;
  }
  set author(author: string) {
    this.changes.author = author;
  }
  get date(): Date | undefined {
    return this.changes.date ?? (this.wire && new Date(this.wire.date));
  }
  set date(date: Date) {
    this.changes.date = date;
  }
  get isEdited(): boolean {
    return this.wire?.edited !== undefined;
  }
  get isDeleted(): boolean {
    return this.wire?.deleted !== undefined;
  }

  /**
   * Posts the message, or writes its changes. A repeat after a lost answer posts nothing twice, and neither does calling
   * it again on the same object after an error.
   * @throws CollaborationError `validation` (neither text nor data nor attachments), `limit_exceeded`, `not_found`, `forbidden`, `user_blocked`
   * @example
   * message.text = "Corrected";
   * await message.write();
   */
  async write(options: { signal?: AbortSignal } = {}): Promise<this> {
    if (!this.conversation)
      throw new CollaborationError({
        code: "validation",
        detail: "A message names its conversation, by key or id",
        field: "conversation",
        nextStep: "Name the conversation when creating the message.",
      });
    const { data, date, ...rest } = this.changes;
    const files = await this.files?.ids();
    const body = {
      ...rest,
      ...(files && { attachments: [...(rest.attachments ?? []), ...files] }),
      ...(data !== undefined && { data: encodeData(data) }),
      ...(date && { date: date.toISOString() }),
    };
    this.wire = this.wire
      ? await this.http.request("PATCH", pathOf("messages", this.wire.id), { body, ...options })
      : await this.http.request("POST", pathOf("conversations", this.conversation, "messages"), {
          body: { ...body, clientId: this.clientId },
          isRepeatable: true,
          ...options,
        });
    for (const file of this.files ?? []) file.shownBy(this.id ?? "");
    this.changes = {};
    this.files = this.decoded = undefined;
    return this;
  }

  /**
   * Deletes it; its place stays, marked. Others' messages need privileged mode.
   * @throws CollaborationError `forbidden`, `not_found`
   * @example await message.delete();
   */
  async delete(): Promise<this> {
    if (!this.wire) throw new TypeError("The message is not written yet");
    this.wire = await this.http.request("DELETE", pathOf("messages", this.wire.id));
    this.files = this.decoded = undefined;
    return this;
  }
}
