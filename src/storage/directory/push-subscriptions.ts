import { and, desc, eq, lt, ne, notInArray, or, type SQL, sql } from "drizzle-orm";
import { index, integer, primaryKey, sqliteTable, text, uniqueIndex } from "drizzle-orm/sqlite-core";
import { limits } from "../../protocol/limits.ts";
import type { Database } from "./database.ts";
import type { Revocation } from "./revocations.ts";

/** Devices that take push messages. A browser gives one endpoint to all who use it, so that of an application one has it. */
export const pushSubscriptions = sqliteTable(
  "push_subscriptions",
  {
    user: text().notNull(),
    device: text().notNull(),
    application: text().notNull(),
    endpointHash: text().notNull(),
    /** Endpoint and keys as JSON, sealed with the server's secret: whoever has them can write to the device. */
    sealed: text().notNull(),
    /** Hash of the session that said so; null when a token did. */
    session: text(),
    /** When the credential was made and when the device was last heard of, in milliseconds. */
    issuedAt: integer().notNull(),
    made: integer().notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.user, table.device] }),
    uniqueIndex("push_subscriptions_endpoint").on(table.application, table.endpointHash),
    index("push_subscriptions_made").on(table.made),
  ],
);

export type PushRow = typeof pushSubscriptions.$inferSelect;

const { user, device, application, endpointHash, session, issuedAt, made } = pushSubscriptions;

/** Keeps a device. Whoever had its endpoint before has it no more; of too many devices the oldest go. */
export async function keepSubscription(db: Database, row: PushRow): Promise<void> {
  const isOther = or(ne(user, row.user), ne(device, row.device));
  const newest = db
    .select({ device })
    .from(pushSubscriptions)
    .where(eq(user, row.user))
    .orderBy(desc(made), sql`rowid DESC`)
    .limit(limits.pushDevices);
  await db.batch([
    db
      .delete(pushSubscriptions)
      .where(and(eq(application, row.application), eq(endpointHash, row.endpointHash), isOther)),
    db
      .insert(pushSubscriptions)
      .values(row)
      .onConflictDoUpdate({ target: [user, device], set: row }),
    db.delete(pushSubscriptions).where(and(eq(user, row.user), notInArray(device, newest))),
  ]);
}

export const forgetSubscription = (db: Database, owner: Pick<PushRow, "user" | "device">) =>
  db
    .delete(pushSubscriptions)
    .where(and(eq(user, owner.user), eq(device, owner.device)))
    .run();

/** Whoever signs out is told no more on that device. */
export const forgetSubscriptionsOfSession = (db: Database, owner: string, hash: string) =>
  db
    .delete(pushSubscriptions)
    .where(and(eq(user, owner), eq(session, hash)))
    .run();

export const hasSubscription = async (db: Database, owner: string): Promise<boolean> =>
  (await db.select({ device }).from(pushSubscriptions).where(eq(user, owner)).limit(1).get()) !== undefined;

export const subscriptionsOf = (db: Database, of: string, users: readonly string[]): Promise<PushRow[]> =>
  db
    .select()
    .from(pushSubscriptions)
    .where(and(eq(application, of), sql`${user} IN (SELECT value FROM json_each(${JSON.stringify(users)}))`))
    .all();

/**
 * Takes away what a revocation ends: devices of a blocked user and of an application that left, and those named with
 * credentials that count no more.
 * @param until milliseconds: what was named later stays when an order is carried out once more
 */
export async function forgetRevoked(db: Database, revocation: Revocation, until: number): Promise<void> {
  const { blocked, validFrom, cause } = revocation;
  if (blocked === false && cause === "blocked") return;
  const isEnded: SQL = validFrom === 0 ? lt(made, until) : lt(issuedAt, validFrom + 1);
  const isConcerned = and(
    eq(application, revocation.application),
    revocation.user === null ? undefined : eq(user, revocation.user),
  );
  await db.delete(pushSubscriptions).where(and(isConcerned, isEnded)).run();
}

/** A device that was not heard of for so long is forgotten. */
export const forgetOldSubscriptions = (db: Database, now: number) =>
  db
    .delete(pushSubscriptions)
    .where(lt(made, now - limits.pushDays * 86_400_000))
    .run();
