import { desc, eq, sql } from "drizzle-orm";
import { integer, sqliteTable, text } from "drizzle-orm/sqlite-core";
import { newId } from "../../protocol/ids.ts";
import type { Database } from "./database.ts";

/** Letters of a local server, where nothing is sent: shown at /local/mail. A deployed server never writes here. */
export const letters = sqliteTable("letters", {
  id: text().primaryKey(),
  to: text().notNull(),
  subject: text().notNull(),
  text: text().notNull(),
  sent: integer().notNull(),
});

export type LetterRow = typeof letters.$inferSelect;

const kept = 500;

export async function keepLetter(db: Database, letter: { to: string; subject: string; text: string }, now: number) {
  await db.batch([
    db.insert(letters).values({ id: newId(), ...letter, sent: now }),
    db.delete(letters).where(sql`${letters.id} NOT IN (SELECT id FROM letters ORDER BY sent DESC LIMIT ${kept})`),
  ]);
}

/** The newest letters, first the latest; of one address when it is given. */
export const lettersTo = (db: Database, to: string | undefined, count: number) =>
  db
    .select()
    .from(letters)
    .where(to ? eq(letters.to, to.toLowerCase()) : undefined)
    .orderBy(desc(letters.sent), desc(letters.id))
    .limit(count)
    .all();
