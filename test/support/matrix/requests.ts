import { newKey } from "../../../src/sdk/server/keys.ts";
import type { Objects } from "./objects.ts";

export interface Request {
  method: string;
  path: string;
  body?: unknown;
}

type Make = (at: Objects, home: Objects) => Request | Promise<Request>;

const get =
  (path: (at: Objects, home: Objects) => string): Make =>
  (at, home) => ({ method: "GET", path: path(at, home) });
const to =
  (
    method: string,
    path: (at: Objects, home: Objects) => string,
    body?: (at: Objects, home: Objects) => unknown,
  ): Make =>
  (at, home) => ({ method, path: path(at, home), ...(body && { body: body(at, home) }) });

const conversation = ({ conversation }: Objects) => `/conversations/${conversation}`;
const emoji = encodeURIComponent("👍");
const uuid = () => crypto.randomUUID();

/**
 * How each operation is asked about an object: `at` is the object in question, `home` the caller's own ones for everything
 * else. An operation that can name objects in several places has a row for each: `operation@place`.
 */
export const requests: Record<string, Make> = {
  getServer: get(() => "/server"),
  requestRegistration: to(
    "POST",
    () => "/registrations",
    () => ({}),
  ),
  activateRegistration: to(
    "POST",
    ({ user }) => `/registrations/${user}/activation`,
    () => ({ activationCode: "12345678", proof: "proof" }),
  ),
  getRegistration: get(() => "/registration"),
  getServerKeys: get(({ application }) => `/applications/${application}/server-keys`),

  createSessionCode: to("POST", () => "/session-codes"),
  createTicket: to("POST", () => "/tickets"),

  getApplication: get(() => "/application"),
  cancelApplication: to("DELETE", () => "/application"),
  unregister: to("DELETE", () => "/application/registration"),
  addKey: async () => ({ method: "POST", path: "/application/keys", body: { publicKey: (await newKey()).publicKey } }),
  removeKey: to("DELETE", ({ keyId }) => `/application/keys/${keyId}`),
  setContextAccess: to(
    "PUT",
    () => "/application/context-access",
    () => ({ way: "claims" }),
  ),
  revokeContextAccess: to(
    "POST",
    () => "/context-revocations",
    ({ context }) => ({ conversationContext: context }),
  ),
  "revokeContextAccess@user": to(
    "POST",
    () => "/context-revocations",
    ({ member }, { context }) => ({ conversationContext: context, user: member }),
  ),

  getSubscriber: get(() => "/subscriber"),
  setSubscriberEmail: to(
    "PATCH",
    () => "/subscriber",
    () => ({ email: `${uuid()}@romashka.example` }),
  ),
  getAdministrators: get(() => "/subscriber/administrators"),
  addToSubscriberAdministrators: to("PUT", ({ member }) => `/subscriber/administrators/${member}`),
  excludeFromSubscriberAdministrators: to("DELETE", ({ member }) => `/subscriber/administrators/${member}`),
  getNewAdministrationKey: to("POST", () => "/subscriber/administration-key"),
  sendTemporaryCode: to("POST", () => "/subscriber/temporary-codes"),

  createUser: to(
    "POST",
    () => "/users",
    () => ({ infoBaseUserId: uuid(), name: "Новый" }),
  ),
  createUsers: to(
    "POST",
    () => "/user-batches",
    () => ({ users: [{ infoBaseUserId: uuid(), name: "Новый" }] }),
  ),
  getUsers: get(({ infoBaseUser }) => `/users?infoBaseUserId=${infoBaseUser}`),
  suggestUsers: get(({ name }) => `/user-suggestions?text=${encodeURIComponent(name)}`),
  getProfiles: get(({ user }) => `/profiles?ids=${user}`),
  getUserId: get(({ infoBaseUser }) => `/users/by-info-base-user/${infoBaseUser}`),
  getUser: get(({ user }) => `/users/${user}`),
  "getUser@me": get(() => "/users/me"),
  updateUser: to(
    "PATCH",
    ({ user }) => `/users/${user}`,
    () => ({ phoneNumber: "+7 495 000-00-00" }),
  ),
  "updateUser@isLocked": to(
    "PATCH",
    ({ user }) => `/users/${user}`,
    () => ({ isLocked: false }),
  ),

  createConversation: to(
    "POST",
    () => "/conversations",
    () => ({ title: "Новая" }),
  ),
  "createConversation@members": to(
    "POST",
    () => "/conversations",
    ({ member }) => ({ title: "Новая", members: [member] }),
  ),
  getConversations: get(() => "/conversations?count=1"),
  "getConversations@everywhere": get(() => "/conversations?currentUserIsMember=false&contextConversation=false"),
  "getConversations@contexts": get(() => "/conversations?currentUserIsMember=false&contextConversation=true"),
  "getConversations@key": get(({ key }) => `/conversations?key=${encodeURIComponent(key)}`),
  "getConversations@context": get(({ context }) => `/conversations?conversationContext=${encodeURIComponent(context)}`),
  getConversation: get(conversation),
  "getConversation@key": get(({ key }) => `/conversations/${encodeURIComponent(key)}`),
  updateConversation: to("PATCH", conversation, () => ({ title: `Склад ${uuid()}` })),
  openConversation: get((at) => `${conversation(at)}/live`),

  getMembers: get((at) => `${conversation(at)}/members`),
  addMembers: to(
    "POST",
    (at) => `${conversation(at)}/members`,
    (_, { member }) => ({ users: [member] }),
  ),
  "addMembers@users": to(
    "POST",
    (_, home) => `${conversation(home)}/members`,
    ({ member }) => ({ users: [member] }),
  ),
  removeMember: to("DELETE", (at) => `${conversation(at)}/members/${at.member}`),
  "removeMember@user": to("DELETE", ({ member }, home) => `${conversation(home)}/members/${member}`),

  postMessage: to(
    "POST",
    (at) => `${conversation(at)}/messages`,
    () => ({ text: "Добрый день" }),
  ),
  "postMessage@recipients": to(
    "POST",
    (_, home) => `${conversation(home)}/messages`,
    ({ member }) => ({ text: "Вам", recipients: [member] }),
  ),
  "postMessage@author": to(
    "POST",
    (_, home) => `${conversation(home)}/messages`,
    ({ member }) => ({ text: "От имени", author: member }),
  ),
  getMessages: get((at) => `${conversation(at)}/messages?count=1`),
  "getMessages@author": get(({ member }, home) => `${conversation(home)}/messages?author=${member}`),
  "getMessages@after": get(({ message }, home) => `${conversation(home)}/messages?after=${message}`),
  searchMessages: get(() => `/messages?text=${encodeURIComponent("добрый день")}`),
  getMessage: get(({ message }) => `/messages/${message}`),
  updateMessage: to(
    "PATCH",
    ({ message }) => `/messages/${message}`,
    () => ({ text: `Изменено ${uuid()}` }),
  ),
  deleteMessage: to("DELETE", ({ message }) => `/messages/${message}`),

  addReaction: to("PUT", ({ message }) => `/messages/${message}/reactions/${emoji}`),
  removeReaction: to("DELETE", ({ message }) => `/messages/${message}/reactions/${emoji}`),
  getReactions: get(({ message }) => `/messages/${message}/reactions`),
  "getReactions@user": get(({ member }, { message }) => `/messages/${message}/reactions?user=${member}`),

  uploadAttachment: to(
    "POST",
    (at) => `${conversation(at)}/attachments?name=a.json`,
    () => ({}),
  ),
  getAttachments: get((at) => `${conversation(at)}/attachments`),
  setAttachmentPreview: to(
    "PUT",
    (at) => `${conversation(at)}/attachments/${at.upload}/preview`,
    () => ({}),
  ),
  getUploadLink: get((at) => `${conversation(at)}/attachments/${at.upload}/link`),
  getAttachmentLink: get(({ message, attachment }) => `/messages/${message}/attachments/${attachment}/link`),

  getLinkPreview: get(({ message }) => `/link-previews?url=${encodeURIComponent(`https://beseda.test/c/${message}`)}`),

  getCurrentUserNotifications: get(() => "/notifications"),
  getDoNotDisturb: get(() => "/do-not-disturb"),
  setDoNotDisturb: to(
    "PUT",
    () => "/do-not-disturb",
    () => ({ doNotDisturb: false }),
  ),
  getWatchMode: get((at) => `${conversation(at)}/watch-mode`),
  "getWatchMode@user": get(({ member }, home) => `${conversation(home)}/watch-mode?user=${member}`),
  setWatchMode: to(
    "PUT",
    (at) => `${conversation(at)}/watch-mode`,
    () => ({ watch: true }),
  ),
  "setWatchMode@user": to(
    "PUT",
    ({ member }, home) => `${conversation(home)}/watch-mode?user=${member}`,
    () => ({ watch: true }),
  ),
  getConversationNotificationRepresentation: get((at) => `${conversation(at)}/notification-representation`),
  "getConversationNotificationRepresentation@user": get(
    ({ member }, home) => `${conversation(home)}/notification-representation?user=${member}`,
  ),
  setConversationNotificationRepresentation: to(
    "PUT",
    (at) => `${conversation(at)}/notification-representation`,
    () => ({ representation: "Normal" }),
  ),
  "setConversationNotificationRepresentation@user": to(
    "PUT",
    ({ member }, home) => `${conversation(home)}/notification-representation?user=${member}`,
    () => ({ representation: "Normal" }),
  ),
  setReadMarker: to(
    "PUT",
    (at) => `${conversation(at)}/read-marker`,
    () => ({ m: 1 }),
  ),
  getReaders: get((at) => `${conversation(at)}/readers`),
  setPushSubscription: to(
    "PUT",
    () => "/push-subscriptions/phone",
    () => ({
      endpoint: `https://push.example/${uuid()}`,
      // A point of the curve, out of RFC 8291.
      keys: {
        p256dh: "BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4",
        auth: "BTBZMqHH6r4Tts7J_aSIgg",
      },
    }),
  ),
  removePushSubscription: to("DELETE", () => "/push-subscriptions/phone"),
  openInbox: get(() => "/live"),
};
