import { and, eq, lt, sql } from "drizzle-orm";
import { integer, primaryKey, sqliteTable, text } from "drizzle-orm/sqlite-core";
import type { Database } from "./database.ts";

/** Bytes of files that went in and out of an application in a UTC day. A row for each day: clocks that differ cannot mix two. */
export const traffic = sqliteTable(
  "traffic",
  {
    application: text().notNull(),
    day: integer().notNull(),
    uploaded: integer().notNull(),
    downloaded: integer().notNull(),
  },
  (table) => [primaryKey({ columns: [table.application, table.day] })],
);

export type Direction = "uploaded" | "downloaded";

const dayMs = 86_400_000;
const dayOf = (now: number): number => Math.floor(now / dayMs);

/** Seconds until the day's bytes may be used anew. */
export const secondsToNextDay = (now: number): number =>
  Math.max(1, Math.ceil(((dayOf(now) + 1) * dayMs - now) / 1000));

/**
 * Counts bytes unless they exceed what the day allows: one conditional statement, so parallel transfers cannot slip past
 * the bound.
 * @returns whether they were counted
 */
export async function countTraffic(
  db: Database,
  application: string,
  direction: Direction,
  bytes: number,
  most: number,
  now: number,
): Promise<boolean> {
  if (bytes > most) return false;
  const counted = await db
    .insert(traffic)
    .values({ application, day: dayOf(now), uploaded: 0, downloaded: 0, [direction]: bytes })
    .onConflictDoUpdate({
      target: [traffic.application, traffic.day],
      set: { [direction]: sql`${traffic[direction]} + ${bytes}` },
      setWhere: sql`${traffic[direction]} + ${bytes} <= ${most}`,
    })
    .returning({ day: traffic.day })
    .get();
  return counted !== undefined;
}

/** Takes back what was counted at `counted` for an upload that came to nothing. */
export const giveBackUpload = (db: Database, application: string, bytes: number, counted: number) =>
  db
    .update(traffic)
    .set({ uploaded: sql`max(0, ${traffic.uploaded} - ${bytes})` })
    .where(and(eq(traffic.application, application), eq(traffic.day, dayOf(counted))))
    .run();

/** Only today counts; a day more is kept for clocks that differ. */
export const forgetTraffic = (db: Database, now: number) =>
  db
    .delete(traffic)
    .where(lt(traffic.day, dayOf(now) - 1))
    .run();
