import type { Conversation } from "../../protocol/conversations.ts";
import type { Event, ServerFrame } from "../../protocol/live.ts";
import type { MessageDraft, Message as WireMessage } from "../../protocol/messages.ts";
import { CollaborationError, type Failure, isTransient } from "./errors.ts";
import type { Http } from "./http.ts";
import { type Ending, LiveSocket } from "./socket.ts";

/** What a subscription tells. Every handler is optional. */
export interface ConversationHandlers {
  /** Every numbered event, in order, once. */
  event?(event: Event): void;
  /** The conversation as of the greeting: at the beginning and after each reconnection. */
  conversation?(conversation: Conversation): void;
  /** Too much was missed, or the data was restored: load a snapshot, what follows is whole again from event `n` on. */
  reload?(n: number): void;
  state?(isConnected: boolean): void;
  /** The subscription ended from the other side and will not come back. */
  ended?(ending: Ending): void;
}

interface Pending {
  message: MessageDraft & { clientId: string };
  resolve(message: WireMessage): void;
  reject(error: unknown): void;
}

/**
 * One conversation, live: its events in order and without gaps, across losses of the connection, and messages sent through
 * the same socket, each exactly once.
 */
export class Subscription {
  private readonly http: Http;
  private readonly handlers: ConversationHandlers;
  private readonly path: string;
  private readonly socket: LiveSocket;
  private readonly pending = new Map<string, Pending>();
  private greeted: ((conversation: Conversation) => void) | undefined;
  private epoch: string | undefined;
  private requests = 0;
  /** Number of the latest event that was told. */
  n = 0;

  constructor(http: Http, keyOrId: string, handlers: ConversationHandlers) {
    this.http = http;
    this.handlers = handlers;
    this.path = `/conversations/${encodeURIComponent(keyOrId)}`;
    this.socket = new LiveSocket(http, `${this.path}/live`, {
      query: () => (this.epoch === undefined ? {} : { epoch: this.epoch, n: String(this.n) }),
      frame: (frame) => this.take(frame),
      state: (isConnected) => this.handlers.state?.(isConnected),
      ended: (ending) => this.finish(ending),
      diagnose: () => this.diagnose(),
    });
  }

  /**
   * Resolves with the conversation once the server has confirmed the subscription.
   * @throws CollaborationError `not_found` when there is no such conversation for the user
   */
  async open(): Promise<Conversation> {
    const greeting = new Promise<Conversation>((resolve) => {
      this.greeted = resolve;
    });
    await this.socket.open();
    return greeting;
  }

  /** Ends the subscription: no handler is called any more, waiting sends are rejected. */
  detach(): void {
    this.socket.close();
    this.rejectAll(new CollaborationError({ code: "network", detail: "The subscription was ended" }));
  }

  /**
   * Posts through the socket. The promise settles when the message is stored, even if the connection is lost in between:
   * it is then sent again under the same client id, and the server answers with the first result.
   */
  send(draft: MessageDraft): Promise<WireMessage> {
    const message = { seen: this.n, ...draft, clientId: draft.clientId ?? crypto.randomUUID() };
    return new Promise((resolve, reject) => {
      const request = String(++this.requests);
      this.pending.set(request, { message, resolve, reject });
      this.socket.send({ type: "post", request, message });
    });
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
        return this.guard(() => this.handlers.reload?.(frame.n));
      case "answer":
        this.pending.get(frame.request)?.resolve(frame.message as WireMessage);
        this.pending.delete(frame.request);
        return;
      case "problem":
        return this.refused(frame);
      case "pong":
        // The server is further than what arrived: a frame was lost on the way.
        if (frame.n !== undefined && frame.n > this.n) this.socket.renew();
        return;
      default:
        // Frames of inbox sockets, and of later versions.
        return;
    }
  }

  private greet(conversation: Conversation): void {
    if (this.epoch === undefined) {
      this.epoch = conversation.epoch;
      this.n = conversation.n;
    }
    for (const [request, { message }] of this.pending) this.socket.send({ type: "post", request, message });
    this.guard(() => this.handlers.conversation?.(conversation));
    this.greeted?.(conversation);
  }

  private tell(event: Event): void {
    if (event.n <= this.n) return;
    if (event.n > this.n + 1) return this.socket.renew();
    this.n = event.n;
    this.guard(() => this.handlers.event?.(event));
  }

  private refused({ request, problem }: Extract<ServerFrame, { type: "problem" }>): void {
    const error = new CollaborationError(problem as Failure);
    const pending = request === undefined ? undefined : this.pending.get(request);
    if (!pending) return this.http.report(error);
    if (error.retryAfterSeconds !== undefined) return this.sendLater(request ?? "", pending, error.retryAfterSeconds);
    this.pending.delete(request ?? "");
    pending.reject(error);
  }

  /** The server asked for a pause: the message goes again after it. */
  private sendLater(request: string, { message }: Pending, seconds: number): void {
    setTimeout(
      () => {
        if (this.pending.has(request)) this.socket.send({ type: "post", request, message });
      },
      seconds * 1000 + Math.random() * 500,
    );
  }

  private finish(ending: Ending): void {
    this.rejectAll(new CollaborationError({ code: "not_found", detail: ending.reason }));
    this.guard(() => this.handlers.ended?.(ending));
  }

  private rejectAll(error: CollaborationError): void {
    for (const { reject } of this.pending.values()) reject(error);
    this.pending.clear();
  }

  /** A browser does not say why a WebSocket was refused; the same question over HTTP does. */
  private async diagnose(): Promise<void> {
    try {
      await this.http.request("GET", this.path);
    } catch (error) {
      if (!isTransient(error)) throw error;
    }
  }

  /** A handler that fails must not break the chain of events. */
  private guard(work: () => void): void {
    try {
      work();
    } catch (error) {
      this.http.report(error);
    }
  }
}
