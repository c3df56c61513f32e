import { and, eq, gt, isNull, sql } from "drizzle-orm";
import { integer, primaryKey, sqliteTable, text } from "drizzle-orm/sqlite-core";
import { newId } from "../../protocol/ids.ts";
import type { Database } from "./database.ts";

/** Owners of applications, one for each e-mail address. Keys and codes are kept only as keyed hashes. */
export const subscribers = sqliteTable("subscribers", {
  id: text().primaryKey(),
  email: text().notNull().unique(),
  administrationKeyHash: text(),
  created: integer().notNull(),
});

export const administrators = sqliteTable(
  "administrators",
  { subscriber: text().notNull(), user: text().notNull(), added: integer().notNull() },
  (table) => [primaryKey({ columns: [table.subscriber, table.user] })],
);

export const temporaryCodes = sqliteTable("temporary_codes", {
  hash: text().primaryKey(),
  subscriber: text().notNull(),
  expires: integer().notNull(),
  used: integer(),
});

export type SubscriberRow = typeof subscribers.$inferSelect;

export const subscriberById = (db: Database, id: string) =>
  db.select().from(subscribers).where(eq(subscribers.id, id)).get();

/** The subscriber with this address, created when there is none. `created` tells whether it was. */
export async function subscriberByEmail(db: Database, email: string, now: number) {
  const made = await db
    .insert(subscribers)
    .values({ id: newId(), email, created: now })
    .onConflictDoNothing()
    .returning()
    .get();
  const subscriber = made ?? (await db.select().from(subscribers).where(eq(subscribers.email, email)).get());
  if (!subscriber) throw new Error("A subscriber vanished while it was being created");
  return { subscriber, created: made !== undefined };
}

export const setEmail = (db: Database, id: string, email: string) =>
  db.update(subscribers).set({ email }).where(eq(subscribers.id, id)).run();

export const setAdministrationKey = (db: Database, id: string, hash: string) =>
  db.update(subscribers).set({ administrationKeyHash: hash }).where(eq(subscribers.id, id)).run();

export async function isAdministrator(db: Database, subscriber: string, users: readonly string[]): Promise<boolean> {
  for (const user of users) {
    const row = await db
      .select({ user: administrators.user })
      .from(administrators)
      .where(and(eq(administrators.subscriber, subscriber), eq(administrators.user, user)))
      .get();
    if (row) return true;
  }
  return false;
}

export const administratorsOf = async (db: Database, subscriber: string): Promise<string[]> =>
  (
    await db
      .select({ user: administrators.user })
      .from(administrators)
      .where(eq(administrators.subscriber, subscriber))
      .orderBy(administrators.user)
  ).map((row) => row.user);

export const addAdministrator = (db: Database, subscriber: string, user: string, now: number) =>
  db.insert(administrators).values({ subscriber, user, added: now }).onConflictDoNothing().run();

export const excludeAdministrator = (db: Database, subscriber: string, user: string) =>
  db
    .delete(administrators)
    .where(and(eq(administrators.subscriber, subscriber), eq(administrators.user, user)))
    .run();

export const addTemporaryCode = (db: Database, subscriber: string, hash: string, expires: number) =>
  db.insert(temporaryCodes).values({ subscriber, hash, expires }).run();

/** Uses a temporary code up, in one conditional UPDATE, so that of many parallel uses one succeeds. */
export async function spendTemporaryCode(
  db: Database,
  subscriber: string,
  hash: string,
  now: number,
): Promise<boolean> {
  const used = await db
    .update(temporaryCodes)
    .set({ used: now })
    .where(
      and(
        eq(temporaryCodes.hash, hash),
        eq(temporaryCodes.subscriber, subscriber),
        isNull(temporaryCodes.used),
        gt(temporaryCodes.expires, now),
      ),
    )
    .returning({ hash: temporaryCodes.hash })
    .get();
  return used !== undefined;
}

export const forgetTemporaryCodes = (db: Database, before: number) =>
  db.delete(temporaryCodes).where(sql`${temporaryCodes.expires} < ${before}`).run();
