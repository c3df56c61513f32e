import { and, eq, gt, inArray, isNull, lt, sql } from "drizzle-orm";
import { integer, sqliteTable, text } from "drizzle-orm/sqlite-core";
import type { RegistrationRequest } from "../../protocol/registration.ts";
import type { Database } from "./database.ts";

/** Registrations under way: what step 1 said, waiting for the code of step 2. */
export const registrationRequests = sqliteTable("registration_requests", {
  id: text().primaryKey(),
  email: text().notNull(),
  /** The application that returns; empty for a new one. */
  application: text(),
  request: text({ mode: "json" }).$type<RegistrationRequest>().notNull(),
  codeHash: text().notNull(),
  codeExpires: integer().notNull(),
  tries: integer().notNull().default(0),
  completed: integer(),
});

/** Letters with codes sent to an address: the last moment, and how many on which UTC day. */
export const codeLetters = sqliteTable("code_letters", {
  /** The address, for activation codes; the subscriber's id, for temporary codes. */
  email: text().primaryKey(),
  lastSent: integer().notNull(),
  day: integer().notNull(),
  count: integer().notNull(),
});

export type RegistrationRow = typeof registrationRequests.$inferSelect;

export const addRegistration = (db: Database, row: typeof registrationRequests.$inferInsert) =>
  db.insert(registrationRequests).values(row).run();

export const registrationById = (db: Database, id: string) =>
  db.select().from(registrationRequests).where(eq(registrationRequests.id, id)).get();

/** Counts one try of a live request and returns the request, or undefined when no try is left. */
export const tryRegistration = (db: Database, id: string, tries: number, now: number) =>
  db
    .update(registrationRequests)
    .set({ tries: sql`${registrationRequests.tries} + 1` })
    .where(
      and(
        eq(registrationRequests.id, id),
        isNull(registrationRequests.completed),
        lt(registrationRequests.tries, tries),
        gt(registrationRequests.codeExpires, now),
      ),
    )
    .returning()
    .get();

/** Takes a request as completed; of many parallel calls one gets true. */
export async function completeRegistration(db: Database, id: string, now: number): Promise<boolean> {
  const row = await db
    .update(registrationRequests)
    .set({ completed: now })
    .where(and(eq(registrationRequests.id, id), isNull(registrationRequests.completed)))
    .returning({ id: registrationRequests.id })
    .get();
  return row !== undefined;
}

/**
 * Counts a letter with a code to an address, unless the last one is too recent or the day's number is used up:
 * one conditional statement, so parallel requests cannot slip past the bound.
 */
export async function countCodeLetter(db: Database, email: string, now: number, secondsBetween: number, aDay: number) {
  const day = Math.floor(now / 86_400_000);
  const counted = await db
    .insert(codeLetters)
    .values({ email, lastSent: now, day, count: 1 })
    .onConflictDoUpdate({
      target: codeLetters.email,
      set: {
        lastSent: now,
        day,
        count: sql`CASE WHEN ${codeLetters.day} = ${day} THEN ${codeLetters.count} + 1 ELSE 1 END`,
      },
      setWhere: sql`${codeLetters.lastSent} <= ${now - secondsBetween * 1000} AND (${codeLetters.day} <> ${day} OR ${codeLetters.count} < ${aDay})`,
    })
    .returning({ count: codeLetters.count })
    .get();
  if (counted) return { sent: true as const };
  const row = await db.select().from(codeLetters).where(eq(codeLetters.email, email)).get();
  const dayIsUsedUp = row !== undefined && row.day === day && row.count >= aDay;
  const again = dayIsUsedUp ? (day + 1) * 86_400_000 : (row?.lastSent ?? now) + secondsBetween * 1000;
  return { sent: false as const, dayIsUsedUp, retryAfterSeconds: Math.max(1, Math.ceil((again - now) / 1000)) };
}

export const forgetRegistrations = (db: Database, before: number) =>
  db.delete(registrationRequests).where(lt(registrationRequests.codeExpires, before)).run();

/** Yesterday's letters count for nothing: takes away at most so many; a day more is kept for clocks that differ. */
export function forgetCodeLetters(db: Database, now: number, count: number) {
  const isOld = lt(codeLetters.day, Math.floor(now / 86_400_000) - 1);
  const old = db.select({ email: codeLetters.email }).from(codeLetters).where(isOld).limit(count);
  return db.delete(codeLetters).where(inArray(codeLetters.email, old)).run();
}
