import type { ServerFrame } from "../../protocol/live.ts";
import type { Ending } from "./ending.ts";
import { CollaborationError, type Failure } from "./errors.ts";
import type { Http } from "./http.ts";
import { LiveSocket } from "./socket.ts";
import { stopTimer } from "./waiting.ts";

type Frame<Type extends ServerFrame["type"]> = Extract<ServerFrame, { type: Type }>;

/** What the user's inbox tells: for lists, counters and the notification centre. Every handler is optional. */
export interface InboxHandlers {
  /** New messages; `notify` when the user asked to hear of them. */
  activity?(frame: Frame<"activity">): unknown;
  joined?(frame: Frame<"joined">): unknown;
  left?(frame: Frame<"left">): unknown;
  /** Read on another device, or on this one. */
  read?(frame: Frame<"read">): unknown;
  settings?(frame: Frame<"settings">): unknown;
  doNotDisturb?(frame: Frame<"doNotDisturb">): unknown;
  /** Connected: load lists and notifications now, what comes after is told. */
  connected?(): unknown;
  state?(isConnected: boolean): unknown;
  ended?(ending: Ending): unknown;
}

const markAfterMs = 10_000;

/**
 * The user's notifications, live. It is not resumed: after each connection the lists are loaded anew. Made by `openInbox`.
 */
export class Inbox {
  private readonly http: Http;
  private readonly handlers: InboxHandlers;
  private readonly socket: LiveSocket;
  private readonly markers = new Map<string, number>();
  private timer: ReturnType<typeof setTimeout> | undefined;

  constructor(http: Http, handlers: InboxHandlers) {
    this.http = http;
    this.handlers = handlers;
    this.socket = new LiveSocket(http, "/live", "/do-not-disturb", {
      query: () => ({}),
      frame: (frame) => this.take(frame),
      state: (isConnected) => http.guard(() => handlers.state?.(isConnected)),
      ended: (ending) => http.guard(() => handlers.ended?.(ending)),
    });
    this.socket.signal.addEventListener("abort", () => stopTimer(this.timer), { once: true });
  }

  /** Resolves when it is connected. Called once, by whoever made it. @throws CollaborationError when it is refused */
  open(): Promise<void> {
    return this.socket.open();
  }

  /** Ends it, after telling what was read. @example inbox.close(); */
  close(): void {
    this.flush();
    this.socket.close();
  }

  /**
   * The user has read up to this message ordinal. Told to the server at most every ten seconds, because a marker is the
   * dearest thing a reader does; call {@link flush} when the user looks away.
   * @example inbox.markRead(message.conversationId, message.m);
   */
  markRead(conversationId: string, m: number): void {
    this.markers.set(conversationId, Math.max(m, this.markers.get(conversationId) ?? 0));
    this.timer ??= setTimeout(() => this.flush(), markAfterMs);
  }

  /**
   * Tells what was read now. Without a connection it waits for the next one.
   * @example document.addEventListener("visibilitychange", () => inbox.flush());
   */
  flush(): void {
    stopTimer(this.timer);
    this.timer = undefined;
    if (!this.socket.isOpen) return;
    for (const [conversationId, m] of this.markers) this.socket.send({ type: "read", conversationId, m });
    this.markers.clear();
  }

  private take(frame: ServerFrame): void {
    const { handlers } = this;
    if (frame.type === "welcome") {
      this.flush();
      this.http.guard(() => handlers.connected?.());
      const { doNotDisturb } = frame;
      this.http.guard(() => handlers.doNotDisturb?.({ type: "doNotDisturb", doNotDisturb }));
    } else if (frame.type === "problem") {
      this.http.report(new CollaborationError(frame.problem as Failure));
    } else {
      const handler = handlers[frame.type as keyof InboxHandlers] as ((frame: ServerFrame) => unknown) | undefined;
      this.http.guard(() => handler?.call(handlers, frame));
    }
  }
}
