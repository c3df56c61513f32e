/** Remembers that a user may have sockets open to a conversation until a moment; forgets what has run out. */
export function addSocket(sql: SqlStorage, user: string, conversation: string, until: number, now: number): void {
  forgetSockets(sql, user, now);
  sql.exec(
    `INSERT INTO sockets (user, conversation, until) VALUES (?1, ?2, ?3)
     ON CONFLICT (user, conversation) DO UPDATE SET until = ?3 WHERE until < ?3`,
    user,
    conversation,
    until,
  );
}

export const conversationsOfSockets = (sql: SqlStorage, user: string | null): string[] =>
  sql
    .exec<{ conversation: string }>("SELECT DISTINCT conversation FROM sockets WHERE ?1 IS NULL OR user = ?1", user)
    .toArray()
    .map((row) => row.conversation);

/** Forgets sockets of a user, or of everybody, that have run out. */
export const forgetSockets = (sql: SqlStorage, user: string | null, now: number): void => {
  sql.exec("DELETE FROM sockets WHERE (?1 IS NULL OR user = ?1) AND until < ?2", user, now);
};
