import { and, eq, isNotNull, lt, sql } from "drizzle-orm";
import { index, integer, sqliteTable, text, uniqueIndex } from "drizzle-orm/sqlite-core";
import type { ConversationKind } from "../../protocol/conversations.ts";
import type { Database } from "./database.ts";
import { isUniqueViolation } from "./database.ts";

/** What the object is made from. It stays in the row until the object says that it exists. */
export interface CreationSpec {
  id: string;
  application: string;
  shards: number;
  kind: ConversationKind;
  key: string | null;
  title: string;
  displayed: boolean;
  viewOnly: boolean;
  conversationContext: string | null;
  creator: string | null;
  members: string[];
  /** All users of the application, those to come included. */
  everyone: boolean;
  /** Milliseconds. */
  created: number;
}

/**
 * Directory of conversations: what must be unique, and what never changes. The row comes before the object and holds
 * `spec` until the object is made; whoever meets a row with a spec finishes it.
 */
export const conversations = sqliteTable(
  "conversations",
  {
    id: text().primaryKey(),
    application: text().notNull(),
    kind: text().$type<ConversationKind>().notNull(),
    key: text(),
    context: text(),
    /** Both people of a one-to-one conversation, in order. */
    pair: text(),
    /** Who made it with which client id, so that a repeat finds the first result. */
    request: text(),
    spec: text({ mode: "json" }).$type<CreationSpec>(),
    created: integer().notNull(),
  },
  (table) => [
    uniqueIndex("conversations_by_key").on(table.application, table.key),
    uniqueIndex("conversations_by_context").on(table.application, table.context),
    uniqueIndex("conversations_by_pair").on(table.application, table.pair),
    uniqueIndex("conversations_by_request").on(table.application, table.request),
    index("conversations_unfinished").on(table.created).where(sql`spec IS NOT NULL`),
  ],
);

export type ConversationRow = typeof conversations.$inferSelect;

/** Adds a row, or returns undefined when one of its unique fields is taken. */
export async function addConversation(db: Database, row: ConversationRow): Promise<ConversationRow | undefined> {
  try {
    return await db.insert(conversations).values(row).returning().get();
  } catch (error) {
    if (isUniqueViolation(error)) return undefined;
    throw error;
  }
}

const findBy = (db: Database, application: string, condition: ReturnType<typeof eq>) =>
  db
    .select()
    .from(conversations)
    .where(and(eq(conversations.application, application), condition))
    .get();

export const conversationById = (db: Database, application: string, id: string) =>
  findBy(db, application, eq(conversations.id, id));
export const conversationByKey = (db: Database, application: string, key: string) =>
  findBy(db, application, eq(conversations.key, key));
export const conversationByContext = (db: Database, application: string, context: string) =>
  findBy(db, application, eq(conversations.context, context));
export const conversationByPair = (db: Database, application: string, pair: string) =>
  findBy(db, application, eq(conversations.pair, pair));
export const conversationByRequest = (db: Database, application: string, request: string) =>
  findBy(db, application, eq(conversations.request, request));

/** The object exists: its spec is no longer needed. */
export const finishConversation = (db: Database, id: string) =>
  db.update(conversations).set({ spec: null }).where(eq(conversations.id, id)).run();

/** Rows whose object was never confirmed, older than a moment. */
export const unfinishedConversations = (db: Database, before: number, count: number) =>
  db
    .select()
    .from(conversations)
    .where(and(isNotNull(conversations.spec), lt(conversations.created, before)))
    .limit(count)
    .all();

/** Ids of a number of an application's conversations, for erasure. */
export const conversationsOf = async (db: Database, application: string, count: number): Promise<string[]> =>
  (
    await db
      .select({ id: conversations.id })
      .from(conversations)
      .where(eq(conversations.application, application))
      .limit(count)
  ).map((row) => row.id);

export const forgetConversation = (db: Database, id: string) =>
  db.delete(conversations).where(eq(conversations.id, id)).run();
