/**
 * What happened beside posting. `edited` and `deleted` point to a message, their body lists recipients it no longer names;
 * the body of `members` and `title` is their event.
 */
export interface ChangeRow {
  [column: string]: string | number | null;
  n: number;
  type: "edited" | "deleted" | "members" | "title";
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
