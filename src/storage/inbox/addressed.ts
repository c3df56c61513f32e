/** A message addressed to a user in a context conversation and not read yet. */
export interface Addressed {
  [column: string]: string | number;
  conversation: string;
  n: number;
  m: number;
}

/** Remembers a message addressed to a user, unless it was read already; a repeat changes nothing. */
export const addAddressed = (sql: SqlStorage, user: string, conversation: string, n: number, m: number): void => {
  sql.exec(
    `INSERT INTO addressed (user, conversation, n, m) SELECT ?1, ?2, ?3, ?4
     WHERE ?4 > ifnull((SELECT marker FROM memberships WHERE user = ?1 AND conversation = ?2), 0) ON CONFLICT DO NOTHING`,
    user,
    conversation,
    n,
    m,
  );
};

export const addressedTo = (sql: SqlStorage, user: string): Addressed[] =>
  sql
    .exec<Addressed>("SELECT conversation, n, m FROM addressed WHERE user = ? ORDER BY conversation, n", user)
    .toArray();

export const isAddressed = (sql: SqlStorage, user: string, conversation: string): boolean =>
  sql.exec("SELECT 1 FROM addressed WHERE user = ? AND conversation = ? LIMIT 1", user, conversation).toArray().length >
  0;

/** Forgets those up to a message ordinal: they have been read. */
export const forgetAddressed = (sql: SqlStorage, user: string, conversation: string, m: number): boolean =>
  sql.exec("DELETE FROM addressed WHERE user = ? AND conversation = ? AND m <= ?", user, conversation, m).rowsWritten >
  0;

/** Forgets one, whose message was deleted or no longer names the user. */
export const forgetOne = (sql: SqlStorage, user: string, conversation: string, n: number): void => {
  sql.exec("DELETE FROM addressed WHERE user = ? AND conversation = ? AND n = ?", user, conversation, n);
};
