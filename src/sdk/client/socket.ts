import type { ClientFrame, ServerFrame } from "../../protocol/live.ts";
import { ping, privilegedHeader, privilegedSubprotocol, subprotocol } from "../../protocol/wire.ts";
import { type Ending, errorOfClose, needsNewToken } from "./ending.ts";
import { CollaborationError, isRefusal } from "./errors.ts";
import { Heartbeat } from "./heartbeat.ts";
import { type Http, tries } from "./http.ts";
import { backoffMs, pause, stopTimer } from "./waiting.ts";

export interface SocketHandlers {
  /** Query of the next connection: where to go on from. */
  query(): Record<string, string>;
  frame(frame: ServerFrame): void;
  /** The connection is there, or lost and being made again. */
  state(isConnected: boolean): void;
  /** It will not be made again. */
  ended(ending: Ending): void;
}

/** A connection that takes longer to open is given up. */
const openMs = 20_000;
/** A connection that lasted this long was a good one: after it the waiting begins anew. */
const steadyMs = 10_000;
/** Characters after which the server is told that they arrived. */
const acknowledgeAfter = 1_048_576;
const longestTimerMs = 2 ** 31 - 1;
const decoder = new TextDecoder();

/**
 * A WebSocket that stays: it connects again after a loss, waiting longer each time, brings a new token before the old one
 * runs out, notices silence, and tells the server what it has taken in.
 */
export class LiveSocket {
  private readonly http: Http;
  private readonly path: string;
  private readonly probe: string;
  private readonly handlers: SocketHandlers;
  private readonly stop = new AbortController();
  private socket: WebSocket | undefined;
  private token = "";
  private openedAt = 0;
  /** Connections lost or not made since the last good one. */
  private failures = 0;
  private received = 0;
  private readonly heartbeat = new Heartbeat(
    () => this.socket?.send(ping),
    () => this.renew(),
  );
  private renewal: ReturnType<typeof setTimeout> | undefined;

  /** @param probe an HTTP address that is refused for the same reasons as the socket, which itself does not tell them */
  constructor(http: Http, path: string, probe: string, handlers: SocketHandlers) {
    this.http = http;
    this.path = path;
    this.probe = probe;
    this.handlers = handlers;
    const { signal } = http;
    if (signal.aborted) this.stop.abort(signal.reason);
    signal.addEventListener("abort", () => this.close(signal.reason), { once: true, signal: this.signal });
  }

  /** Aborted once it has ended, from whichever side; the reason says why. */
  get signal(): AbortSignal {
    return this.stop.signal;
  }

  get isOpen(): boolean {
    return this.socket?.readyState === 1;
  }

  send(frame: ClientFrame): void {
    if (this.isOpen) this.socket?.send(JSON.stringify(frame));
  }

  /**
   * Makes the first connection.
   * @throws CollaborationError when it is refused, or the server cannot be reached by five tries; the provider's own error
   * when there is no token
   */
  async open(): Promise<void> {
    try {
      for (let attempt = 0; !(await this.connect()); attempt++) {
        const reason = await this.diagnose();
        if (isRefusal(reason) || attempt === tries - 1) throw reason;
        await pause(backoffMs(attempt), this.signal);
      }
    } catch (error) {
      this.stop.abort(error);
      throw error;
    }
  }

  /** Ends it from this side. */
  close(reason: unknown = new DOMException("The subscription was ended", "AbortError")): void {
    const { socket } = this;
    this.forget();
    this.stop.abort(reason);
    socket?.close(1000);
  }

  /** Drops the connection and makes a new one: after a gap or silence was noticed. */
  renew(): void {
    const { socket } = this;
    if (!socket) return;
    this.lost(this.waitMs());
    socket.close(1000);
  }

  /** One connection. @returns whether it came about */
  private async connect(): Promise<boolean> {
    const token = await this.http.credentials.get(this.signal);
    const { headers, WebSocket: WebSocketClass = WebSocket } = this.http.options;
    const url = this.http.urlOf(this.path, token, { frames: "bytes", ...this.handlers.query() });
    url.protocol = url.protocol.replace("http", "ws");
    const protocols = [subprotocol, await this.http.credentials.subprotocolOf(token, this.postAgain)];
    if (headers?.[privilegedHeader]) protocols.push(privilegedSubprotocol);
    const socket = new WebSocketClass(url.href, protocols);
    socket.binaryType = "arraybuffer";
    return new Promise((resolve) => {
      let isGivenUp = false;
      const settle = (isOpen: boolean) => {
        clearTimeout(timer);
        this.signal.removeEventListener("abort", giveUp);
        resolve(isOpen);
      };
      const giveUp = () => {
        isGivenUp = true;
        settle(false);
        socket.close(1000);
      };
      const timer = setTimeout(giveUp, openMs);
      this.signal.addEventListener("abort", giveUp, { once: true });
      socket.addEventListener("open", () => {
        if (isGivenUp) return socket.close(1000);
        settle(true);
        this.connected(socket, token);
      });
      socket.addEventListener("message", ({ data }) => this.take(socket, data as string | ArrayBuffer));
      // An error is always followed by a close, which says all there is to know.
      socket.addEventListener("error", () => undefined);
      socket.addEventListener("close", ({ code, reason }) => {
        settle(false);
        if (this.socket === socket) this.closed(code, reason);
      });
    });
  }

