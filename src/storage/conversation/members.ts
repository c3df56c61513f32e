import type { Member } from "../../protocol/conversations.ts";

export const isMember = (sql: SqlStorage, user: string): boolean =>
  sql.exec("SELECT 1 FROM members WHERE user = ?", user).toArray().length > 0;

export function addMembers(sql: SqlStorage, users: readonly string[], now: number): void {
  for (const user of users)
    sql.exec("INSERT INTO members (user, since) VALUES (?, ?) ON CONFLICT DO NOTHING", user, now);
}

export const removeMember = (sql: SqlStorage, user: string): void => {
  sql.exec("DELETE FROM members WHERE user = ?", user);
};

export const memberIds = (sql: SqlStorage, limit = -1): string[] =>
  sql
    .exec<{ user: string }>("SELECT user FROM members ORDER BY user LIMIT ?", limit)
    .toArray()
    .map((row) => row.user);

/** One page of members by id, from after `after` on. */
export const memberPage = (sql: SqlStorage, after: string, count: number): Member[] =>
  sql
    .exec<{ user: string; since: number }>(
      "SELECT user, since FROM members WHERE user > ? ORDER BY user LIMIT ?",
      after,
      count,
    )
    .toArray()
    .map((row) => ({ user: row.user, since: new Date(row.since).toISOString() }));
