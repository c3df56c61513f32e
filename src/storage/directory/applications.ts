import { and, eq, lt, ne, type SQL, sql } from "drizzle-orm";
import { integer, primaryKey, sqliteTable, text } from "drizzle-orm/sqlite-core";
import type { ContextAccess, PublicKey } from "../../protocol/registration.ts";
import type { Database, Statement } from "./database.ts";
import { addRevocation, type RevocationRow } from "./revocations.ts";
import { users } from "./users.ts";

/**
 * Registered applications. `unregistered` keeps the data for a return (REG-18), `cancelled` makes it unreachable at once
 * and is erased later (REG-22).
 */
export const applications = sqliteTable("applications", {
  id: text().primaryKey(),
  subscriber: text().notNull(),
  name: text().notNull(),
  state: text({ enum: ["registered", "unregistered", "cancelled"] }).notNull(),
  shards: integer().notNull(),
  /** The server's own key pair for this application; the private half is sealed. */
  serverKey: text({ mode: "json" }).$type<PublicKey & { kid: string }>().notNull(),
  serverPrivateKeySealed: text().notNull(),
  contextAccess: text({ mode: "json" }).$type<ContextAccess>().notNull(),
  /** Milliseconds; older tokens are refused. */
  validFrom: integer().notNull(),
  created: integer().notNull(),
  ended: integer(),
});

export const applicationKeys = sqliteTable(
  "application_keys",
  {
    application: text().notNull(),
    kid: text().notNull(),
    publicKey: text({ mode: "json" }).$type<PublicKey>().notNull(),
    added: integer().notNull(),
  },
  (table) => [primaryKey({ columns: [table.application, table.kid] })],
);

export type ApplicationRow = typeof applications.$inferSelect;

/** An application with the keys that may speak for it. */
export interface ApplicationRecord extends ApplicationRow {
  keys: { kid: string; publicKey: PublicKey }[];
}

export async function applicationById(db: Database, id: string): Promise<ApplicationRecord | undefined> {
  const [found, keys] = await db.batch([
    db.select().from(applications).where(eq(applications.id, id)),
    db
      .select({ kid: applicationKeys.kid, publicKey: applicationKeys.publicKey })
      .from(applicationKeys)
      .where(eq(applicationKeys.application, id))
      .orderBy(applicationKeys.added),
  ]);
  return found[0] && { ...found[0], keys };
}

/** Statements that make an application speak with one key only and refuse every older token. */
export const replaceKeys = (
  db: Database,
  application: string,
  kid: string,
  publicKey: PublicKey,
  now: number,
): Statement[] => [
  db.delete(applicationKeys).where(eq(applicationKeys.application, application)),
  db.insert(applicationKeys).values({ application, kid, publicKey, added: now }),
];

export async function addApplication(db: Database, row: ApplicationRow, kid: string, publicKey: PublicKey) {
  await db.batch([db.insert(applications).values(row), ...replaceKeys(db, row.id, kid, publicKey, row.created)]);
}

/** An application that returns: new keys, its whole history again (REG-19); whoever held the old keys is cut off. */
export async function returnApplication(
  db: Database,
  id: string,
  name: string,
  kid: string,
  publicKey: PublicKey,
  revocation: RevocationRow,
  now: number,
) {
  await db.batch([
    addRevocation(db, revocation),
    db
      .update(applications)
      .set({ state: "registered", name, validFrom: now, ended: null })
      .where(and(eq(applications.id, id), ne(applications.state, "cancelled"))),
    ...replaceKeys(db, id, kid, publicKey, now),
  ]);
}

/** Ends a registration: keys gone, tokens refused, sockets to be closed; `cancelled` also gives the data up. */
export async function endApplication(
  db: Database,
  id: string,
  state: "unregistered" | "cancelled",
  revocation: RevocationRow,
  now: number,
) {
  await db.batch([
    addRevocation(db, revocation),
    db.update(applications).set({ state, validFrom: now, ended: now }).where(eq(applications.id, id)),
    db.delete(applicationKeys).where(eq(applicationKeys.application, id)),
  ]);
}

/**
 * Adds a key for which there is room, in one conditional statement, so that parallel calls cannot slip past the bound; and
 * only as long as the key that asks for it is in use itself. A key that is there already stays as it is.
 * @returns whether the application has the key now
 */
export async function addKey(
  db: Database,
  application: string,
  { kid, publicKey, by }: { kid: string; publicKey: PublicKey; by: string },
  most: number,
  now: number,
): Promise<boolean> {
  const keysWhere = (condition: SQL) =>
    sql`(SELECT count(*) FROM ${applicationKeys} WHERE application = ${application} AND ${condition})`;
  const rows = await db.all(sql`
    INSERT INTO ${applicationKeys} (application, kid, public_key, added)
    SELECT ${application}, ${kid}, ${JSON.stringify(publicKey)}, ${now}
    WHERE ${keysWhere(sql`kid = ${by}`)} = 1 AND ${keysWhere(sql`kid <> ${kid}`)} < ${most}
    ON CONFLICT DO UPDATE SET added = added
    RETURNING kid`);
  return rows.length > 0;
}

/** Takes a key away; sockets that were opened with it are to be closed. */
export async function removeKey(db: Database, application: string, kid: string, revocation: RevocationRow) {
  await db.batch([
    addRevocation(db, revocation),
    db.delete(applicationKeys).where(and(eq(applicationKeys.application, application), eq(applicationKeys.kid, kid))),
  ]);
}

/** Makes tokens from before `now` count no more, of one user or of all, and orders their sockets to be closed. */
export async function endTokens(
  db: Database,
  application: string,
  user: string | null,
  revocation: RevocationRow,
  now: number,
) {
  const change =
    user === null
      ? db.update(applications).set({ validFrom: now }).where(eq(applications.id, application))
      : db
          .update(users)
          .set({ validFrom: now })
          .where(and(eq(users.id, user), eq(users.application, application)));
  await db.batch([addRevocation(db, revocation), change]);
}

export const setContextAccess = (db: Database, id: string, contextAccess: ContextAccess) =>
  db.update(applications).set({ contextAccess }).where(eq(applications.id, id)).run();

export const applicationsOf = (db: Database, subscriber: string) =>
  db
    .select()
    .from(applications)
    .where(and(eq(applications.subscriber, subscriber), ne(applications.state, "cancelled")))
    .all();

/** Cancelled applications whose time to be erased has come. */
export const applicationsToErase = (db: Database, endedBefore: number, count: number) =>
  db
    .select({ id: applications.id, shards: applications.shards })
    .from(applications)
    .where(and(eq(applications.state, "cancelled"), lt(applications.ended, endedBefore)))
    .limit(count)
    .all();

export const forgetApplication = (db: Database, id: string) =>
  db.delete(applications).where(eq(applications.id, id)).run();
