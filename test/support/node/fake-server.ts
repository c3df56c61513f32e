import type { Conversation } from "../../../src/protocol/conversations.ts";
import type { ServerFrame } from "../../../src/protocol/live.ts";

/** The client's end of a WebSocket whose other end is the test. */
export class FakeSocket extends EventTarget {
  readonly url: URL;
  readonly protocols: string[];
  readonly sent: string[] = [];
  readyState = 0;
  binaryType = "blob";
  /** The code with which the client closed it. */
  closedWith: number | undefined;

  constructor(url: string, protocols: string[]) {
    super();
    this.url = new URL(url);
    this.protocols = protocols;
  }

  send(data: string): void {
    this.sent.push(data);
  }

  close(code = 1005): void {
    if (this.readyState >= 2) return;
    this.closedWith = code;
    this.readyState = 2;
    queueMicrotask(() => this.end(this.closedWith ?? code));
  }

  /** The server lets the client in. */
  open(): void {
    this.readyState = 1;
    this.dispatchEvent(new Event("open"));
  }

  /** The server says something. */
  say(frame: ServerFrame): void {
    if (this.readyState === 1) this.dispatchEvent(Object.assign(new Event("message"), { data: JSON.stringify(frame) }));
  }

  /** The connection ends, from the server's side or on the way. */
  end(code: number, reason = ""): void {
    if (this.readyState === 3) return;
    this.readyState = 3;
    this.dispatchEvent(Object.assign(new Event("close"), { code, reason }));
  }
}

const conversation = {
  id: "0123456789abcdefghjkmnpqrs",
  title: "Склад",
  members: [],
  memberCount: 0,
  epoch: "эпоха",
} as unknown as Conversation;

/** A server of which the test decides when it lets somebody in, what it says and when it is gone. */
export class FakeServer {
  readonly sockets: FakeSocket[] = [];
  /** Milliseconds on the test's clock at which connections were tried. */
  readonly tried: number[] = [];
  /** What happens to a connection that is tried. */
  meets: "open" | "refuse" | "silence" = "open";
  /** What an HTTP request gets; an error = no answer. */
  answer: () => Response = () => Response.json({});
  n = 0;

  /** For `connect`. */
  readonly options: { fetch: typeof fetch; WebSocket: typeof WebSocket };

  constructor() {
    const server = this;
    this.options = {
      fetch: async () => server.answer(),
      WebSocket: class extends FakeSocket {
        constructor(url: string, protocols: string[]) {
          super(url, protocols);
          server.meet(this);
        }
      } as unknown as typeof WebSocket,
    };
  }

  /** The latest connection. */
  get socket(): FakeSocket {
    return this.sockets.at(-1) as FakeSocket;
  }

  /** Something happens in the conversation and is told on the latest connection. */
  tell(title = `Событие ${this.n + 1}`): void {
    this.n++;
    this.socket.say({ type: "events", events: [{ type: "title", n: this.n, title }] });
  }

  /** It goes down: nothing is answered any more. */
  down(): void {
    this.meets = "refuse";
    this.answer = () => {
      throw new TypeError("fetch failed");
    };
    this.socket.end(1006);
  }

  up(): void {
    this.meets = "open";
    this.answer = () => Response.json({});
  }

  private meet(socket: FakeSocket): void {
    this.sockets.push(socket);
    this.tried.push(Date.now());
    if (this.meets === "silence") return;
    queueMicrotask(() => {
      if (this.meets === "refuse") return socket.end(1006);
      socket.open();
      socket.say({ type: "hello", protocol: 1, conversation: { ...conversation, n: this.n } });
    });
  }
}

/** A token as the SDK looks at it: nobody checks its signature. */
export function fakeToken(lifeSeconds = 3_600, name = "1"): string {
  const iat = Date.now() / 1000;
  const claims = { iat, exp: iat + lifeSeconds, aud: "https://beseda.test", name };
  return `header.${btoa(JSON.stringify(claims))}.${name}`;
}
