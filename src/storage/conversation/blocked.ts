export const writeBlocked = (sql: SqlStorage, user: string, blocked: boolean): void => {
  if (blocked) sql.exec("INSERT INTO blocked (user) VALUES (?) ON CONFLICT DO NOTHING", user);
  else sql.exec("DELETE FROM blocked WHERE user = ?", user);
};

export const blockedUsers = (sql: SqlStorage): string[] =>
  sql
    .exec<{ user: string }>("SELECT user FROM blocked")
    .toArray()
    .map((row) => row.user);
