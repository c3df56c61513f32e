import type { Conversation } from "../../protocol/conversations.ts";
import type { Event, ServerFrame } from "../../protocol/live.ts";
import type { MessageDraft, Message as WireMessage } from "../../protocol/messages.ts";
import type { Ending } from "./ending.ts";
import { CollaborationError, type Failure } from "./errors.ts";
import { type Http, pathOf } from "./http.ts";
import { LiveSocket } from "./socket.ts";
import { orAborted, stopTimer } from "./waiting.ts";

/** What a subscription tells. Every handler is optional; what a handler throws goes to `onError` and breaks nothing. */
export interface ConversationHandlers {
  /** Every numbered event, in order, once. */
  event?(event: Event): unknown;
  /** The conversation as of the greeting: at the beginning and after each reconnection. */
  conversation?(conversation: Conversation): unknown;
  /** Too much was missed, or the data was restored: load a snapshot, what follows is whole again from event `n` on. */
  reload?(n: number): unknown;
  /** Somebody else is writing, by user id; told again every three seconds while that lasts. Not in large conversations. */
  typing?(user: string): unknown;
  /** Somebody else has read up to a message ordinal. Told among at most 50 members; load `getReaders` first. */
  reading?(user: string, m: number): unknown;
  state?(isConnected: boolean): unknown;
  /** The subscription ended from the other side and will not come back. */
  ended?(ending: Ending): unknown;
}

interface Pending {
  message: MessageDraft & { clientId: string };
  resolve(message: WireMessage): void;
  reject(error: unknown): void;
}

/** Bytes that one frame may have; the server would close the connection over much more. */
const longestFrame = 262_144;
/** Keys come fast; that somebody is writing is said once in this time. */
const typingMs = 3_000;
/** Eyes go down a page of messages: where they have come to is said once in this time. */
const readingMs = 2_000;
/** A pong may overtake events that wait for their transaction: only a gap that lasts is one. */
const gapMs = 1_000;

/**
 * One conversation, live: its events in order and without gaps, across losses of the connection, and messages sent through
 * the same socket, each exactly once. Made by `subscribe` and `beginAttachNewMessagesHandler`.
 */
export class Subscription {
  private readonly http: Http;
  private readonly handlers: ConversationHandlers;
  private readonly socket: LiveSocket;
  private readonly pending = new Map<string, Pending>();
  private readonly greeting: Promise<Conversation>;
  private greeted!: (conversation: Conversation) => void;
  private epoch: string | undefined;
  private requests = 0;
  private typedAt = 0;
  private readTo = 0;
  private readTimer: ReturnType<typeof setTimeout> | undefined;
  private latest: Conversation | undefined;
  /** Number of the latest event that was told. */
  n = 0;

  constructor(http: Http, keyOrId: string, handlers: ConversationHandlers) {
    this.http = http;
    this.handlers = handlers;
    this.greeting = new Promise((resolve) => {
      this.greeted = resolve;
    });
    const path = pathOf("conversations", keyOrId);
    this.socket = new LiveSocket(http, `${path}/live`, path, {
      query: () => (this.epoch === undefined ? {} : { epoch: this.epoch, n: String(this.n) }),
      frame: (frame) => this.take(frame),
      state: (isConnected) => http.guard(() => handlers.state?.(isConnected)),
      ended: (ending) => http.guard(() => handlers.ended?.(ending)),
    });
    this.signal.addEventListener("abort", () => this.end(), { once: true });
  }

  /** Aborted once the subscription has ended, from whichever side; `reason` says why. */
  get signal(): AbortSignal {
    return this.socket.signal;
  }

  /** The conversation with its title and members as of the latest event; undefined until the server has confirmed. */
  get conversation(): Conversation | undefined {
    return this.latest;
  }

  /**
   * Resolves with the conversation once the server has confirmed the subscription. Called once, by whoever made it.
   * @throws CollaborationError `not_found` when there is no such conversation for the user, `network` after five tries
   */
  async open(): Promise<Conversation> {
    await this.socket.open();
    return orAborted(this.greeting, this.signal);
  }

  /**
   * Ends the subscription: no handler is called any more, waiting sends are rejected.
   * @example subscription.detach();
   */
  detach(): void {
    this.socket.close();
  }

