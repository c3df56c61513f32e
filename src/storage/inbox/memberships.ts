import type { Representation } from "../../protocol/notifications.ts";

/** What one user has set or read in one conversation. */
export interface Membership {
  user: string;
  conversation: string;
  /** Listed member; false for context conversations and for those of all users. */
  member: boolean;
  /** Event that last changed the membership, so that late news is recognised. */
  n: number;
  /** Ordinal of the last message read. */
  marker: number;
  /** What the user chose; null = the default of the conversation's kind (NTF-7). */
  watch: boolean | null;
  representation: Representation;
}

type Row = Record<string, string | number | null>;

const membershipFrom = (row: Row): Membership => ({
  user: row.user as string,
  conversation: row.conversation as string,
  member: row.member === 1,
  n: row.n as number,
  marker: row.marker as number,
  watch: row.watch === null ? null : row.watch === 1,
  representation: (row.representation ?? "Normal") as Representation,
});

export const membershipOf = (sql: SqlStorage, user: string, conversation: string): Membership | undefined =>
  sql
    .exec<Row>("SELECT * FROM memberships WHERE user = ? AND conversation = ?", user, conversation)
    .toArray()
    .map(membershipFrom)[0];

export const membershipsOf = (sql: SqlStorage, user: string): Membership[] =>
  sql.exec<Row>("SELECT * FROM memberships WHERE user = ?", user).toArray().map(membershipFrom);

/** Users who chose whether to watch a conversation. Reads every row of the shard: for what happens rarely. */
export const choosersOf = (sql: SqlStorage, conversation: string): string[] =>
  sql
    .exec<{ user: string }>("SELECT user FROM memberships WHERE conversation = ? AND watch IS NOT NULL", conversation)
    .toArray()
    .map((row) => row.user);

/** Records that a user joined or left at event `n`; older news is ignored. @returns whether it was news. */
export function writeMember(
  sql: SqlStorage,
  user: string,
  conversation: string,
  member: boolean,
  n: number,
  marker: number,
): boolean {
  const { rowsWritten } = sql.exec(
    `INSERT INTO memberships (user, conversation, member, n, marker) VALUES (?1, ?2, ?3, ?4, ?5)
     ON CONFLICT (user, conversation) DO UPDATE SET member = ?3, n = ?4, marker = max(marker, ?5) WHERE n < ?4`,
    user,
    conversation,
    Number(member),
    n,
    marker,
  );
  return rowsWritten > 0;
}

/** Moves the marker up. @returns whether it moved. */
export function writeMarker(sql: SqlStorage, user: string, conversation: string, marker: number): boolean {
  const { rowsWritten } = sql.exec(
    `INSERT INTO memberships (user, conversation, marker) VALUES (?1, ?2, ?3)
     ON CONFLICT (user, conversation) DO UPDATE SET marker = ?3 WHERE marker < ?3`,
    user,
    conversation,
    marker,
  );
  return rowsWritten > 0;
}

export const writeWatch = (
  sql: SqlStorage,
  user: string,
  conversation: string,
  watch: boolean,
  marker: number,
): void => {
  sql.exec(
    `INSERT INTO memberships (user, conversation, watch, marker) VALUES (?1, ?2, ?3, ?4)
     ON CONFLICT (user, conversation) DO UPDATE SET watch = ?3, marker = max(marker, ?4)`,
    user,
    conversation,
    Number(watch),
    marker,
  );
};

export const writeRepresentation = (
  sql: SqlStorage,
  user: string,
  conversation: string,
  representation: Representation,
): void => {
  sql.exec(
    `INSERT INTO memberships (user, conversation, representation) VALUES (?, ?, ?)
     ON CONFLICT (user, conversation) DO UPDATE SET representation = excluded.representation`,
    user,
    conversation,
    representation,
  );
};
