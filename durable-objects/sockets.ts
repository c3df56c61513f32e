import type { Caller } from "../src/protocol/actors.ts";
import { limits } from "../src/protocol/limits.ts";
import { type CloseName, closeCodes, ping } from "../src/protocol/wire.ts";

/** What survives hibernation with a socket. */
interface Attachment {
  caller: Caller;
  /** The user's inbox has let this socket in; until then it hears nothing. */
  admitted: boolean;
  /** Takes frames for many as UTF-8 bytes, see {@link Frame}. */
  bytes: boolean;
}

/** A socket at hand. */
export interface Live extends Attachment {
  socket: WebSocket;
  /** Milliseconds after which nothing more is sent, and why. */
  until: number;
  ends: CloseName;
  /** Characters or bytes sent and not acknowledged; counted anew after each wake. */
  unacknowledged: number;
  /** Frames that were not valid, since the object woke. */
  badFrames: number;
  /** When this one last said that its user is writing, in milliseconds. */
  typedAt?: number;
  /** Ordinal up to which this one said that its user has read, and when that was told last. */
  readTo?: number;
  readAt?: number;
  /** The frame that those behind it wait for. */
  before?: Promise<void>;
}

const badFramesAllowed = 20;
const encoder = new TextEncoder();

/** A frame for many sockets: encoded once, where text would be encoded anew for each of them. */
export class Frame {
  readonly text: string;
  private encoded: Uint8Array | undefined;

  constructor(text: string) {
    this.text = text;
  }

  get bytes(): Uint8Array {
    this.encoded ??= encoder.encode(this.text);
    return this.encoded;
  }
}

/**
 * The sockets of one object. They outlive its sleep: who they belong to is attached to them, and the list is built again
 * when it wakes.
 */
export class Sockets {
  private readonly ctx: DurableObjectState;
  private readonly live = new Map<WebSocket, Live>();

  constructor(ctx: DurableObjectState) {
    this.ctx = ctx;
    for (const socket of ctx.getWebSockets()) {
      const attachment = socket.deserializeAttachment() as Attachment | null;
      if (attachment) this.live.set(socket, liveFrom(socket, attachment));
    }
  }

  get size(): number {
    return this.live.size;
  }

  /** Every socket that may hear, for the fan-out. */
  all(): Iterable<Live> {
    return this.live.values();
  }

  of(socket: WebSocket): Live | undefined {
    return this.live.get(socket);
  }

  /** How many sockets this person has here. */
  countOf(tag: string): number {
    return this.ctx.getWebSockets(tag).length;
  }

  tagged(tag: string): Live[] {
    return this.ctx.getWebSockets(tag).flatMap((socket) => this.live.get(socket) ?? []);
  }

  /** Takes a new socket in; it hears nothing before {@link admit}. @returns the client's end, and ours */
  accept(caller: Caller, tag: string, bytes: boolean): { client: WebSocket; live: Live } {
    const { 0: client, 1: server } = new WebSocketPair();
    this.ctx.acceptWebSocket(server, [tag]);
    const live = liveFrom(server, { caller, admitted: false, bytes });
    this.live.set(server, live);
    return { client, live };
  }

  admit(live: Live): void {
    live.admitted = true;
    const { caller, bytes } = live;
    live.socket.serializeAttachment({ caller, bytes, admitted: true } satisfies Attachment);
  }

  /** Sends one frame to every socket. The hot loop of the product: everything a socket needs is at hand, in one place. */
  sendAll(text: string): void {
    const frame = new Frame(text);
    const now = Date.now();
    for (const live of this.live.values()) {
      if (now < live.until && live.unacknowledged <= limits.unacknowledged) {
        const data = live.bytes ? frame.bytes : text;
        if (live.admitted) this.push(live, data);
      } else this.send(live, frame, now);
    }
  }

  /** Sends one frame, unless the socket's time is over, it does not read, or it is gone. */
  send(live: Live, frame: Frame | string, now = Date.now()): void {
    if (!live.admitted) return;
    if (now >= live.until) return this.drop(live, live.ends);
    if (live.unacknowledged > limits.unacknowledged) return this.drop(live, "slowReader");
    this.push(live, typeof frame === "string" ? frame : live.bytes ? frame.bytes : frame.text);
  }

  private push(live: Live, data: string | Uint8Array): void {
    try {
      live.socket.send(data);
      live.unacknowledged += data.length;
    } catch {
      this.live.delete(live.socket);
    }
  }

  /** Counts a frame that was not valid; too many of them end the socket. */
  countBadFrame(live: Live): void {
    live.badFrames++;
    if (live.badFrames > badFramesAllowed) this.drop(live, "badFrames");
  }

  acknowledge(live: Live, received: number): void {
    live.unacknowledged = Math.max(0, live.unacknowledged - received);
  }

  /** Ends a socket with a code that tells the client what to do next. */
  drop(live: Live, name: CloseName): void {
    this.live.delete(live.socket);
    const { code, reason } = closeCodes[name];
    try {
      live.socket.close(code, reason);
    } catch {
      // It is closed already.
    }
  }

  /** Ends the sockets of one person, or of everybody; those with credentials made since `validFrom` stay (0: none stay). */
  cut(tag: string | null, name: CloseName, validFrom = 0): void {
    // The same millisecond counts as older: to close one too many costs a reconnection, to leave one open is a hole.
    for (const live of tag === null ? [...this.live.values()] : this.tagged(tag))
      if (validFrom === 0 || live.caller.issuedAt * 1000 < validFrom + 1) this.drop(live, name);
  }

  /** The other side closed. Without an answer of ours the client would wait ten seconds and then see 1006. */
  closed(socket: WebSocket, code: number): void {
    this.live.delete(socket);
    const answerable = code === 1000 || (code >= 3000 && code <= 4999);
    try {
      socket.close(answerable ? code : 1000);
    } catch {
      // It is closed already.
    }
  }

  /** Answers pings without waking the object, with the latest number, so that a client notices what it missed. */
  answerPings(n?: number): void {
    const pong = n === undefined ? '{"type":"pong"}' : `{"type":"pong","n":${n}}`;
    this.ctx.setWebSocketAutoResponse(new WebSocketRequestResponsePair(ping, pong));
  }
}

function liveFrom(socket: WebSocket, attachment: Attachment): Live {
  const { expiresAt, read } = attachment.caller;
  const expires = expiresAt * 1000;
  const readEnds = read !== undefined && read.until < expires;
  return {
    ...attachment,
    socket,
    until: readEnds ? read.until : expires,
    ends: readEnds ? "readExpired" : "tokenExpired",
    unacknowledged: 0,
    badFrames: 0,
  };
}
