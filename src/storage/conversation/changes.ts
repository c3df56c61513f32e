/**
 * What happened beside posting. `edited`, `deleted` and `reacted` point to a message, the body of the first two lists
 * recipients it no longer names; the body of `members` and `title` is their event.
 */
export interface ChangeRow {
  [column: string]: string | number | null;
  n: number;
  type: "edited" | "deleted" | "reacted" | "members" | "title";
  message: number | null;
  body: string | null;
}

export const appendChange = (sql: SqlStorage, { n, type, message, body }: ChangeRow): void => {
  sql.exec("INSERT INTO changes (n, type, message, body) VALUES (?, ?, ?, ?)", n, type, message, body);
};

/** Rows with `from < n <= to`, ascending. */
export const changesBetween = (sql: SqlStorage, from: number, to: number, limit = -1) =>
  sql.exec<ChangeRow>("SELECT * FROM changes WHERE n > ? AND n <= ? ORDER BY n LIMIT ?", from, to, limit);

export const lastChange = (sql: SqlStorage): number =>
  sql.exec<{ n: number }>("SELECT n FROM changes ORDER BY n DESC LIMIT 1").toArray()[0]?.n ?? 0;
