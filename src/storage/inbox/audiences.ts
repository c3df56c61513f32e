import type { ConversationKind } from "../../protocol/conversations.ts";

/** What a shard knows of a conversation that some of its users take part in or watch. */
export interface Audience {
  conversation: string;
  kind: ConversationKind;
  context: string | null;
  displayed: boolean;
  everyone: boolean;
  /** Milliseconds: creation, or the moment it became everybody's. */
  created: number;
  /** Ordinal of the latest message when it became everybody's. */
  start: number;
  /** user -> 1 watching, 0 not. Of those without a listing (all users, readers of a context) only who chose is here. */
  people: Record<string, 0 | 1>;
}

type Row = Record<string, string | number | null>;

const audienceFrom = (row: Row): Audience => ({
  conversation: row.conversation as string,
  kind: row.kind as ConversationKind,
  context: row.context as string | null,
  displayed: row.displayed === 1,
  everyone: row.everyone === 1,
  created: row.created as number,
  start: row.start as number,
  people: JSON.parse(row.people as string) as Record<string, 0 | 1>,
});

export const audienceOf = (sql: SqlStorage, conversation: string): Audience | undefined =>
  sql.exec<Row>("SELECT * FROM audiences WHERE conversation = ?", conversation).toArray().map(audienceFrom)[0];

export const audiencesOfEveryone = (sql: SqlStorage): Audience[] =>
  sql.exec<Row>("SELECT * FROM audiences WHERE everyone = 1").toArray().map(audienceFrom);

export const writeAudience = (sql: SqlStorage, audience: Audience): void => {
  sql.exec(
    `INSERT INTO audiences (conversation, kind, context, displayed, everyone, created, start, people) VALUES (?, ?, ?, ?, ?, ?, ?, ?)
     ON CONFLICT (conversation) DO UPDATE SET everyone = excluded.everyone, created = excluded.created, start = excluded.start, people = excluded.people`,
    audience.conversation,
    audience.kind,
    audience.context,
    Number(audience.displayed),
    Number(audience.everyone),
    audience.created,
    audience.start,
    JSON.stringify(audience.people),
  );
};
