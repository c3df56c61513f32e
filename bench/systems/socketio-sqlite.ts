import { mkdtempSync } from "node:fs";
import { createServer } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { Server } from "socket.io";
import { envelope } from "./envelope.ts";

/** socket.io with SQLite: one durable INSERT a message, one emit to everybody. */
const [port = "0"] = process.argv.slice(2);
const database = new DatabaseSync(join(mkdtempSync(join(tmpdir(), "bench-")), "log.sqlite"));
database.exec(
  "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; CREATE TABLE messages (n INTEGER PRIMARY KEY, body TEXT NOT NULL)",
);
const insert = database.prepare("INSERT INTO messages (body) VALUES (?)");
const http = createServer();
const io = new Server(http, { transports: ["websocket"], perMessageDeflate: false });
io.on("connection", (socket) => {
  socket.on("m", (text: string) => {
    const body = envelope(text);
    insert.run(body);
    io.emit("m", body);
  });
});
http.listen(Number(port), "127.0.0.1", () => console.log("ready"));
