import { Collaboration } from "./collaboration.ts";
import type { ConnectOptions } from "./http.ts";
import { type Session, SessionCredentials } from "./session.ts";
import type { TokenProvider } from "./tokens.ts";

export type { Attachment as AttachmentView, AttachmentLink, SafeType } from "../../protocol/attachments.ts";
export type { Conversation as ConversationView, ConversationSummary, Member } from "../../protocol/conversations.ts";
export type { Json } from "../../protocol/json.ts";
export type { LinkPreview } from "../../protocol/links.ts";
export type { Page } from "../../protocol/lists.ts";
export type { Activity, Event, ServerFrame } from "../../protocol/live.ts";
export type { Message as MessageView, MessageDraft } from "../../protocol/messages.ts";
export type { Notification, Reader, Representation } from "../../protocol/notifications.ts";
export type { PushNews, PushSubscription } from "../../protocol/push.ts";
export type { Reacted, Reaction } from "../../protocol/reactions.ts";
export type { Run } from "../../protocol/runs.ts";
export type { User } from "../../protocol/users.ts";
export { closeCodes, standardUsers } from "../../protocol/wire.ts";
export type { AfterSendHandler } from "./after-send.ts";
export { Attachment } from "./attachment.ts";
export { Attachments } from "./attachments.ts";
export type {
  AttachmentsFilter,
  ConversationsFilter,
  FoundMessage,
  MessagesFilter,
  MessagesSearch,
  PostedAttachment,
} from "./calls/conversations.ts";
export type { Paging } from "./calls/paging.ts";
export type { ReactionsFilter } from "./calls/reactions.ts";
export type { UsersFilter } from "./calls/users.ts";
export { Collaboration } from "./collaboration.ts";
export type { DataContract } from "./contract.ts";
export { Conversation, type ConversationFields } from "./conversation.ts";
export { type DataValue, decodeData, encodeData, FormattedData, Picture, UserId, Uuid } from "./data.ts";
export type { Ending } from "./ending.ts";
export { CollaborationError, isCollaborationError } from "./errors.ts";
export type { AttachOptions, MessageHandler, MessageWith, Processing } from "./handlers.ts";
export type { ConnectOptions } from "./http.ts";
export { Inbox, type InboxHandlers } from "./inbox.ts";
export { Message, type MessageFields } from "./message.ts";
export { type Session, sessionOf, signIn, signOut } from "./session.ts";
export { type ConversationHandlers, Subscription } from "./subscription.ts";
export type { TokenProvider } from "./tokens.ts";
export type { FileContent, NewFile, UploadOptions } from "./upload.ts";
export { type InfoBaseUser, NewUser } from "./user.ts";

/**
 * Connects a program to Beseda, in browsers, Node and Workers alike. Nothing is sent before the first call.
 * @param tokenProvider gives a user token made by the application's own server; asked again whenever one runs out
 * @example
 * const beseda = connect(() => fetch("/beseda-token").then((answer) => answer.text()));
 * const subscription = await beseda.subscribe("orders", { event: (event) => console.log(event) });
 */
export const connect = (tokenProvider: TokenProvider, options?: ConnectOptions): Collaboration =>
  new Collaboration(tokenProvider, options);

/**
 * Connects a page of the server itself that is signed in by a session, see {@link signIn}. The page holds no token.
 * @param session as {@link signIn} or {@link sessionOf} gave it: a browser may be signed in to several applications
 * @example const beseda = connectSession(await signIn(code));
 */
export const connectSession = (session: Session, options: ConnectOptions = {}): Collaboration =>
  new Collaboration(new SessionCredentials(session), options);

/**
 * Goes through all pages of a list. Not a snapshot: what changes in a part already read may be missed.
 * @example for await (const user of everyItem((cursor) => beseda.getUsers({ cursor }))) console.log(user.name);
 */
export async function* everyItem<Item>(
  page: (cursor: string | undefined) => Promise<{ items: Item[]; cursor?: string }>,
): AsyncGenerator<Item> {
  let cursor: string | undefined;
  do {
    const { items, cursor: next } = await page(cursor);
    yield* items;
    cursor = next;
  } while (cursor !== undefined);
}
