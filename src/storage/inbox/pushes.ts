/** Users of the shard with a device that takes push messages. */
export const usersWithPush = (sql: SqlStorage): string[] =>
  sql
    .exec<{ user: string }>("SELECT user FROM pushes")
    .toArray()
    .map(({ user }) => user);

export const writePush = (sql: SqlStorage, user: string, hasDevice: boolean): void => {
  if (hasDevice) sql.exec("INSERT INTO pushes (user) VALUES (?) ON CONFLICT DO NOTHING", user);
  else sql.exec("DELETE FROM pushes WHERE user = ?", user);
};
