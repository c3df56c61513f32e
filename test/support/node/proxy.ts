import { createServer, type IncomingMessage, type Server } from "node:http";
import { connect, type Socket } from "node:net";

/** An HTTP proxy with user and password. Whatever host is asked for, its tunnels lead to one server. */
export class HttpProxy {
  private readonly target: number;
  private readonly server: Server;
  private readonly sockets = new Set<Socket>();
  /** Hosts and ports that tunnels were asked for. */
  readonly asked: string[] = [];

  private constructor(target: number, credentials: string) {
    this.target = target;
    const expected = `Basic ${Buffer.from(credentials).toString("base64")}`;
    // Without a tunnel nothing gets through.
    this.server = createServer((_, response) => response.writeHead(405).end());
    this.server.on("connect", (request: IncomingMessage, client: Socket) => {
      if (request.headers["proxy-authorization"] === expected) return this.join(request.url ?? "", client);
      client.end("HTTP/1.1 407 Proxy Authentication Required\r\n\r\n");
    });
  }

  /** @param credentials user and password, with a colon between */
  static async open(origin: string, credentials: string): Promise<HttpProxy> {
    const proxy = new HttpProxy(Number(new URL(origin).port), credentials);
    await new Promise<void>((resolve) => proxy.server.listen(0, "127.0.0.1", resolve));
    return proxy;
  }

  addressFor(credentials: string): string {
    return `http://${credentials}@127.0.0.1:${(this.server.address() as { port: number }).port}`;
  }

  /** Every tunnel breaks. */
  cut(): void {
    for (const socket of this.sockets) socket.destroy();
  }

  close(): void {
    this.server.close();
    this.cut();
  }

  private join(address: string, client: Socket): void {
    this.asked.push(address);
    const server = connect(this.target, "127.0.0.1", () => {
      client.write("HTTP/1.1 200 Connection Established\r\n\r\n");
      client.pipe(server).pipe(client);
    });
    for (const socket of [client, server]) {
      this.sockets.add(socket);
      socket.on("error", () => undefined);
      socket.on("close", () => {
        this.sockets.delete(socket);
        client.destroy();
        server.destroy();
      });
    }
  }
}
