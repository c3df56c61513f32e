import type { ServerFrame } from "../../protocol/live.ts";
import { CollaborationError, type Failure, isTransient } from "./errors.ts";
import type { Http } from "./http.ts";
import { type Ending, LiveSocket } from "./socket.ts";

type Frame<Type extends ServerFrame["type"]> = Extract<ServerFrame, { type: Type }>;

/** What the user's inbox tells: for lists, counters and the notification centre. Every handler is optional. */
export interface InboxHandlers {
  /** New messages; `notify` when the user asked to hear of them. */
  activity?(frame: Frame<"activity">): void;
  joined?(frame: Frame<"joined">): void;
  left?(frame: Frame<"left">): void;
  /** Read on another device, or on this one. */
  read?(frame: Frame<"read">): void;
  settings?(frame: Frame<"settings">): void;
  doNotDisturb?(frame: Frame<"doNotDisturb">): void;
  /** Connected: load lists and notifications now, what comes after is told. */
  connected?(): void;
  state?(isConnected: boolean): void;
  ended?(ending: Ending): void;
}

const markAfterMs = 10_000;

/** The user's notifications, live. It is not resumed: after each connection the lists are loaded anew. */
export class Inbox {
  private readonly http: Http;
  private readonly handlers: InboxHandlers;
  private readonly socket: LiveSocket;
  private readonly markers = new Map<string, number>();
  private timer: ReturnType<typeof setTimeout> | undefined;

  constructor(http: Http, handlers: InboxHandlers) {
    this.http = http;
    this.handlers = handlers;
    this.socket = new LiveSocket(http, "/live", {
      query: () => ({}),
      frame: (frame) => this.take(frame),
      state: (isConnected) => this.handlers.state?.(isConnected),
      ended: (ending) => this.handlers.ended?.(ending),
      diagnose: () => this.diagnose(),
    });
  }

  open(): Promise<void> {
    return this.socket.open();
  }

  /** Ends it, after telling what was read. */
  close(): void {
    this.flush();
    this.socket.close();
  }

  /**
   * The user has read up to this message ordinal. Told to the server at most every ten seconds, because a marker is the
   * dearest thing a reader does; call {@link flush} when the user looks away.
   */
  markRead(conversationId: string, m: number): void {
    this.markers.set(conversationId, Math.max(m, this.markers.get(conversationId) ?? 0));
    this.timer ??= setTimeout(() => this.flush(), markAfterMs);
  }

  /** Tells what was read now. */
  flush(): void {
    if (this.timer !== undefined) clearTimeout(this.timer);
    this.timer = undefined;
    if (!this.socket.isOpen) return;
    for (const [conversationId, m] of this.markers) this.socket.send({ type: "read", conversationId, m });
    this.markers.clear();
  }

  private take(frame: ServerFrame): void {
    try {
      if (frame.type === "welcome") {
        this.flush();
        this.handlers.connected?.();
        this.handlers.doNotDisturb?.({ type: "doNotDisturb", doNotDisturb: frame.doNotDisturb });
      } else if (frame.type === "problem") {
        this.http.report(new CollaborationError(frame.problem as Failure));
      } else {
        const handler = this.handlers[frame.type as keyof InboxHandlers] as ((frame: ServerFrame) => void) | undefined;
        handler?.call(this.handlers, frame);
      }
    } catch (error) {
      this.http.report(error);
    }
  }

  private async diagnose(): Promise<void> {
    try {
      await this.http.request("GET", "/do-not-disturb");
    } catch (error) {
      if (!isTransient(error)) throw error;
    }
  }
}
