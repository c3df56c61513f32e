import type { ConversationSummary, Conversation as WireConversation } from "../../protocol/conversations.ts";
import type { Page, SortDirection } from "../../protocol/lists.ts";
import type { Message as WireMessage } from "../../protocol/messages.ts";
import type { Notification, Representation } from "../../protocol/notifications.ts";
import type { RegistrationState } from "../../protocol/registration.ts";
import type { User } from "../../protocol/users.ts";
import { accessCodeHeader, standardUsers } from "../../protocol/wire.ts";
import { AfterSend, type AfterSendHandler } from "./after-send.ts";
import { Conversation, type ConversationFields } from "./conversation.ts";
import { type AttachOptions, attachMessages, type MessageHandler } from "./handlers.ts";
import { type ConnectOptions, Http } from "./http.ts";
import { Inbox, type InboxHandlers } from "./inbox.ts";
import { Message, type MessageFields } from "./message.ts";
import { type ConversationHandlers, Subscription } from "./subscription.ts";
import type { TokenProvider } from "./tokens.ts";
import { type InfoBaseUser, NewUser, type UserChanges } from "./user.ts";

/** Fields that every list takes. `count` is 1 to 250, 200 unless given. */
export interface Paging {
  count?: number;
  cursor?: string;
  sortDirection?: SortDirection;
}

export interface ConversationsFilter extends Paging {
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

export interface UsersFilter extends Paging {
  after?: string;
  infoBaseUserId?: string;
  name?: string;
  fullName?: string;
  phoneNumber?: string;
  email?: string;
  emailForAuthentication?: string;
  matchingKey?: string;
  isLocked?: boolean;
  external?: boolean;
}

const path = (keyOrId: string): string => `/conversations/${encodeURIComponent(keyOrId)}`;
const moment = ({ startDate, ...rest }: { startDate?: Date }) => ({ ...rest, startDate: startDate?.toISOString() });

/**
 * Everything a program can do in Beseda in the name of the user its token speaks for. Made by {@link connect}.
 *
 * Every method rejects with a `CollaborationError` whose `code` says what happened; network failures are repeated first
 * where a repeat is safe.
 */
export class Collaboration {
  private readonly http: Http;
  private readonly stop = new AbortController();
  private readonly afterSend = new AfterSend();
  readonly standardUsers = standardUsers;

  constructor(tokenProvider: TokenProvider, options: ConnectOptions = {}) {
    const signal = options.signal ? AbortSignal.any([options.signal, this.stop.signal]) : this.stop.signal;
    this.http = new Http(tokenProvider, options, signal);
  }

  /** Ends requests, subscriptions and timers. */
  close(): void {
    this.stop.abort(new DOMException("The connection was closed", "AbortError"));
  }

  // ── Server and registration ────────────────────────────────────────────────────────────────

  /** Address of the server, or an empty string when the application is not registered. */
  serverAddress = async (): Promise<string> => (await this.registration()).serverAddress;
  /** Version of the server, or an empty string when the application is not registered. */
  serverVersion = async (): Promise<string> => (await this.registration()).serverVersion;
  /** Is the application registered, and the registration not cancelled? */
  infoBaseRegistered = async (): Promise<boolean> => (await this.registration()).infoBaseRegistered;
  /** Can the system be used: registered, and with users? */
  canUse = async (): Promise<boolean> => (await this.registration()).canUse;
  /** false when not registered. */
  currentUserIsSubscriberAdministrator = async (): Promise<boolean> =>
    (await this.registration()).currentUserIsSubscriberAdministrator;

  private registration(): Promise<RegistrationState> {
    return this.http.request("GET", "/registration");
  }

  /** Administrators only. */
  subscriberEmail = async (): Promise<string> =>
    (await this.http.request<{ email: string }>("GET", "/subscriber")).email;

  /** Administrators only. */
  async setSubscriberEmail(email: string): Promise<void> {
    await this.http.request("PATCH", "/subscriber", { body: { email } });
  }

  /** @param accessCode the administration key or a temporary code; administrators need none */
  async addToSubscriberAdministrators(user: string, accessCode?: string): Promise<void> {
    await this.http.request("PUT", `/subscriber/administrators/${user}`, withCode(accessCode));
  }

  async excludeFromSubscriberAdministrators(user: string, accessCode?: string): Promise<void> {
    await this.http.request("DELETE", `/subscriber/administrators/${user}`, withCode(accessCode));
  }