  private readonly postAgain = <Result>(path: string): Promise<Result> =>
    this.http.request<Result>("POST", path, { isRepeatable: true, signal: this.signal });

  private connected(socket: WebSocket, token: string): void {
    const old = this.socket;
    this.forget();
    this.socket = socket;
    this.token = token;
    this.openedAt = Date.now();
    this.received = 0;
    this.heartbeat.beat();
    const renewalMs = Math.min(longestTimerMs, this.http.credentials.renewalMs);
    this.renewal = setTimeout(() => void this.bringToken(socket), renewalMs);
    if (old) old.close(1000);
    else this.handlers.state(true);
  }

  private take(socket: WebSocket, data: string | ArrayBuffer): void {
    if (this.socket !== socket) return;
    this.received += typeof data === "string" ? data.length : data.byteLength;
    if (this.received >= acknowledgeAfter) {
      this.send({ type: "acknowledge", received: this.received });
      this.received = 0;
    }
    const frame = JSON.parse(typeof data === "string" ? data : decoder.decode(data)) as ServerFrame;
    if (frame.type === "pong") this.heartbeat.beat();
    this.handlers.frame(frame);
  }

  private closed(code: number, reason: string): void {
    const error = errorOfClose(code, reason);
    if (error) return this.end(code, error);
    if (needsNewToken(code)) this.http.credentials.forget(this.token);
    this.lost(this.waitMs());
  }

  /** There is nothing to go on with, so what still runs on the old credential ends now instead of a little later. */
  private refused(socket: WebSocket, error: CollaborationError): void {
    this.end(1008, error);
    socket.close(1000);
  }

  private end(code: number, error: CollaborationError): void {
    this.forget();
    this.stop.abort(error);
    this.handlers.state(false);
    this.handlers.ended({ code, reason: error.message, error });
  }

  private lost(waitMs: number): void {
    this.forget();
    this.handlers.state(false);
    void this.comeBack(waitMs);
  }

  /** How long to wait before the next try: hardly at all after a good connection, then longer each time. */
  private waitMs(): number {
    if (this.socket && Date.now() - this.openedAt >= steadyMs) this.failures = 0;
    const failures = this.failures++;
    return failures === 0 ? Math.random() * 200 : backoffMs(failures);
  }

  /** Tries until it succeeds, is refused, or is ended. A token provider that fails is asked again. */
  private async comeBack(firstWaitMs: number): Promise<void> {
    for (let waitMs = firstWaitMs; ; waitMs = this.waitMs()) {
      try {
        await pause(waitMs, this.signal);
        if (this.socket || (await this.connect())) return;
        throw await this.diagnose();
      } catch (error) {
        if (this.signal.aborted) return;
        if (isRefusal(error)) return this.end(1008, error);
        if (!(error instanceof CollaborationError)) this.http.report(error);
      }
    }
  }

  /** Why a connection could not be made: a browser does not say it of a WebSocket, but the same question over HTTP does. */
  private async diagnose(): Promise<unknown> {
    try {
      await this.http.request("GET", this.probe, { isRepeatable: false, signal: this.signal });
    } catch (error) {
      return error;
    }
    return new CollaborationError({
      code: "network",
      detail: "The server can be reached, but its WebSocket cannot be opened",
      nextStep: "Let WebSockets pass through the proxies on the way, and close sockets that are not needed.",
    });
  }

  /** Before the token runs out, a connection with a new one takes the place of this one, which works until then. */
  private async bringToken(socket: WebSocket): Promise<void> {
    for (let attempt = 0; this.socket === socket; attempt++) {
      try {
        if (await this.connect()) return;
      } catch (error) {
        if (this.signal.aborted) return;
        if (isRefusal(error)) return this.refused(socket, error);
        this.http.report(error);
      }
      await pause(backoffMs(attempt), this.signal).catch(() => undefined);
    }
  }

  private forget(): void {
    this.socket = undefined;
    this.heartbeat.stop();
    stopTimer(this.renewal);
  }
}
