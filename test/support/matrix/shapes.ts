import * as v from "valibot";
import { Attachment, AttachmentLink, PostedAttachment } from "../../../src/protocol/attachments.ts";
import { Conversation, ConversationSummary, Member } from "../../../src/protocol/conversations.ts";
import { Id } from "../../../src/protocol/ids.ts";
import { LinkPreviewAnswer } from "../../../src/protocol/links.ts";
import { pageOf } from "../../../src/protocol/lists.ts";
import { Message } from "../../../src/protocol/messages.ts";
import {
  DoNotDisturb,
  Notification,
  NotificationRepresentation,
  Reader,
  ReadMarker,
  WatchMode,
} from "../../../src/protocol/notifications.ts";
import { Reacted } from "../../../src/protocol/reactions.ts";
import {
  AdministrationKey,
  Application,
  ContextAccess,
  KeyAnswer,
  KeySet,
  RegistrationResult,
  RegistrationState,
  Subscriber,
} from "../../../src/protocol/registration.ts";
import { FoundMessage } from "../../../src/protocol/search.ts";
import { ServerInformation } from "../../../src/protocol/server.ts";
import { SessionCode, Ticket } from "../../../src/protocol/sessions.ts";
import { User, UserBatchResult, UserIdAnswer } from "../../../src/protocol/users.ts";

/** The shape of every successful answer; what is not named here has no body. */
export const answers: Record<string, v.GenericSchema> = {
  getServer: ServerInformation,
  createSessionCode: SessionCode,
  createTicket: Ticket,
  activateRegistration: RegistrationResult,
  getRegistration: RegistrationState,
  getServerKeys: KeySet,
  getApplication: Application,
  addKey: KeyAnswer,
  setContextAccess: ContextAccess,
  getSubscriber: Subscriber,
  setSubscriberEmail: Subscriber,
  getAdministrators: v.object({ items: v.array(Id) }),
  getNewAdministrationKey: AdministrationKey,
  createUser: User,
  createUsers: UserBatchResult,
  getUsers: pageOf(User),
  suggestUsers: pageOf(User),
  getProfiles: pageOf(User),
  getUserId: UserIdAnswer,
  getUser: User,
  updateUser: User,
  createConversation: Conversation,
  getConversations: pageOf(ConversationSummary),
  getConversation: Conversation,
  updateConversation: Conversation,
  getMembers: pageOf(Member),
  postMessage: Message,
  getMessages: pageOf(Message),
  searchMessages: pageOf(FoundMessage),
  getMessage: Message,
  updateMessage: Message,
  deleteMessage: Message,
  addReaction: Message,
  removeReaction: Message,
  getReactions: pageOf(Reacted),
  uploadAttachment: Attachment,
  getAttachments: pageOf(PostedAttachment),
  setAttachmentPreview: Attachment,
  getUploadLink: AttachmentLink,
  getAttachmentLink: AttachmentLink,
  getLinkPreview: LinkPreviewAnswer,
  getCurrentUserNotifications: pageOf(Notification),
  getDoNotDisturb: DoNotDisturb,
  setDoNotDisturb: DoNotDisturb,
  getWatchMode: WatchMode,
  setWatchMode: WatchMode,
  getConversationNotificationRepresentation: NotificationRepresentation,
  setConversationNotificationRepresentation: NotificationRepresentation,
  setReadMarker: ReadMarker,
  getReaders: pageOf(Reader),
};
