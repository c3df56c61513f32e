import { WebSocket } from "ws";

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
