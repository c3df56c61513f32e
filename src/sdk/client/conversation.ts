import type { ConversationDraft, Member, Conversation as WireConversation } from "../../protocol/conversations.ts";
import type { Page } from "../../protocol/lists.ts";
import { Attachment } from "./attachment.ts";
import { type Http, pathOf } from "./http.ts";
import { type NewFile, type UploadOptions, upload } from "./upload.ts";

/** What may be set on a new conversation. */
export interface ConversationFields {
  /** Unique in the application; finds the conversation everywhere an id does. At most 255 characters. */
  key?: string;
  /** At most 255 characters; a one-to-one conversation has none. */
  title?: string;
  /** false = one-to-one: the creator and one partner. */
  group?: boolean;
  /** false = reachable by code only. */
  displayed?: boolean;
  /** true = changed by application code only; needs DataAdministration or privileged mode. */
  viewOnly?: boolean;
  /** Navigation URL of the object that the conversation is about. */
  conversationContext?: string;
  /** Ids or application UUIDs of users, or `standardUsers.allApplicationUsers`; at most 3,000. */
  members?: string[];
}

/**
 * A conversation. A new one exists only here until {@link write}; of a written one the title can be changed and written.
 * @example
 * const conversation = beseda.createConversation();
 * conversation.title = "Stock";
 * conversation.members = [boris, vera];
 * await conversation.write();
 */
export class Conversation {
  private readonly http: Http;
  private readonly clientId = crypto.randomUUID();
  private written: WireConversation | undefined;
  title: string;
  readonly #new: ConversationFields;

  constructor(http: Http, source: ConversationFields | WireConversation) {
    this.http = http;
    this.written = "id" in source ? source : undefined;
    this.#new = "id" in source ? {} : { ...source };
    this.title = source.title ?? "";
  }

  /** Absent until the first {@link write}. */
  get id(): string | undefined {
    return this.written?.id;
  }
  get isNew(): boolean {
    return this.written === undefined;
  }
  get key(): string | undefined {
    return this.#field("key");
  }
  set key(key: string | undefined) {
    this.#set("key", key);
  }
  get group(): boolean {
    return this.#field("group") ?? true;
  }
  set group(group: boolean) {
    this.#set("group", group);
  }
  get displayed(): boolean {
    return this.#field("displayed") ?? true;
  }
  set displayed(displayed: boolean) {
    this.#set("displayed", displayed);
  }
  get viewOnly(): boolean {
    return this.#field("viewOnly") ?? false;
  }
  set viewOnly(viewOnly: boolean) {
    this.#set("viewOnly", viewOnly);
  }
  get conversationContext(): string | undefined {
    return this.#field("conversationContext");
  }
  set conversationContext(context: string | undefined) {
    this.#set("conversationContext", context);
  }
  /** The first hundred; {@link listMembers} has them all. */
  get members(): string[] {
    return this.#field("members") ?? [];
  }
  set members(members: string[]) {
    this.#set("members", members);
  }
  get memberCount(): number {
    return this.written?.memberCount ?? this.members.length;
  }
  get creator(): string | undefined {
    return this.written?.creator;
  }
  get created(): Date | undefined {
    return this.written && new Date(this.written.created);
  }

  /**
   * Creates the conversation, or writes the changed title. A repeat after a lost answer creates nothing twice.
   * @throws CollaborationError `validation`, `conflict` (key or context taken), `not_found` (a member), `user_blocked`, `forbidden`
   * @example await beseda.createConversation({ title: "Stock", members: [boris, vera] }).write();
   */
  async write(): Promise<this> {
    if (this.written) {
      this.written = await this.http.request("PATCH", pathOf("conversations", this.written.id), {
        body: { title: this.title },
      });
    } else {
      const body: Partial<ConversationDraft> = { ...this.#new, clientId: this.clientId };
      if (this.title !== "") body.title = this.title;
      this.written = await this.http.request("POST", "/conversations", { body, isRepeatable: true });
    }
    this.title = this.written?.title ?? this.title;
    return this;
  }

  /**
   * Uploads a file, to be shown by a message of the same user within a day.
   * @throws CollaborationError `limit_exceeded` (bytes of the file, or of the day), `not_supported`, `not_found`, `forbidden`
   * @example const { id } = await conversation.upload({ name: "Invoice 1041.pdf", content: pdf });
   */
  async upload(file: File | NewFile, options?: UploadOptions): Promise<Attachment> {
    return new Attachment(this.http, this.#path, await upload(this.http, this.id ?? "", file, options));
  }

  /**
   * One page of the members, by id: 200 unless `count` (1 to 250) says otherwise.
   * @throws CollaborationError `not_found`
   * @example const { items } = await conversation.listMembers({ count: 250 });
   */
  listMembers(query: { count?: number; cursor?: string } = {}): Promise<Page<Member>> {
    return this.http.request("GET", `${this.#path}/members`, { query });
  }

  /**
   * Adds users, by id or application UUID; those who are members already stay.
   * @throws CollaborationError `not_supported` in one-to-one and context conversations, `limit_exceeded` above 3,000
   * @example await conversation.addMembers([vera]);
   */
  async addMembers(users: string[]): Promise<void> {
    await this.http.request("POST", `${this.#path}/members`, { body: { users }, isRepeatable: true });
  }

  /**
   * Removes a user. The creator, a subscriber administrator and application code may.
   * @throws CollaborationError `forbidden`, `not_found` for somebody who is no member
   * @example await conversation.removeMember(vera);
   */
  async removeMember(user: string): Promise<void> {
    await this.http.request("DELETE", `${this.#path}${pathOf("members", user)}`);
  }

  /**
   * Takes the current user out.
   * @throws CollaborationError `not_supported` in one-to-one and context conversations
   * @example await conversation.leave();
   */
  leave(): Promise<void> {
    return this.removeMember("me");
  }

  get #path(): string {
    if (!this.written) throw new TypeError("The conversation is not written yet");
    return pathOf("conversations", this.written.id);
  }

  #field<Name extends keyof ConversationFields>(name: Name): ConversationFields[Name] {
    return this.written ? (this.written[name as keyof WireConversation] as ConversationFields[Name]) : this.#new[name];
  }

  #set<Name extends keyof ConversationFields>(name: Name, value: ConversationFields[Name]): void {
    if (this.written) throw new TypeError(`${name} is fixed once the conversation is written`);
    if (value === undefined) delete this.#new[name];
    else this.#new[name] = value;
  }
}
