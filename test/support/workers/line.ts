import { subprotocol } from "../../../src/protocol/wire.ts";
import { door, origin } from "./door.ts";

// biome-ignore lint/suspicious/noExplicitAny: tests look into frames of every shape
type Frame = any;

const decoder = new TextDecoder();

/** An open WebSocket as a test sees it: what came, what comes next, how it ended. */
export class Line {
  readonly socket: WebSocket;
  readonly frames: Frame[] = [];
  closed: { code: number; reason: string } | undefined;
  private taken = 0;
  private waiting: (() => void)[] = [];

  constructor(socket: WebSocket) {
    this.socket = socket;
    socket.binaryType = "arraybuffer";
    socket.addEventListener("message", ({ data }) => {
      this.frames.push(JSON.parse(typeof data === "string" ? data : decoder.decode(data as ArrayBuffer)));
      this.wake();
    });
    socket.addEventListener("close", ({ code, reason }) => {
      this.closed = { code, reason };
      this.wake();
    });
    socket.accept();
  }

  send(frame: unknown): void {
    this.socket.send(typeof frame === "string" ? frame : JSON.stringify(frame));
  }

  /** The next frame not taken yet, of a type if one is given; frames before it are passed over. */
  async next(type?: string): Promise<Frame> {
    for (;;) {
      while (this.taken < this.frames.length) {
        const frame = this.frames[this.taken++];
        if (type === undefined || frame.type === type) return frame;
      }
      if (this.closed)
        throw new Error(
          `The socket closed with ${this.closed.code} ${this.closed.reason} before ${type ?? "a frame"} came`,
        );
      await this.change();
    }
  }

  /** The next numbered event, of a type if one is given. */
  async event(type?: string): Promise<Frame> {
    for (;;) {
      const event = this.pendingEvents.shift() ?? (await this.moreEvents());
      if (event && (type === undefined || event.type === type)) return event;
    }
  }

  /** Resolves with the way it ended. */
  async end(): Promise<{ code: number; reason: string }> {
    while (!this.closed) await this.change();
    return this.closed;
  }

  close(): void {
    if (!this.closed) this.socket.close(1000, "done");
  }

  /** Every event so far. */
  get events(): Frame[] {
    return this.frames.filter(({ type }) => type === "events").flatMap(({ events }) => events);
  }

  private readonly pendingEvents: Frame[] = [];

  private async moreEvents(): Promise<Frame | undefined> {
    const { events } = await this.next("events");
    this.pendingEvents.push(...events);
    return this.pendingEvents.shift();
  }

  private change(): Promise<void> {
    return new Promise((resolve) => this.waiting.push(resolve));
  }

  private wake(): void {
    const waiting = this.waiting;
    this.waiting = [];
    for (const resolve of waiting) resolve();
  }
}

/** Connects; a refusal is returned as the problem that it carries. */
export async function connectLine(
  path: string,
  token: string,
  headers: Record<string, string> = {},
): Promise<{ line?: Line; status: number; problem?: { code: string; detail: string } }> {
  const answer = await door(`${origin}/api/v1${path}`, {
    headers: { upgrade: "websocket", "sec-websocket-protocol": `${subprotocol}, bearer.${token}`, ...headers },
  });
  const socket = (answer as Response & { webSocket: WebSocket | null }).webSocket;
  if (socket) return { line: new Line(socket), status: 101 };
  return { status: answer.status, problem: await answer.json() };
}
