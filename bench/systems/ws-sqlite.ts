import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { type WebSocket, WebSocketServer } from "ws";
import { envelope } from "./envelope.ts";

/** Node with `ws` and SQLite: one durable INSERT a message, one send for each socket; `gathers` puts what waits into one frame. */
const [port = "0", mode = "one-by-one"] = process.argv.slice(2);
const database = new DatabaseSync(join(mkdtempSync(join(tmpdir(), "bench-")), "log.sqlite"));
database.exec(
  "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; CREATE TABLE messages (n INTEGER PRIMARY KEY, body TEXT NOT NULL)",
);
const insert = database.prepare("INSERT INTO messages (body) VALUES (?)");
const server = new WebSocketServer({ host: "127.0.0.1", port: Number(port), perMessageDeflate: false });

let waiting: string[] = [];
function gather(body: string): void {
  if (waiting.push(body) > 1) return;
  setImmediate(() => {
    const frame = `[${waiting.join(",")}]`;
    waiting = [];
    for (const socket of server.clients) socket.send(frame);
  });
}

server.on("connection", (socket: WebSocket) => {
  socket.on("message", (data) => {
    const body = envelope(String(data));
    insert.run(body);
    if (mode === "gathers") return gather(body);
    for (const other of server.clients) other.send(body);
  });
});
server.on("listening", () => console.log("ready"));
