import { WebSocket } from "ws";
import type { Conversation } from "../../../src/protocol/conversations.ts";
import type { ClientFrame, Event, ServerFrame } from "../../../src/protocol/live.ts";
import type { Message } from "../../../src/protocol/messages.ts";
import type { ProblemDocument } from "../../../src/protocol/problems.ts";
import { bearerSubprotocol, subprotocol } from "../../../src/protocol/wire.ts";

/** No answer came: nobody can tell whether it was done. */
export class Lost extends Error {}

/** The server said no. */
export class Refused extends Error {
  readonly problem: ProblemDocument;

  constructor(problem: ProblemDocument) {
    super(`${problem.status} ${problem.code}: ${problem.detail}`);
    this.problem = problem;
  }
}

/** Requests by hand, without the repeats of the SDK. */
export class Talker {
  readonly origin: string;
  readonly token: string;

  constructor(origin: string, token: string) {
    this.origin = origin;
    this.token = token;
  }

  async request<Result>(method: string, path: string, body?: unknown): Promise<Result> {
    const [status, text] = await this.answer(method, path, body);
    const value = (text === "" ? undefined : JSON.parse(text)) as Result;
    if (status < 300) return value;
    throw new Refused(value as ProblemDocument);
  }

  /** Every item of a list, page after page. */
  async all<Item>(path: string): Promise<Item[]> {
    const items: Item[] = [];
    for (let cursor: string | undefined = ""; cursor !== undefined; ) {
      const next: string = cursor === "" ? "" : `&cursor=${cursor}`;
      const page: { items: Item[]; cursor?: string } = await this.request(
        "GET",
        `${path}${path.includes("?") ? "&" : "?"}count=250${next}`,
      );
      items.push(...page.items);
      cursor = page.cursor;
    }
    return items;
  }

  /** Opens a socket. @param path below /api/v1 */
  line(path: string, hear: (frame: ServerFrame) => void = () => undefined, origin = this.origin): Promise<RawLine> {
    return RawLine.open(`${origin.replace("http", "ws")}/api/v1${path}`, this.token, hear);
  }

  /** The whole log of a conversation, by resuming from its beginning. */
  async log(conversation: string): Promise<Event[]> {
    const { epoch } = await this.request<Conversation>("GET", `/conversations/${conversation}`);
    const events: Event[] = [];
    let finish: (frame: ServerFrame) => void = () => undefined;
    const finished = new Promise<ServerFrame>((resolve) => {
      finish = resolve;
    });
    const line = await this.line(`/conversations/${conversation}/live?epoch=${epoch}&n=0`, (frame) => {
      if (frame.type === "events") events.push(...frame.events);
      if (frame.type === "caughtUp" || frame.type === "reload") finish(frame);
    });
    const last = await Promise.race([finished, line.ended]);
    line.close();
    if (!("type" in last) || last.type !== "caughtUp") throw new Error(`No whole log came: ${JSON.stringify(last)}`);
    return events;
  }

  private async answer(method: string, path: string, body: unknown): Promise<[status: number, text: string]> {
    try {
      const answer = await fetch(`${this.origin}/api/v1${path}`, {
        method,
        headers: {
          authorization: `Bearer ${this.token}`,
          ...(body !== undefined && { "content-type": "application/json" }),
        },
        ...(body !== undefined && { body: JSON.stringify(body) }),
      });
      return [answer.status, await answer.text()];
    } catch (error) {
      throw new Lost(`${method} ${path}`, { cause: error });
    }
  }
}

const acknowledgeAfter = 1_048_576;

/** A socket as a client by hand would use it: it acknowledges what arrives and asks with names of its own. */
export class RawLine {
  readonly socket: WebSocket;
  readonly ended: Promise<{ code: number; reason: string }>;
  private readonly hear: (frame: ServerFrame) => void;
  private readonly asked = new Map<string, { resolve(message: Message): void; reject(error: Error): void }>();
  private requests = 0;
  private received = 0;

  private constructor(socket: WebSocket, hear: (frame: ServerFrame) => void) {
    this.socket = socket;
    this.hear = hear;
    socket.on("message", (data: Buffer) => this.take(data));
    socket.on("error", () => undefined);
    this.ended = new Promise((resolve) => {
      socket.on("close", (code, reason) => {
        for (const { reject } of this.asked.values()) reject(new Lost("The socket closed before the answer"));
        this.asked.clear();
        resolve({ code, reason: reason.toString() });
      });
    });
  }

  /** @throws Lost when no connection comes about */
  static open(url: string, token: string, hear: (frame: ServerFrame) => void): Promise<RawLine> {
    const socket = new WebSocket(url, [subprotocol, bearerSubprotocol + token], { perMessageDeflate: false });
    const line = new RawLine(socket, hear);
    return new Promise((resolve, reject) => {
      socket.once("open", () => resolve(line));
      socket.once("error", (error) => reject(new Lost(error.message)));
      socket.once("close", (code) => reject(new Lost(`closed with ${code}`)));
    });
  }

  /** Sends a request and resolves with its answer. @throws Lost, Refused */
  ask(frame: WithoutRequest<Extract<ClientFrame, { request: string }>>): Promise<Message> {
    const request = String(++this.requests);
    return new Promise((resolve, reject) => {
      if (this.socket.readyState !== WebSocket.OPEN) return reject(new Lost("The socket is closed"));
      this.asked.set(request, { resolve, reject });
      this.socket.send(JSON.stringify({ ...frame, request }));
    });
  }

  close(): void {
    this.socket.close(1000);
  }

  private take(data: Buffer): void {
    this.received += data.length;
    if (this.received > acknowledgeAfter) {
      this.socket.send(JSON.stringify({ type: "acknowledge", received: this.received }));
      this.received = 0;
    }
    const frame = JSON.parse(data.toString()) as ServerFrame;
    if (frame.type === "answer") this.answered(frame.request, (asked) => asked.resolve(frame.message as Message));
    else if (frame.type === "problem" && frame.request !== undefined)
      this.answered(frame.request, (asked) => asked.reject(new Refused(frame.problem as ProblemDocument)));
    this.hear(frame);
  }

  private answered(
    request: string,
    settle: (asked: { resolve(message: Message): void; reject(error: Error): void }) => void,
  ): void {
    const asked = this.asked.get(request);
    this.asked.delete(request);
    if (asked) settle(asked);
  }
}

type WithoutRequest<Frame> = Frame extends unknown ? Omit<Frame, "request"> : never;
