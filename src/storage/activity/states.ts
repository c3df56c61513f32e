import type { ConversationKind } from "../../protocol/conversations.ts";

/** What lists need of a conversation, as of event `n`. */
export interface State {
  conversation: string;
  n: number;
  m: number;
  /** Milliseconds: moment of the last message, or of creation while there is none. */
  date: number;
  kind: ConversationKind;
  displayed: boolean;
  summary: StateSummary;
  /** user -> ordinal of that user's own latest message. Writing means having read. */
  authors: Record<string, number>;
}

export interface StateSummary {
  title: string;
  key: string | null;
  context: string | null;
  viewOnly: boolean;
  /** Both people of a one-to-one conversation. */
  pair?: string[];
  last?: { id: string; author: string; text: string; date: string; attachments?: number };
}

/** Authors remembered for each conversation, those seen last. */
const authorsKept = 64;

type Row = Record<string, string | number>;

const stateFrom = (row: Row): State => ({
  conversation: row.conversation as string,
  n: row.n as number,
  m: row.m as number,
  date: row.date as number,
  kind: row.kind as ConversationKind,
  displayed: row.displayed === 1,
  summary: JSON.parse(row.summary as string) as StateSummary,
  authors: JSON.parse(row.authors as string) as Record<string, number>,
});

export const stateOf = (sql: SqlStorage, conversation: string): State | undefined =>
  sql.exec<Row>("SELECT * FROM states WHERE conversation = ?", conversation).toArray().map(stateFrom)[0];

export const allStates = (sql: SqlStorage): State[] => sql.exec<Row>("SELECT * FROM states").toArray().map(stateFrom);

/** Writes a state unless a newer one is there; the authors are merged with those known. One row. */
export function writeState(sql: SqlStorage, state: State): void {
  const known = stateOf(sql, state.conversation);
  if (known && known.n > state.n) return;
  const authors = newestAuthors(known?.authors ?? {}, state.authors);
  sql.exec(
    `INSERT INTO states (conversation, n, m, date, kind, displayed, summary, authors) VALUES (?, ?, ?, ?, ?, ?, ?, ?)
     ON CONFLICT (conversation) DO UPDATE SET n = excluded.n, m = excluded.m, date = excluded.date, summary = excluded.summary, authors = excluded.authors`,
    state.conversation,
    state.n,
    state.m,
    state.date,
    state.kind,
    Number(state.displayed),
    JSON.stringify(state.summary),
    JSON.stringify(authors),
  );
}

export const forgetState = (sql: SqlStorage, conversation: string): void => {
  sql.exec("DELETE FROM states WHERE conversation = ?", conversation);
};

/** Both merged: of each author the latest ordinal, of all those seen last. */
export function newestAuthors(some: Record<string, number>, others: Record<string, number>): Record<string, number> {
  const authors = { ...some };
  for (const [author, m] of Object.entries(others)) authors[author] = Math.max(m, authors[author] ?? 0);
  const latestFirst = Object.entries(authors).sort(([, a], [, b]) => b - a);
  return Object.fromEntries(latestFirst.slice(0, authorsKept));
}
