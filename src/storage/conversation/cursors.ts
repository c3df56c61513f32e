/** Up to which event a destination has been served; 0 when it never was. */
export const readCursor = (sql: SqlStorage, destination: string): number =>
  sql.exec<{ n: number }>("SELECT n FROM cursors WHERE destination = ?", destination).toArray()[0]?.n ?? 0;

export const moveCursor = (sql: SqlStorage, destination: string, n: number): void => {
  sql.exec(
    "INSERT INTO cursors (destination, n) VALUES (?, ?) ON CONFLICT (destination) DO UPDATE SET n = excluded.n",
    destination,
    n,
  );
};
