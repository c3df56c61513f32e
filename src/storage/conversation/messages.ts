import type { Message } from "../../protocol/messages.ts";

/** A row of the log. `body` is the message exactly as it is sent, so reading never encodes it again. */
export interface MessageRow {
  [column: string]: string | number | null;
  n: number;
  m: number;
  author: string;
  client: string | null;
  date: number;
  body: string;
}

export const appendMessage = (sql: SqlStorage, { n, m, author, client, date, body }: MessageRow): void => {
  sql.exec(
    "INSERT INTO messages (n, m, author, client, date, body) VALUES (?, ?, ?, ?, ?, ?)",
    n,
    m,
    author,
    client,
    date,
    body,
  );
};

export const rewriteMessage = (sql: SqlStorage, n: number, message: Message): void => {
  sql.exec(
    "UPDATE messages SET author = ?, date = ?, body = ? WHERE n = ?",
    message.author,
    Date.parse(message.date),
    JSON.stringify(message),
    n,
  );
};

export const messageAt = (sql: SqlStorage, n: number): MessageRow | undefined =>
  sql.exec<MessageRow>("SELECT * FROM messages WHERE n = ?", n).toArray()[0];

export const lastMessage = (sql: SqlStorage): MessageRow | undefined =>
  sql.exec<MessageRow>("SELECT * FROM messages ORDER BY n DESC LIMIT 1").toArray()[0];

/** Ordinal of the latest message before an event; 0 when there is none. */
export const ordinalBefore = (sql: SqlStorage, n: number): number =>
  sql.exec<{ m: number }>("SELECT m FROM messages WHERE n < ? ORDER BY n DESC LIMIT 1", n).toArray()[0]?.m ?? 0;

/** Rows with `from < n <= to`, ascending. */
export const messagesBetween = (sql: SqlStorage, from: number, to: number, limit = -1) =>
  sql.exec<MessageRow>("SELECT * FROM messages WHERE n > ? AND n <= ? ORDER BY n LIMIT ?", from, to, limit);

/** The last rows with `from <= n < before`, the newest first. */
export const messagesBackwards = (sql: SqlStorage, from: number, before: number, limit: number): MessageRow[] =>
  sql
    .exec<MessageRow>("SELECT * FROM messages WHERE n >= ? AND n < ? ORDER BY n DESC LIMIT ?", from, before, limit)
    .toArray();

/** Rows from a boundary on, in either direction; the boundary itself is left out. */
export const messagesFrom = (
  sql: SqlStorage,
  boundary: number,
  direction: "Asc" | "Desc",
  limit: number,
): MessageRow[] =>
  direction === "Asc"
    ? sql.exec<MessageRow>("SELECT * FROM messages WHERE n > ? ORDER BY n LIMIT ?", boundary, limit).toArray()
    : sql.exec<MessageRow>("SELECT * FROM messages WHERE n < ? ORDER BY n DESC LIMIT ?", boundary, limit).toArray();

/** The message that a sender wrote under a client id after event `after`, up to event `to`. */
export const messageOfClient = (sql: SqlStorage, client: string, after: number, to: number): MessageRow | undefined =>
  sql
    .exec<MessageRow>("SELECT * FROM messages WHERE n > ? AND n <= ? AND client = ? LIMIT 1", after, to, client)
    .toArray()[0];

/**
 * Number of the first message whose date, or ordinal, is at least `value`: a bisection over the primary key, because
 * neither column has an index and both grow with n. Infinity when there is none.
 */
export function firstWith(sql: SqlStorage, column: "date" | "m", value: number, lastN: number): number {
  const at =
    column === "date"
      ? "SELECT n, date AS value FROM messages WHERE n >= ? ORDER BY n LIMIT 1"
      : "SELECT n, m AS value FROM messages WHERE n >= ? ORDER BY n LIMIT 1";
  let low = 1;
  let high = lastN + 1;
  while (low < high) {
    const middle = Math.floor((low + high) / 2);
    const row = sql.exec<{ n: number; value: number }>(at, middle).toArray()[0];
    if (row && row.value < value) low = row.n + 1;
    else high = middle;
  }
  return low > lastN ? Number.POSITIVE_INFINITY : low;
}
