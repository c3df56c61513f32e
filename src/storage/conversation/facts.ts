import type { ConversationKind } from "../../protocol/conversations.ts";
import type { CreationSpec } from "../directory/conversations.ts";

/** What a conversation is. Only title, members, audience and the last two ever change. */
export interface Facts {
  application: string;
  conversation: string;
  shards: number;
  kind: ConversationKind;
  key: string | null;
  context: string | null;
  displayed: boolean;
  viewOnly: boolean;
  everyone: boolean;
  creator: string | null;
  /** Milliseconds. */
  created: number;
  epoch: string;
  title: string;
  memberCount: number;
  /** Inbox shards that have members or watchers, as bits. */
  audience: string;
  /** Code has set the date of a message, so dates do not grow with numbers. */
  dated: boolean;
  /** The earliest moment, in milliseconds, at which a file may have to be removed; null when none has. */
  filesDue: number | null;
}

type Row = Record<string, string | number | null>;

export function readFacts(sql: SqlStorage): Facts | undefined {
  const row = sql.exec<Row>("SELECT * FROM facts").toArray()[0];
  if (!row) return undefined;
  return {
    application: row.application as string,
    conversation: row.conversation as string,
    shards: row.shards as number,
    kind: row.kind as ConversationKind,
    key: row.key as string | null,
    context: row.context as string | null,
    displayed: row.displayed === 1,
    viewOnly: row.view_only === 1,
    everyone: row.everyone === 1,
    creator: row.creator as string | null,
    created: row.created as number,
    epoch: row.epoch as string,
    title: row.title as string,
    memberCount: row.member_count as number,
    audience: row.audience as string,
    dated: row.dated === 1,
    filesDue: row.files_due as number | null,
  };
}

/** Writes the facts of a new conversation; a second call changes nothing. */
export function createFacts(sql: SqlStorage, spec: CreationSpec, epoch: string): void {
  sql.exec(
    `INSERT INTO facts (id, application, conversation, shards, kind, key, context, displayed, view_only, everyone, creator, created, epoch, title, member_count, audience)
     VALUES (1, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, '0') ON CONFLICT DO NOTHING`,
    spec.application,
    spec.id,
    spec.shards,
    spec.kind,
    spec.key,
    spec.conversationContext,
    Number(spec.displayed),
    Number(spec.viewOnly),
    Number(spec.everyone),
    spec.creator,
    spec.created,
    epoch,
    spec.title,
    spec.members.length,
  );
}

export const writeTitle = (sql: SqlStorage, title: string): void => {
  sql.exec("UPDATE facts SET title = ?", title);
};

export const writeMembership = (sql: SqlStorage, everyone: boolean, memberCount: number): void => {
  sql.exec("UPDATE facts SET everyone = ?, member_count = ?", Number(everyone), memberCount);
};

export const writeAudience = (sql: SqlStorage, audience: string): void => {
  sql.exec("UPDATE facts SET audience = ?", audience);
};

export const writeDated = (sql: SqlStorage): void => {
  sql.exec("UPDATE facts SET dated = 1");
};

export const writeFilesDue = (sql: SqlStorage, due: number | null): void => {
  sql.exec("UPDATE facts SET files_due = ?", due);
};
