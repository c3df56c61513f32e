import { io, type Socket } from "socket.io-client";
import { WebSocket } from "ws";
import type { Ground } from "./ground.ts";
import type { System } from "./systems.ts";

/** One delivery system as the clients see it. */
export interface Candidate {
  name: string;
  system: System;
  /** Opens the sockets of N users. */
  open(count: number): Promise<Crowd>;
}

export interface Crowd {
  /** Sends message number `i`; `stored` is called when it is durable. */
  send(i: number, stored: () => void): void;
  /** Is told of every message number that a socket received. */
  heard: (i: number) => void;
  close(): Promise<void>;
}

/** The sender is one of the crowd, in the middle of it: neither served first nor last. */
const senderOf = (count: number): number => Math.floor(count / 2);

const body = (i: number): string =>
  JSON.stringify({ i, text: "Накладная 1041: двенадцать коробок, ворота 3. ".padEnd(60, ".") });
const numberOf = (text: string): number => Number(/"i\\?":(\d+)/.exec(text)?.[1] ?? -1);

/** The number in a plain body, or in an event that carries it as its text. */
const numberIn = (event: { i?: number; message?: { text: string } }): number =>
  event.i ?? numberOf(event.message?.text ?? "");

/** Reads frames of sockets that mostly hear the same bytes: equal frames are parsed once and counted for each socket. */
export class Reader<Content> {
  private last: Buffer = Buffer.alloc(0);
  private content: Content | undefined;
  private readonly parse: (text: string) => Content;

  constructor(parse: (text: string) => Content) {
    this.parse = parse;
  }

  read(data: Buffer): Content {
    if (this.content === undefined || data.length !== this.last.length || !data.equals(this.last)) {
      this.content = this.parse(data.toString("utf8"));
      this.last = Buffer.from(data);
    }
    return this.content;
  }
}

export const openSocket = (url: string, protocols: string[] = []): Promise<WebSocket> =>
  new Promise((resolve, reject) => {
    const socket = new WebSocket(url, protocols, { perMessageDeflate: false, skipUTF8Validation: true });
    socket.once("open", () => resolve(socket));
    socket.once("error", reject);
  });

export async function connectAll<Value>(count: number, one: (index: number) => Promise<Value>): Promise<Value[]> {
  const all: Value[] = [];
  for (let i = 0; i < count; i += 20) {
    all.push(...(await Promise.all(Array.from({ length: Math.min(20, count - i) }, (_, k) => one(i + k)))));
  }
  return all;
}

export const closeAll = (sockets: WebSocket[]): Promise<unknown> =>
  Promise.all(
    sockets.map(
      (socket) =>
        new Promise((resolve) => {
          socket.once("close", resolve);
          socket.close();
        }),
    ),
  );

/** Systems that echo a message as it was sent, alone or in a list. */
export function plain(name: string, system: System, url: string): Candidate {
  return {
    name,
    system,
    open: async (count) => {
      const waiting = new Map<number, () => void>();
      const crowd: Crowd = { send: () => undefined, heard: () => undefined, close: async () => undefined };
      const reader = new Reader((text) => [JSON.parse(text)].flat().map(numberIn));
      const sockets = await connectAll(count, async (index) => {
        const socket = await openSocket(url);
        socket.on("message", (data: Buffer) => {
          for (const i of reader.read(data)) {
            crowd.heard(i);
            // The sender's own copy is its answer: it left after the row was durable.
            if (index === senderOf(count)) waiting.get(i)?.();
          }
        });
        return socket;
      });
      crowd.send = (i, stored) => {
        waiting.set(i, stored);
        sockets[senderOf(count)]?.send(body(i));
      };
      crowd.close = async () => void (await closeAll(sockets));
      return crowd;
    },
  };
}

export function socketio(system: System, url: string): Candidate {
  return {
    name: "socketio-sqlite",
    system,
    open: async (count) => {
      const waiting = new Map<number, () => void>();
      const crowd: Crowd = { send: () => undefined, heard: () => undefined, close: async () => undefined };
      const sockets = await connectAll(
        count,
        (index) =>
          new Promise<Socket>((resolve) => {
            const socket = io(url, { transports: ["websocket"], forceNew: true });
            socket.on("m", (text: string) => {
              const i = numberIn(JSON.parse(text));
              crowd.heard(i);
              if (index === senderOf(count)) waiting.get(i)?.();
            });
            socket.once("connect", () => resolve(socket));
          }),
      );
      crowd.send = (i, stored) => {
        waiting.set(i, stored);
        sockets[senderOf(count)]?.emit("m", body(i));
      };
      crowd.close = async () => {
        for (const socket of sockets) socket.disconnect();
      };
      return crowd;
    },
  };
}

/** The product: a group of N distinct members, all watching; posts and events through the conversation's socket. */
export function beseda(system: System, ground: Ground): Candidate {
  return {
    name: "beseda",
    system,
    open: async (count) => {
      const members = ground.users.slice(0, count);
      const owner = ground.application.connectAs(members[0]?.id ?? "");
      const conversation = await owner
        .createConversation({ title: `Склад ${count}`, members: members.map(({ id }) => id) })
        .write();
      owner.close();
      const url = `${ground.origin.replace("http", "ws")}/api/v1/conversations/${conversation.id}/live?frames=bytes`;
      const waiting = new Map<number, () => void>();
      const crowd: Crowd = { send: () => undefined, heard: () => undefined, close: async () => undefined };
      const reader = new Reader((text) => {
        const frame = JSON.parse(text) as { type: string; events?: { message: { text: string } }[] };
        return frame.type === "events" ? (frame.events ?? []).map(({ message }) => numberOf(message.text)) : [];
      });
      // In flight until the sender has both the durable answer and its own copy, as with the other systems.
      const half = new Set<number>();
      const answered = (i: number): void => {
        if (!half.delete(i)) half.add(i);
        else waiting.get(i)?.();
      };
      const sockets = await connectAll(count, async (index) => {
        const socket = await openSocket(url, ["beseda.v1", `bearer.${members[index]?.token}`]);
        let unacknowledged = 0;
        socket.on("message", (data: Buffer) => {
          unacknowledged += data.length;
          if (unacknowledged > 1_000_000) {
            socket.send(JSON.stringify({ type: "acknowledge", received: unacknowledged }));
            unacknowledged = 0;
          }
          if (index === senderOf(count) && data.subarray(0, 16).toString() === '{"type":"answer"') {
            answered(Number(/"request":"(\d+)"/.exec(data.subarray(0, 64).toString())?.[1]));
            return;
          }
          for (const i of reader.read(data)) {
            crowd.heard(i);
            if (index === senderOf(count)) answered(i);
          }
        });
        return socket;
      });
      crowd.send = (i, stored) => {
        waiting.set(i, stored);
        sockets[senderOf(count)]?.send(
          JSON.stringify({ type: "post", request: String(i), message: { text: body(i), clientId: String(i) } }),
        );
      };
      crowd.close = async () => void (await closeAll(sockets));
      return crowd;
    },
  };
}
