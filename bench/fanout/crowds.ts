import { io, type Socket } from "socket.io-client";
import { closeAll, connectAll, openSocket, Reader } from "../sockets.ts";

/** Where a system's crowd connects. */
export interface Target {
  url: string;
  /** One for each of the crowd, where the system asks who comes. */
  tokens?: string[];
}

export interface Crowd {
  /** Sends message number `i`; `stored` is called when it is durable. */
  send(i: number, stored: () => void): void;
  /** Is told of every message number that a socket received. */
  heard: (i: number) => void;
  close(): Promise<void>;
}

/** How the sockets of N users of a system are opened. */
export type Open = (target: Target, count: number) => Promise<Crowd>;

/** The sender is one of the crowd, in the middle of it: neither served first nor last. */
const senderOf = (count: number): number => Math.floor(count / 2);

const body = (i: number): string =>
  JSON.stringify({ i, text: "Накладная 1041: двенадцать коробок, ворота 3. ".padEnd(60, ".") });
const numberOf = (text: string): number => Number(/"i\\?":(\d+)/.exec(text)?.[1] ?? -1);

/** The number in a plain body, or in an event that carries it as its text. */
const numberIn = (event: { i?: number; message?: { text: string } }): number =>
  event.i ?? numberOf(event.message?.text ?? "");

/** Systems that echo a message as it was sent, alone or in a list. */
export const plain: Open = async ({ url }, count) => {
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
};

export const socketio: Open = async ({ url }, count) => {
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
};

/** The product: a group of N distinct members, all watching; posts and events through the conversation's socket. */
export const beseda: Open = async ({ url, tokens = [] }, count) => {
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
    const socket = await openSocket(url, ["beseda.v1", `bearer.${tokens[index]}`]);
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
};
