import type { ClientFrame, ServerFrame } from "../../protocol/live.ts";
import { bearerSubprotocol, closeCodes, ping, subprotocol } from "../../protocol/wire.ts";
import { backoffMs, type Http, pause } from "./http.ts";

/** Why a socket of ours ended for good. */
export interface Ending {
  code: number;
  reason: string;
}

export interface SocketHandlers {
  /** Query of the next connection: where to go on from. */
  query(): Record<string, string>;
  frame(frame: ServerFrame): void;
  /** The connection is there, or lost and being made again. */
  state(isConnected: boolean): void;
  /** It will not be made again. */
  ended(ending: Ending): void;
  /** A connection could not be made: throws when trying again is in vain. */
  diagnose(): Promise<void>;
}

const heartbeatMs = 25_000;
const answerMs = 10_000;
/** Characters after which the server is told that they arrived. */
const acknowledgeAfter = 1_048_576;
const decoder = new TextDecoder();
const longestTimerMs = 2 ** 31 - 1;

const isFinal = (code: number): boolean =>
  Object.values(closeCodes).some((known) => known.code === code && !known.resumable);
const needsNewToken = (code: number): boolean =>
  code === closeCodes.tokenExpired.code || code === closeCodes.credentialsChanged.code;

const stopTimer = (timer: ReturnType<typeof setTimeout> | undefined): void => {
  if (timer !== undefined) clearTimeout(timer);
};

/**
 * A WebSocket that stays: it connects again after a loss, waiting longer each time, brings a new token before the old one
 * runs out, notices silence, and tells the server what it has taken in.
 */
export class LiveSocket {
  private readonly http: Http;
  private readonly path: string;
  private readonly handlers: SocketHandlers;
  private readonly stop = new AbortController();
  private socket: WebSocket | undefined;
  private attempt = 0;
  private received = 0;
  private heartbeat: ReturnType<typeof setTimeout> | undefined;
  private renewal: ReturnType<typeof setTimeout> | undefined;

  constructor(http: Http, path: string, handlers: SocketHandlers) {
    this.http = http;
    this.path = path;
    this.handlers = handlers;
    http.signal.addEventListener("abort", () => this.close(), { once: true, signal: this.stop.signal });
  }

  get isOpen(): boolean {
    return this.socket?.readyState === 1;
  }

  send(frame: ClientFrame): void {
    if (this.isOpen) this.socket?.send(JSON.stringify(frame));
  }

  /** Makes the first connection. @throws CollaborationError when it is refused for good */
  async open(): Promise<void> {
    while (!(await this.connect())) {
      this.stop.signal.throwIfAborted();
      await this.handlers.diagnose();
      await pause(backoffMs(this.attempt++), this.stop.signal);
    }
  }

  /** Ends it from this side. */
  close(): void {
    const socket = this.socket;
    this.forget();
    this.stop.abort(new DOMException("The subscription was ended", "AbortError"));
    socket?.close(1000);
  }

  /** Drops the connection and makes a new one at once: after a gap or silence was noticed, or for a new token. */
  renew(): void {
    const socket = this.socket;
    if (!socket) return;
    this.lost(0);
    socket.close(1000);
  }

  /** One connection. @returns whether it came about */
  private async connect(): Promise<boolean> {
    const { signal } = this.stop;
    const token = await this.http.tokens.get(signal);
    const url = new URL(`/api/v1${this.path}`, (await this.http.origin()).replace(/^http/, "ws"));
    for (const [name, value] of Object.entries({ frames: "bytes", ...this.handlers.query() }))
      url.searchParams.set(name, value);
    const WebSocketClass = this.http.options.WebSocket ?? WebSocket;
    const socket = new WebSocketClass(url.href, [subprotocol, bearerSubprotocol + token]);
    socket.binaryType = "arraybuffer";
    return new Promise((resolve) => {
      const abandon = () => socket.close(1000);
      signal.addEventListener("abort", abandon, { once: true });
      socket.addEventListener("open", () => {
        this.connected(socket);
        resolve(true);
      });
      socket.addEventListener("message", ({ data }) => this.take(socket, data as string | ArrayBuffer));
      // An error is always followed by a close, which says all there is to know.
      socket.addEventListener("error", () => undefined);
      socket.addEventListener("close", ({ code, reason }) => {
        signal.removeEventListener("abort", abandon);
        if (this.socket === socket) this.closed(code, reason);
        resolve(false);
      });
    });
  }

  private connected(socket: WebSocket): void {
    if (this.stop.signal.aborted) return;
    this.socket = socket;
    this.received = 0;
    this.beatLater();
    this.renewal = setTimeout(
      () => this.renew(),
      Math.min(longestTimerMs, this.http.tokens.restMs + Math.random() * 5_000),
    );
    this.handlers.state(true);
  }

  private take(socket: WebSocket, data: string | ArrayBuffer): void {
    if (this.socket !== socket) return;
    this.received += typeof data === "string" ? data.length : data.byteLength;
    if (this.received >= acknowledgeAfter) {
      this.send({ type: "acknowledge", received: this.received });
      this.received = 0;
    }
    const frame = JSON.parse(typeof data === "string" ? data : decoder.decode(data)) as ServerFrame;
    if (frame.type === "pong") this.beatLater();
    else this.attempt = 0;
    this.handlers.frame(frame);
  }

  private closed(code: number, reason: string): void {
    if (isFinal(code)) return this.end({ code, reason });
    if (needsNewToken(code)) this.http.tokens.forget();
    this.lost(Math.random() * 200);
  }

  private end(ending: Ending): void {
    this.forget();
    this.stop.abort();
    this.handlers.state(false);
    this.handlers.ended(ending);
  }

  private lost(waitMs: number): void {
    this.forget();
    this.handlers.state(false);
    void this.comeBack(waitMs);
  }

  /** Tries until it succeeds, is told that it is in vain, or is ended. A token provider that fails is asked again. */
  private async comeBack(waitMs: number): Promise<void> {
    const { signal } = this.stop;
    for (let wait = waitMs; !signal.aborted; wait = backoffMs(this.attempt++)) {
      try {
        await pause(wait, signal);
        if (await this.connect()) return;
      } catch (error) {
        if (!signal.aborted) this.http.report(error);
        continue;
      }
      try {
        await this.handlers.diagnose();
      } catch (error) {
        if (!signal.aborted) this.end({ code: 1008, reason: error instanceof Error ? error.message : String(error) });
      }
    }
  }

  /** A connection that only looks alive is noticed: the next answer is due within seconds of the next question. */
  private beatLater(): void {
    stopTimer(this.heartbeat);
    this.heartbeat = setTimeout(() => {
      this.socket?.send(ping);
      this.heartbeat = setTimeout(() => this.renew(), answerMs);
    }, heartbeatMs);
  }

  private forget(): void {
    this.socket = undefined;
    stopTimer(this.heartbeat);
    stopTimer(this.renewal);
  }
}
