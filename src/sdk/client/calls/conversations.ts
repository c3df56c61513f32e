import type { AttachmentLink, PostedAttachment as WirePosted } from "../../../protocol/attachments.ts";
import type { ConversationSummary, Conversation as WireConversation } from "../../../protocol/conversations.ts";
import type { LinkPreview, LinkPreviewAnswer } from "../../../protocol/links.ts";
import type { Page } from "../../../protocol/lists.ts";
import type { Message as WireMessage } from "../../../protocol/messages.ts";
import type { FoundMessage as WireFoundMessage } from "../../../protocol/search.ts";
import { Attachment } from "../attachment.ts";
import { Conversation, type ConversationFields } from "../conversation.ts";
import { isCollaborationError } from "../errors.ts";
import { pathOf } from "../http.ts";
import { Message, type MessageFields } from "../message.ts";
import { type NewFile, type UploadOptions, upload } from "../upload.ts";
import type { Paging } from "./paging.ts";
import { UserCalls } from "./users.ts";

export interface ConversationsFilter extends Paging {
  /** Conversations whose last message is of this moment or before it, or after it when sorted upwards. */
  startDate?: Date;
  key?: string;
  conversationContext?: string;
  contextConversation?: boolean;
  currentUserIsMember?: boolean;
  group?: boolean;
  displayed?: boolean;
}

export interface MessagesFilter extends Paging {
  /** Key or id. */
  conversation: string;
  /** Id of the last message of the page before. */
  after?: string;
  startDate?: Date;
  text?: string;
  author?: string;
  withoutDeleted?: boolean;
}

export interface AttachmentsFilter extends Omit<Paging, "sortDirection"> {
  /** Key or id. */
  conversation: string;
}

/** A file of a conversation, with the id and number of the message that shows it. */
export interface PostedAttachment {
  attachment: Attachment;
  message: string;
  n: number;
  /** Id of the user who wrote the message, and when. */
  author: string;
  date: Date;
}

export interface MessagesSearch extends Omit<Paging, "sortDirection"> {
  /** Words in any form, the last one perhaps unfinished; an exact phrase in quotes. */
  text: string;
  /** Only conversations that lists show, or only the others. */
  displayed?: boolean;
}

/** A message that fits a search: where it stands, and which of its words were looked for. */
export interface FoundMessage extends Omit<WireFoundMessage, "message"> {
  message: Message;
}

const moment = ({ startDate, ...rest }: { startDate?: Date }) => ({ ...rest, startDate: startDate?.toISOString() });

/** The layer of `Collaboration` about conversations and messages. */
export abstract class ConversationCalls extends UserCalls {
  /**
   * A conversation to be configured and written.
   * @example await beseda.createConversation({ title: "Stock", members: [boris] }).write();
   */
  createConversation(fields: ConversationFields = {}): Conversation {
    return new Conversation(this.http, fields);
  }

  /**
   * A conversation by its key or id.
   * @throws CollaborationError `not_found`
   * @example const conversation = await beseda.getConversation("КомандныйКанал");
   */
  async getConversation(keyOrId: string): Promise<Conversation> {
    const wire = await this.http.request<WireConversation>("GET", pathOf("conversations", keyOrId));
    return new Conversation(this.http, wire);
  }

  /**
   * One page of conversations, those with the newest message first unless `sortDirection` is `Asc`.
   * @throws CollaborationError `forbidden` for conversations of others without rights
   * @example const { items, cursor } = await beseda.getConversations({ count: 50 });
   */
  getConversations(filter: ConversationsFilter = {}): Promise<Page<ConversationSummary>> {
    return this.http.request("GET", "/conversations", { query: moment(filter) });
  }

  /**
   * The conversation of an object, or undefined when there is none that the user may see.
   * @example const about = await beseda.getContextConversation("/orders/42");
   */
  async getContextConversation(conversationContext: string): Promise<ConversationSummary | undefined> {
    try {
      return (await this.getConversations({ conversationContext })).items[0];
    } catch (error) {
      if (isCollaborationError(error, "forbidden")) return undefined;
      throw error;
    }
  }

  /**
   * A message to be filled and written.
   * @param conversation key or id
   * @example await beseda.createMessage("КомандныйКанал", { data: { Команда: "Перезапуск" } }).write();
   */
  createMessage(conversation: string, fields: MessageFields = {}): Message {
    return new Message(this.http, conversation, fields);
  }

  /**
   * Uploads a file to a conversation. A message of the same user shows it when it names its id within a day: made by
   * `createMessage` with `attachments`, or by a subscription's `send`.
   * @param conversation key or id
   * @throws CollaborationError `limit_exceeded` (bytes of the file, or of the day), `not_supported`, `not_found`, `forbidden`
   * @example
   * const { id } = await beseda.upload("склад", input.files[0], { onProgress: (sent) => { bar.value = sent; } });
   * await beseda.sendInteractiveMessage("склад", { text: "The invoice", attachments: [id] });
   */
  async upload(conversation: string, file: File | NewFile, options?: UploadOptions): Promise<Attachment> {
    const wire = await upload(this.http, conversation, file, options);
    return new Attachment(this.http, pathOf("conversations", conversation), wire);
  }

