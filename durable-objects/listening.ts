import { DurableObject } from "cloudflare:workers";
import { Sockets } from "./sockets.ts";

/** An object with sockets that may sleep while they are open: what it does when one of them ends. */
export abstract class Listening extends DurableObject<Env> {
  readonly sockets = new Sockets(this.ctx);

  override webSocketClose(socket: WebSocket, code: number): void {
    this.sockets.closed(socket, code);
  }

  override webSocketError(socket: WebSocket): void {
    this.sockets.closed(socket, 1011);
  }
}
