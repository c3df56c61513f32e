import type { ConversationKind } from "../../protocol/conversations.ts";

/** What a shard knows of a conversation that some of its users take part in or watch. */
export interface Audience {
  conversation: string;
  kind: ConversationKind;
  context: string | null;
  displayed: boolean;
  everyone: boolean;
  /** Milliseconds. */
  created: number;
  /** user -> 1 watching, 0 not. Of all users' conversations only those who chose are listed. */
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
  people: JSON.parse(row.people as string) as Record<string, 0 | 1>,
});

export const audienceOf = (sql: SqlStorage, conversation: string): Audience | undefined =>
  sql.exec<Row>("SELECT * FROM audiences WHERE conversation = ?", conversation).toArray().map(audienceFrom)[0];

export const audiencesOfEveryone = (sql: SqlStorage): Audience[] =>
  sql.exec<Row>("SELECT * FROM audiences WHERE everyone = 1").toArray().map(audienceFrom);

export const writeAudience = (sql: SqlStorage, audience: Audience): void => {
  sql.exec(
    `INSERT INTO audiences (conversation, kind, context, displayed, everyone, created, people) VALUES (?, ?, ?, ?, ?, ?, ?)
     ON CONFLICT (conversation) DO UPDATE SET everyone = excluded.everyone, people = excluded.people`,
    audience.conversation,
    audience.kind,
    audience.context,
    Number(audience.displayed),
    Number(audience.everyone),
    audience.created,
    JSON.stringify(audience.people),
  );
};
