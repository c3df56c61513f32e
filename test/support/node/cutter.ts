import { connect, createServer, type Server, type Socket } from "node:net";
import type { Chance } from "../chance.ts";

/** Bytes after which a line may break: from inside the handshake to after many frames. */
const shortest = 50;
const longest = 40_000;

/** A bad line to the server: every connection breaks after a random number of bytes, in the middle of whatever it is. */
export class Cutter {
  private readonly chance: Chance;
  private readonly target: number;
  private readonly server: Server;
  private readonly sockets = new Set<Socket>();
  /** Connections broken so far. */
  cuts = 0;
  /** From now on connections last. */
  isHealed = false;

  private constructor(target: number, chance: Chance) {
    this.target = target;
    this.chance = chance;
    this.server = createServer((client) => this.join(client));
  }

  /** @param origin address of the server that it leads to */
  static async open(origin: string, chance: Chance): Promise<Cutter> {
    const cutter = new Cutter(Number(new URL(origin).port), chance);
    await new Promise<void>((resolve) => cutter.server.listen(0, "127.0.0.1", resolve));
    return cutter;
  }

  get origin(): string {
    return `http://127.0.0.1:${(this.server.address() as { port: number }).port}`;
  }

  close(): void {
    this.server.close();
    for (const socket of this.sockets) socket.destroy();
  }

  private join(client: Socket): void {
    const server = connect(this.target, "127.0.0.1");
    for (const socket of [client, server]) {
      this.sockets.add(socket);
      socket.setNoDelay(true);
      // Whatever happens to one side happens to the other.
      socket.on("error", () => undefined);
      socket.on("close", () => {
        this.sockets.delete(socket);
        client.destroy();
        server.destroy();
      });
    }
    if (this.isHealed) {
      client.pipe(server);
      server.pipe(client);
      return;
    }
    this.pass(client, server, this.chance.next() < 0.3 ? this.bytes() : Number.POSITIVE_INFINITY);
    this.pass(server, client, this.bytes());
  }

  /** Small numbers as often as large ones, whatever the magnitude. */
  private bytes(): number {
    return Math.round(shortest * (longest / shortest) ** this.chance.next());
  }

  private pass(from: Socket, to: Socket, bytes: number): void {
    let left = bytes;
    from.on("data", (data: Buffer) => {
      if (left <= 0) return;
      const part = data.subarray(0, left);
      left -= data.length;
      if (left > 0) {
        to.write(part);
        return;
      }
      this.cuts++;
      to.write(part, () => to.destroy());
    });
  }
}
