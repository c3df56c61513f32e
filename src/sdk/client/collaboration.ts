import { standardUsers } from "../../protocol/wire.ts";
import { AfterSend, type AfterSendHandler } from "./after-send.ts";
import { NotificationCalls } from "./calls/notifications.ts";
import type { Credentials } from "./credentials.ts";
import { type AttachOptions, attachMessages, type MessageHandler } from "./handlers.ts";
import { type ConnectOptions, Http } from "./http.ts";
import { Inbox, type InboxHandlers } from "./inbox.ts";
import type { Message, MessageFields } from "./message.ts";
import { type ConversationHandlers, Subscription } from "./subscription.ts";
import type { TokenProvider } from "./tokens.ts";

/**
 * Everything a program can do in Beseda in the name of the user its token speaks for. Made by {@link connect}. The calls
 * stand in layers, a file for each concept, in `calls/`; what is live stands here.
 *
 * Every method rejects with a `CollaborationError` whose `code` says what happened; network failures are repeated first
 * where a repeat is safe. What the token provider throws, and the reason of an aborted signal, come through as they are.
 */
export class Collaboration extends NotificationCalls {
  private readonly stop: AbortController;
  private readonly afterSend: AfterSend;
  readonly standardUsers = standardUsers;

  constructor(speaker: TokenProvider | Credentials, options: ConnectOptions = {}) {
    const stop = new AbortController();
    const signal = options.signal ? AbortSignal.any([options.signal, stop.signal]) : stop.signal;
    super(new Http(speaker, options, signal));
    this.stop = stop;
    this.afterSend = new AfterSend(this.http);
  }

  /**
   * Ends requests, subscriptions and timers; what waits is rejected with an AbortError.
   * @example beseda.close();
   */
  close(): void {
    this.stop.abort(new DOMException("The connection was closed", "AbortError"));
  }

  /**
   * Everything that happens in one conversation, live, in order and without gaps.
   * @param keyOrId an existing conversation
   * @returns the subscription, once the server has confirmed it; `detach()` ends it
   * @throws CollaborationError `not_found` when there is no such conversation for the user, `network` after five tries
   * @example const subscription = await beseda.subscribe("склад", { event: (event) => console.log(event) });
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
   * @returns a promise of the same outcome; whoever uses the callbacks may leave it alone
   * @throws CollaborationError `not_found` when there is no such conversation for the user, `network` after five tries
   * @example
   * await beseda.beginAttachNewMessagesHandler(
   *   () => console.log("attached"), "ПерезапускКлиентов",
   *   (message) => { if (message.data.some((user) => user.value === me)) restart(); },
   *   { contract: isUserList },
   * );
   */
  beginAttachNewMessagesHandler<Data, Parameters = undefined>(
    onAttached: ((additionalParameters: Parameters) => void) | undefined,
    keyOrId: string,
    handler: MessageHandler<Data, Parameters>,
    options: AttachOptions<Data, Parameters> = {},
  ): Promise<Subscription> {
    const attached = attachMessages(this.http, keyOrId, handler, { ...options, onAttached });
    // The error callback has heard of it: a promise that nobody looks at must not end the program.
    attached.catch(() => undefined);
    return attached;
  }

  /**
   * The user's lists and notifications, live.
   * @throws CollaborationError `unauthenticated` when the session speaks for no user, `network` after five tries
   * @example const inbox = await beseda.openInbox({ activity: ({ activity }) => showInList(activity) });
   */
  async openInbox(handlers: InboxHandlers): Promise<Inbox> {
    const inbox = new Inbox(this.http, handlers);
    await inbox.open();
    return inbox;
  }

  /**
   * Sends a message that the user typed. After-send handlers of this program hear of it; they hear of no other message.
   * For a robot that answers, a bot object is the better tool.
   * @param conversation key or id
   * @param typed the text, or all that goes with it
   * @throws CollaborationError as `Message.write` does
   * @example await beseda.sendInteractiveMessage("склад", input.value);
   */
  async sendInteractiveMessage(
    conversation: string,
    typed: string | MessageFields,
    recipients?: string[],
  ): Promise<Message> {
    const fields = typeof typed === "string" ? { text: typed } : typed;
    const message = await this.createMessage(conversation, { ...fields, ...(recipients && { recipients }) }).write();
    await this.afterSend.tell(message, () => this.getConversation(conversation));
    return message;
  }

  /**
   * Calls a handler once the user has sent a typed message, in this program only.
   * @returns a function that detaches the handler
   * @example
   * const detach = beseda.attachAfterSendMessageHandler((message, conversation) => {
   *   if (message.text.startsWith("?")) askTheServerToAnswer(conversation.id);
   * });
   */
  attachAfterSendMessageHandler<Parameters = undefined>(
    handler: AfterSendHandler<Parameters>,
    additionalParameters?: Parameters,
  ): () => void {
    return this.afterSend.attach(handler as AfterSendHandler<unknown>, additionalParameters);
  }
}
