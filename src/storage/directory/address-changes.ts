import { and, eq, gt, lt, sql } from "drizzle-orm";
import { integer, sqliteTable, text } from "drizzle-orm/sqlite-core";
import type { Database } from "./database.ts";

/** New addresses of subscribers that wait for the code sent to them; one for each subscriber. */
export const addressChanges = sqliteTable("address_changes", {
  subscriber: text().primaryKey(),
  email: text().notNull(),
  codeHash: text().notNull(),
  codeExpires: integer().notNull(),
  tries: integer().notNull(),
});

/** Remembers a new address; an earlier one of the same subscriber is forgotten. */
export const rememberAddress = (db: Database, row: Omit<typeof addressChanges.$inferInsert, "tries">) =>
  db
    .insert(addressChanges)
    .values({ ...row, tries: 0 })
    .onConflictDoUpdate({ target: addressChanges.subscriber, set: { ...row, tries: 0 } })
    .run();

/** Counts one try of a live change and returns it, or undefined when no try is left. */
export const tryAddress = (db: Database, subscriber: string, email: string, tries: number, now: number) =>
  db
    .update(addressChanges)
    .set({ tries: sql`${addressChanges.tries} + 1` })
    .where(
      and(
        eq(addressChanges.subscriber, subscriber),
        eq(addressChanges.email, email),
        lt(addressChanges.tries, tries),
        gt(addressChanges.codeExpires, now),
      ),
    )
    .returning()
    .get();

export const forgetAddress = (db: Database, subscriber: string) =>
  db.delete(addressChanges).where(eq(addressChanges.subscriber, subscriber)).run();

export const forgetOldAddresses = (db: Database, before: number) =>
  db.delete(addressChanges).where(lt(addressChanges.codeExpires, before)).run();
