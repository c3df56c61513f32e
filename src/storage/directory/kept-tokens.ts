import { and, desc, eq, gt, inArray, lt, notInArray, sql } from "drizzle-orm";
import { index, integer, sqliteTable, text } from "drizzle-orm/sqlite-core";
import { limits } from "../../protocol/limits.ts";
import type { Database } from "./database.ts";

/**
 * User tokens that the server keeps for a browser, each under the hash of the secret that stands for it: a sign-in code,
 * the cookie of a session, a ticket for one socket. A local server also keeps those of the demo's people.
 */
export const keptTokens = sqliteTable(
  "kept_tokens",
  {
    hash: text().primaryKey(),
    kind: text().$type<"code" | "session" | "ticket" | "person">().notNull(),
    application: text().notNull(),
    user: text().notNull(),
    /** The token, sealed with the server's secret. */
    sealed: text().notNull(),
    made: integer().notNull(),
    expires: integer().notNull(),
  },
  (table) => [index("kept_tokens_user").on(table.user, table.kind), index("kept_tokens_expires").on(table.expires)],
);

export type KeptToken = typeof keptTokens.$inferSelect;

/** Keeps a token. Of each kind the oldest go when a user has too many. */
export async function keepToken(db: Database, row: KeptToken): Promise<void> {
  const newest = db
    .select({ hash: keptTokens.hash })
    .from(keptTokens)
    .where(and(eq(keptTokens.user, row.user), eq(keptTokens.kind, row.kind)))
    .orderBy(desc(keptTokens.made), sql`rowid DESC`)
    .limit(limits.sessionsPerUser);
  await db.batch([
    db.insert(keptTokens).values(row).onConflictDoUpdate({ target: keptTokens.hash, set: row }),
    db
      .delete(keptTokens)
      .where(and(eq(keptTokens.user, row.user), eq(keptTokens.kind, row.kind), notInArray(keptTokens.hash, newest))),
  ]);
}

/** Takes a token that may be used once: of many who try at the same time one gets it. */
export async function takeToken(db: Database, kind: KeptToken["kind"], hash: string, now: number) {
  const row = await db
    .delete(keptTokens)
    .where(and(eq(keptTokens.hash, hash), eq(keptTokens.kind, kind)))
    .returning()
    .get();
  return row && row.expires > now ? row : undefined;
}

export const sessionBy = (db: Database, hash: string): Promise<KeptToken | undefined> =>
  db
    .select()
    .from(keptTokens)
    .where(and(eq(keptTokens.hash, hash), eq(keptTokens.kind, "session")))
    .get();

/** Ends a session, and with it the tickets that the user has not used yet. */
export async function forgetSession(db: Database, hash: string): Promise<KeptToken | undefined> {
  const isSession = and(eq(keptTokens.hash, hash), eq(keptTokens.kind, "session"));
  const session = await db.delete(keptTokens).where(isSession).returning().get();
  if (!session) return undefined;
  await db.delete(keptTokens).where(and(eq(keptTokens.user, session.user), eq(keptTokens.kind, "ticket")));
  return session;
}

/** The demo's people who can sign in on this machine. */
export const peopleWithTokens = (db: Database, now: number): Promise<KeptToken[]> =>
  db
    .select()
    .from(keptTokens)
    .where(and(eq(keptTokens.kind, "person"), gt(keptTokens.expires, now)))
    .orderBy(keptTokens.made)
    .limit(limits.profiles)
    .all();

/** Takes away at most so many of those that have run out. */
export function forgetTokens(db: Database, now: number, count: number) {
  const old = db.select({ hash: keptTokens.hash }).from(keptTokens).where(lt(keptTokens.expires, now)).limit(count);
  return db.delete(keptTokens).where(inArray(keptTokens.hash, old)).run();
}
