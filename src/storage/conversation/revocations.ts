import { everybody, type Revoked } from "../../protocol/actors.ts";
import { limits } from "../../protocol/limits.ts";

/** Takes the Read right of one user, or of everybody, away: grants made before `now` count no more. */
export const revokeRead = (sql: SqlStorage, user: string | null, now: number): void => {
  // No token lives longer, so what was taken away before concerns nobody any more.
  sql.exec("DELETE FROM revocations WHERE since < ?", now - limits.userTokenSeconds * 1000);
  sql.exec(
    "INSERT INTO revocations (user, since) VALUES (?, ?) ON CONFLICT (user) DO UPDATE SET since = max(since, excluded.since)",
    user ?? everybody,
    now,
  );
};

/** Since when a grant must have been made to count for these ids. */
export const readSince = (sql: SqlStorage, ids: readonly string[]): number => {
  let since = 0;
  for (const id of [everybody, ...ids]) {
    const row = sql.exec<{ since: number }>("SELECT since FROM revocations WHERE user = ?", id).toArray()[0];
    since = Math.max(since, row?.since ?? 0);
  }
  return since;
};

/** Everything that was taken away lately. */
export const revokedReads = (sql: SqlStorage): Revoked =>
  Object.fromEntries(
    sql
      .exec<{ user: string; since: number }>("SELECT user, since FROM revocations")
      .toArray()
      .map(({ user, since }) => [user, since]),
  );
