import { eq, lt } from "drizzle-orm";
import { integer, sqliteTable, text } from "drizzle-orm/sqlite-core";
import { newId } from "../../protocol/ids.ts";
import type { Database } from "./database.ts";

/** What an inbox shard must be told about people who may no longer come in. */
export interface Revocation {
  application: string;
  shards: number;
  /** One user, or everybody of the application. */
  user: string | null;
  /** Blocked now; false lifts the block. */
  blocked: boolean | null;
  /** Milliseconds; sockets opened with older tokens end. */
  validFrom: number;
  cause: "blocked" | "unregistered" | "credentialsChanged";
}

/**
 * Revocations on their way from the directory to the inboxes. The row is written together with the change that causes it
 * and goes when every inbox has answered, so a crash between the two leaves work to be found, not an open door.
 */
export const revocations = sqliteTable("revocations", {
  id: text().primaryKey(),
  revocation: text({ mode: "json" }).$type<Revocation>().notNull(),
  created: integer().notNull(),
});

export type RevocationRow = typeof revocations.$inferSelect;

export const newRevocation = (revocation: Revocation, now: number): RevocationRow => ({
  id: newId(),
  revocation,
  created: now,
});

export const addRevocation = (db: Database, row: RevocationRow) => db.insert(revocations).values(row);

export const forgetRevocation = (db: Database, id: string) =>
  db.delete(revocations).where(eq(revocations.id, id)).run();

export const openRevocations = (db: Database, before: number, count: number) =>
  db.select().from(revocations).where(lt(revocations.created, before)).limit(count).all();