  /**
   * Posts through the socket. The promise settles when the message is stored, even if the connection is lost in between:
   * it is then sent again under the same client id, and the server answers with the first result.
   * @throws CollaborationError as `Message.write` does; an AbortError when the subscription is detached meanwhile
   * @example await subscription.send({ text: "Hello" });
   */
  async send(draft: MessageDraft): Promise<WireMessage> {
    this.signal.throwIfAborted();
    const message = { seen: this.n, ...draft, clientId: draft.clientId ?? crypto.randomUUID() };
    if (JSON.stringify(message).length > longestFrame)
      throw new CollaborationError({ code: "limit_exceeded", status: 413, detail: "The message is too long" });
    this.typedAt = 0;
    return new Promise((resolve, reject) => {
      const request = String(++this.requests);
      this.pending.set(request, { message, resolve, reject });
      this.post(request);
    });
  }

  /**
   * Tells the others that the user is writing. Call it at every key: it is sent once in three seconds.
   * @example input.addEventListener("input", () => subscription.typing());
   */
  typing(): void {
    const now = Date.now();
    if (now - this.typedAt < typingMs) return;
    this.typedAt = now;
    this.socket.send({ type: "typing" });
  }

  /**
   * Tells the others that the user has read up to a message ordinal. Call it as often as that moves: it is sent once in
   * two seconds. The user's marker is moved by the inbox, see `Inbox.markRead`.
   * @example subscription.reading(message.m);
   */
  reading(m: number): void {
    if (m <= this.readTo) return;
    this.readTo = m;
    this.readTimer ??= setTimeout(() => {
      this.readTimer = undefined;
      this.socket.send({ type: "reading", m: this.readTo });
    }, readingMs);
  }

  private post(request: string): void {
    const message = this.pending.get(request)?.message;
    if (message) this.socket.send({ type: "post", request, message });
  }

  private take(frame: ServerFrame): void {
    switch (frame.type) {
      case "hello":
        return this.greet(frame.conversation);
      case "events":
        for (const event of frame.events) this.tell(event);
        return;
      case "reload":
        this.epoch = frame.epoch;
        this.n = frame.n;
        return this.http.guard(() => this.handlers.reload?.(frame.n));
      case "answer":
        return this.settle(frame.request)?.resolve(frame.message as WireMessage);
      case "problem":
        return this.refused(frame);
      case "typing":
        return this.http.guard(() => this.handlers.typing?.(frame.user));
      case "reading":
        return this.http.guard(() => this.handlers.reading?.(frame.user, frame.m));
      case "pong":
        return this.compare(frame.n ?? 0);
      default:
        // Frames of inbox sockets, and of later versions.
        return;
    }
  }

  private greet(conversation: Conversation): void {
    this.latest = conversation;
    if (this.epoch === undefined) {
      this.epoch = conversation.epoch;
      this.n = conversation.n;
    }
    for (const request of this.pending.keys()) this.post(request);
    this.http.guard(() => this.handlers.conversation?.(conversation));
    this.greeted(conversation);
  }

  private tell(event: Event): void {
    // A handler may detach while the events of one frame are told.
    if (event.n <= this.n || this.signal.aborted) return;
    if (event.n > this.n + 1) return this.socket.renew();
    this.n = event.n;
    if (this.latest) this.latest = changed(this.latest, event);
    this.http.guard(() => this.handlers.event?.(event));
  }

  /** The server is further than what arrived: a frame was lost on the way, unless it comes in a moment. */
  private compare(n: number): void {
    if (n > this.n) setTimeout(() => n > this.n && this.socket.renew(), gapMs);
  }

  private refused({ request = "", problem }: Extract<ServerFrame, { type: "problem" }>): void {
    const error = new CollaborationError(problem as Failure);
    if (!this.pending.has(request)) return this.http.report(error);
    if (error.retryAfterSeconds === undefined) return this.settle(request)?.reject(error);
    // The server asked for a pause: the message goes again after it.
    setTimeout(() => this.post(request), error.retryAfterSeconds * 1000 + Math.random() * 500);
  }

  private settle(request: string): Pending | undefined {
    const pending = this.pending.get(request);
    this.pending.delete(request);
    return pending;
  }

  private end(): void {
    stopTimer(this.readTimer);
    for (const { reject } of this.pending.values()) reject(this.signal.reason);
    this.pending.clear();
  }
}

/** The conversation after an event. */
function changed(conversation: Conversation, event: Event): Conversation {
  if (event.type === "title") return { ...conversation, title: event.title };
  if (event.type !== "members") return conversation;
  const members = conversation.members.filter((user) => !event.removed.includes(user));
  return { ...conversation, members: [...members, ...event.added], memberCount: event.memberCount };
}
