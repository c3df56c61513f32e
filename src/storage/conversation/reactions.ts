import type { Reacted } from "../../protocol/reactions.ts";

export const addReaction = (sql: SqlStorage, message: number, emoji: string, user: string): void => {
  sql.exec("INSERT INTO reactions (message, emoji, user) VALUES (?, ?, ?)", message, emoji, user);
};

export const removeReaction = (sql: SqlStorage, message: number, emoji: string, user: string): void => {
  sql.exec("DELETE FROM reactions WHERE message = ? AND emoji = ? AND user = ?", message, emoji, user);
};

export const isReacted = (sql: SqlStorage, message: number, emoji: string, user: string): boolean =>
  sql.exec("SELECT 1 FROM reactions WHERE message = ? AND emoji = ? AND user = ?", message, emoji, user).toArray()
    .length > 0;

/** The first users by id who reacted with this. */
export const reactedWith = (sql: SqlStorage, message: number, emoji: string, limit: number): string[] =>
  sql
    .exec<{ user: string }>(
      "SELECT user FROM reactions WHERE message = ? AND emoji = ? ORDER BY user LIMIT ?",
      message,
      emoji,
      limit,
    )
    .toArray()
    .map(({ user }) => user);

/** Reactions to a message by emoji and user, from behind a place on; of one kind or one user where these are given. */
export const reactionsFrom = (
  sql: SqlStorage,
  message: number,
  [emoji, user]: readonly [emoji: string, user: string],
  only: { emoji?: string | undefined; user?: string | undefined },
  limit: number,
): Reacted[] =>
  sql
    .exec<{ emoji: string; user: string }>(
      `SELECT emoji, user FROM reactions WHERE message = ?1 AND (emoji, user) > (?2, ?3)
       AND (?4 IS NULL OR emoji = ?4) AND (?5 IS NULL OR user = ?5) ORDER BY emoji, user LIMIT ?6`,
      message,
      emoji,
      user,
      only.emoji ?? null,
      only.user ?? null,
      limit,
    )
    .toArray();

export const forgetReactions = (sql: SqlStorage, message: number): void => {
  sql.exec("DELETE FROM reactions WHERE message = ?", message);
};
