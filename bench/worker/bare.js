import { DurableObject } from "cloudflare:workers";

/** The bare platform: one object, one INSERT a message, one send for each socket. Nothing else. */
export class Room extends DurableObject {
  constructor(ctx, env) {
    super(ctx, env);
    ctx.storage.sql.exec("CREATE TABLE IF NOT EXISTS messages (n INTEGER PRIMARY KEY, body TEXT NOT NULL)");
  }

  fetch() {
    const { 0: client, 1: server } = new WebSocketPair();
    this.ctx.acceptWebSocket(server);
    return new Response(null, { status: 101, webSocket: client });
  }

  webSocketMessage(_socket, data) {
    this.ctx.storage.sql.exec("INSERT INTO messages (body) VALUES (?)", data);
    for (const socket of this.ctx.getWebSockets()) socket.send(data);
  }

  webSocketClose(socket) {
    socket.close();
  }
}

export default {
  fetch: (request, env) => env.ROOM.get(env.ROOM.idFromName("room")).fetch(request),
};