  /** A new administration key; the old one stops working at once. Administrators only. */
  getNewAdministrationKey = async (): Promise<string> =>
    (await this.http.request<{ administrationKey: string }>("POST", "/subscriber/administration-key"))
      .administrationKey;

  /** Sends a temporary code, good for 24 hours or one use, to the subscriber's mailbox. */
  async sendTemporaryCode(): Promise<void> {
    await this.http.request("POST", "/subscriber/temporary-codes");
  }

  // ── Users ──────────────────────────────────────────────────────────────────────────────────

  currentUserId = async (): Promise<string> => (await this.getUser("me")).id;
  getUser = (id: string): Promise<User> => this.http.request("GET", `/users/${id}`);
  /** Id of the user paired with an application user. @throws CollaborationError `not_found`: the signal to create it */
  getUserId = async (infoBaseUserId: string): Promise<string> =>
    (await this.http.request<{ id: string }>("GET", `/users/by-info-base-user/${infoBaseUserId}`)).id;
  /** A user to be written; needs privileged mode. */
  createUser = (infoBaseUser: InfoBaseUser): NewUser => new NewUser(this.http, infoBaseUser);
  /** An external user to be written; needs privileged mode. */
  createExternalUser = (user: { name: string; emailForAuthentication: string }): NewUser =>
    new NewUser(this.http, { ...user, external: true });
  /** Creates up to 200 users at once; those that exist are returned as they are. Needs privileged mode. */
  createUsers = async (users: InfoBaseUser[]): Promise<{ user: User; created: boolean }[]> =>
    (
      await this.http.request<{ items: { user: User; created: boolean }[] }>("POST", "/user-batches", {
        body: { users },
        isRepeatable: true,
      })
    ).items;
  updateUser = (id: string, changes: UserChanges): Promise<User> =>
    this.http.request("PATCH", `/users/${id}`, { body: changes });
  /** Needs DataAdministration or privileged mode. */
  getUsers = (filter: UsersFilter = {}): Promise<Page<User>> =>
    this.http.request("GET", "/users", { query: { ...filter } });
  /** At most 20 users whose name contains the text. */
  suggestUsers = async (text: string): Promise<User[]> =>
    (await this.http.request<Page<User>>("GET", "/user-suggestions", { query: { text } })).items;
  /** Up to 100 users by id. */
  getProfiles = async (ids: string[]): Promise<User[]> =>
    ids.length === 0
      ? []
      : (await this.http.request<Page<User>>("GET", "/profiles", { query: { ids: ids.join(",") } })).items;

  // ── Conversations ──────────────────────────────────────────────────────────────────────────

  /** A conversation to be configured and written. */
  createConversation = (fields: ConversationFields = {}): Conversation => new Conversation(this.http, fields);

  async getConversation(keyOrId: string): Promise<Conversation> {
    return new Conversation(this.http, await this.http.request<WireConversation>("GET", path(keyOrId)));
  }

  getConversations = (filter: ConversationsFilter = {}): Promise<Page<ConversationSummary>> =>
    this.http.request("GET", "/conversations", { query: moment(filter) });

  /** The conversation of an object, or undefined when there is none that the user may see. */
  async getContextConversation(conversationContext: string): Promise<ConversationSummary | undefined> {
    return (await this.getConversations({ conversationContext })).items[0];
  }

  // ── Messages ───────────────────────────────────────────────────────────────────────────────

  /** A message to be filled and written. @param conversation key or id */
  createMessage = (conversation: string, fields: MessageFields = {}): Message =>
    new Message(this.http, conversation, fields);

  async getMessage(id: string): Promise<Message> {
    const wire = await this.http.request<WireMessage>("GET", `/messages/${id}`);
    return new Message(this.http, wire.conversationId, wire);
  }

  /** Newest first unless `sortDirection` is `Asc`. */
  async getMessages({ conversation, ...filter }: MessagesFilter): Promise<Page<Message>> {
    const page = await this.http.request<Page<WireMessage>>("GET", `${path(conversation)}/messages`, {
      query: moment(filter),
    });
    return { ...page, items: page.items.map((wire) => new Message(this.http, wire.conversationId, wire)) };
  }

  async deleteMessage(id: string): Promise<void> {
    await this.http.request("DELETE", `/messages/${id}`);
  }

  // ── Notifications ──────────────────────────────────────────────────────────────────────────