  /**
   * An address under which a file of a message is to be had for up to five minutes, by whoever has it.
   * @throws CollaborationError `not_found`
   * @example image.src = (await beseda.attachmentLink(message.id, message.attachments[0].id)).url;
   */
  attachmentLink(message: string, attachment: string): Promise<AttachmentLink> {
    return this.http.request("GET", pathOf("messages", message, "attachments", attachment, "link"));
  }

  /**
   * One page of the files that messages of a conversation show, the newest first: 200 unless `count` (1 to 250) says
   * otherwise.
   * @throws CollaborationError `not_found`
   * @example const { items } = await beseda.getAttachments({ conversation: "склад", count: 50 });
   */
  async getAttachments({ conversation, ...page }: AttachmentsFilter): Promise<Page<PostedAttachment>> {
    const path = pathOf("conversations", conversation, "attachments");
    const { items, ...rest } = await this.http.request<Page<WirePosted>>("GET", path, { query: page });
    return {
      ...rest,
      items: items.map(({ attachment, message, date, ...by }) => ({
        ...by,
        message,
        date: new Date(date),
        attachment: new Attachment(this.http, pathOf("messages", message), attachment),
      })),
    };
  }

  /**
   * What the page behind a link says of itself; undefined when there is nothing to show. The server asks the page, so that
   * its owner learns nothing of who reads. The text is the page's own: show it as text, beside its `host`.
   * @param url as it stands in a message, `https://` or `http://`
   * @throws CollaborationError `not_supported` when the operator has switched previews off, `limit_exceeded`
   * @example const preview = await beseda.getLinkPreview("https://example.com/");
   */
  async getLinkPreview(url: string): Promise<LinkPreview | undefined> {
    const { preview } = await this.http.request<LinkPreviewAnswer>("GET", "/link-previews", { query: { url } });
    return preview ?? undefined;
  }

  /**
   * A message by id.
   * @throws CollaborationError `not_found`
   * @example const message = await beseda.getMessage(id);
   */
  async getMessage(id: string): Promise<Message> {
    const wire = await this.http.request<WireMessage>("GET", pathOf("messages", id));
    return new Message(this.http, wire.conversationId, wire);
  }

  /**
   * One page of messages, newest first unless `sortDirection` is `Asc`.
   * @throws CollaborationError `not_found`
   * @example const { items } = await beseda.getMessages({ conversation: "склад", count: 50 });
   */
  async getMessages({ conversation, ...filter }: MessagesFilter): Promise<Page<Message>> {
    const path = pathOf("conversations", conversation, "messages");
    const page = await this.http.request<Page<WireMessage>>("GET", path, { query: moment(filter) });
    return { ...page, items: page.items.map((wire) => new Message(this.http, wire.conversationId, wire)) };
  }

  /**
   * Searches the messages of all the user's conversations, those with the newest message first. A page may be short, or
   * empty, while its `cursor` says that there is more to look at.
   * @throws CollaborationError `validation` (no word in it, or too many), `limit_exceeded` (too often)
   * @example const { items, cursor } = await beseda.searchMessages({ text: "накладная 1041" });
   */
  async searchMessages(search: MessagesSearch, options: { signal?: AbortSignal } = {}): Promise<Page<FoundMessage>> {
    const page = await this.http.request<Page<WireFoundMessage>>("GET", "/messages", {
      query: { ...search },
      ...options,
    });
    const found = ({ message, ...rest }: WireFoundMessage): FoundMessage => ({
      ...rest,
      message: new Message(this.http, message.conversationId, message),
    });
    return { ...page, items: page.items.map(found) };
  }

  /**
   * Changes the text of a message that was written, without reading it first. Others' messages need privileged mode.
   * @throws CollaborationError `forbidden`, `not_found`, `validation`, `limit_exceeded`
   * @example await beseda.updateMessage(message.id, { text: "Corrected" });
   */
  async updateMessage(id: string, changes: Pick<MessageFields, "text" | "textFormat">): Promise<Message> {
    const wire = await this.http.request<WireMessage>("PATCH", pathOf("messages", id), { body: changes });
    return new Message(this.http, wire.conversationId, wire);
  }

  /**
   * Deletes a message; its place stays, marked. Others' messages need privileged mode.
   * @throws CollaborationError `forbidden`, `not_found`
   * @example await beseda.deleteMessage(message.id);
   */
  async deleteMessage(id: string): Promise<void> {
    await this.http.request("DELETE", pathOf("messages", id));
  }
}