  getCurrentUserNotifications = (paging: { count?: number; cursor?: string } = {}): Promise<Page<Notification>> =>
    this.http.request("GET", "/notifications", { query: paging });
  /** @param user another user, in privileged mode */
  getWatchMode = async (conversation: string, user?: string): Promise<boolean> =>
    (await this.http.request<{ watch: boolean }>("GET", `${path(conversation)}/watch-mode`, { query: { user } })).watch;
  async setWatchMode(conversation: string, watch: boolean, user?: string): Promise<void> {
    await this.http.request("PUT", `${path(conversation)}/watch-mode`, { query: { user }, body: { watch } });
  }
  getConversationNotificationRepresentation = async (conversation: string, user?: string): Promise<Representation> =>
    (
      await this.http.request<{ representation: Representation }>(
        "GET",
        `${path(conversation)}/notification-representation`,
        {
          query: { user },
        },
      )
    ).representation;
  async setConversationNotificationRepresentation(
    conversation: string,
    representation: Representation,
    user?: string,
  ): Promise<void> {
    await this.http.request("PUT", `${path(conversation)}/notification-representation`, {
      query: { user },
      body: { representation },
    });
  }
  /** Read up to this message ordinal, on all devices. */
  async markRead(conversation: string, m: number): Promise<void> {
    await this.http.request("PUT", `${path(conversation)}/read-marker`, { body: { m } });
  }
  getDoNotDisturb = async (): Promise<boolean> =>
    (await this.http.request<{ doNotDisturb: boolean }>("GET", "/do-not-disturb")).doNotDisturb;
  async setDoNotDisturb(doNotDisturb: boolean): Promise<void> {
    await this.http.request("PUT", "/do-not-disturb", { body: { doNotDisturb } });
  }

  // ── Live ───────────────────────────────────────────────────────────────────────────────────

  /**
   * Everything that happens in one conversation, live, in order and without gaps.
   * @param keyOrId an existing conversation
   * @returns the subscription, once the server has confirmed it; `detach()` ends it
   * @throws CollaborationError `not_found` when there is no such conversation for the user
   */
  async subscribe(keyOrId: string, handlers: ConversationHandlers): Promise<Subscription> {
    const subscription = new Subscription(this.http, keyOrId, handlers);
    await subscription.open();
    return subscription;
  }

  /**
   * Calls a handler for each new message of one conversation, while this program runs.
   * @param onAttached called with the additional parameters once the server has confirmed
   * @param keyOrId key or id of an existing conversation
   * @param handler called with the message and the additional parameters, once for each new message
   * @returns a promise of the same outcome, for those who prefer it to callbacks
   * @example
   * await beseda.beginAttachNewMessagesHandler(
   *   () => console.log("attached"), "ПерезапускКлиентов",
   *   (message) => { if (message.data.includes(me)) restart(); },
   *   { contract: isUserList },
   * );
   */
  beginAttachNewMessagesHandler<Data, Parameters = undefined>(
    onAttached: ((additionalParameters: Parameters) => void) | undefined,
    keyOrId: string,
    handler: MessageHandler<Data, Parameters>,
    options: AttachOptions<Data, Parameters> = {},
  ): Promise<Subscription> {
    return attachMessages(this.http, keyOrId, handler, { ...options, ...(onAttached && { onAttached }) });
  }

  /** The user's lists and notifications, live. */
  async openInbox(handlers: InboxHandlers): Promise<Inbox> {
    const inbox = new Inbox(this.http, handlers);
    await inbox.open();
    return inbox;
  }

  /**
   * Sends a message that the user typed. After-send handlers of this program hear of it; they hear of no other message.
   * For a robot that answers, a bot object is the better tool.
   */
  async sendInteractiveMessage(conversation: string, text: string, recipients?: string[]): Promise<Message> {
    const message = await this.createMessage(conversation, { text, ...(recipients && { recipients }) }).write();
    this.afterSend.tell(message, await this.getConversation(conversation), (error) => this.http.report(error));
    return message;
  }

  /** @returns a function that detaches the handler */
  attachAfterSendMessageHandler<Parameters = undefined>(
    handler: AfterSendHandler<Parameters>,
    additionalParameters?: Parameters,
  ): () => void {
    return this.afterSend.attach(handler as AfterSendHandler<unknown>, additionalParameters);
  }
}

const withCode = (code: string | undefined) => (code === undefined ? {} : { headers: { [accessCodeHeader]: code } });
