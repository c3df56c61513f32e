import { and, asc, desc, eq, gt, inArray, isNotNull, lt, or, type SQL, sql } from "drizzle-orm";
import { index, integer, sqliteTable, text, uniqueIndex } from "drizzle-orm/sqlite-core";
import type { SortDirection } from "../../protocol/lists.ts";
import type { UserKind } from "../../protocol/users.ts";
import type { Database } from "./database.ts";
import { addRevocation, type RevocationRow } from "./revocations.ts";

/** People and programs of an application. Folded columns serve search without regard to case. */
export const users = sqliteTable(
  "users",
  {
    id: text().primaryKey(),
    application: text().notNull(),
    kind: text().$type<UserKind>().notNull(),
    infoBaseUserId: text(),
    name: text().notNull(),
    nameFolded: text().notNull(),
    fullName: text().notNull(),
    fullNameFolded: text().notNull(),
    picture: text(),
    phoneNumber: text(),
    email: text(),
    matchingKey: text(),
    emailForAuthentication: text(),
    externalSystemType: text(),
    externalSystemUserId: text(),
    isLocked: integer({ mode: "boolean" }).notNull().default(false),
    /** Milliseconds; older tokens of this user are refused. */
    validFrom: integer().notNull().default(0),
    /** When the token that last told the names was made, or the application wrote them, in milliseconds. */
    namesFrom: integer().notNull().default(0),
    created: integer().notNull(),
  },
  (table) => [
    uniqueIndex("users_by_info_base_user").on(table.application, table.infoBaseUserId),
    uniqueIndex("users_by_external_email").on(table.application, table.emailForAuthentication),
    uniqueIndex("users_by_external_system").on(table.application, table.externalSystemType, table.externalSystemUserId),
    index("users_by_name").on(table.application, table.nameFolded),
  ],
);

export type UserRow = typeof users.$inferSelect;
export type Names = Pick<UserRow, "name" | "fullName">;
export type UserChanges = Partial<Omit<UserRow, "id" | "application" | "nameFolded" | "fullNameFolded" | "created">>;

/** One spelling for comparing text without regard to case, Cyrillic included. */
export const fold = (value: string): string => value.normalize("NFC").toLowerCase();

const folded = (changes: { name?: string; fullName?: string }) => ({
  ...(changes.name !== undefined && { nameFolded: fold(changes.name) }),
  ...(changes.fullName !== undefined && { fullNameFolded: fold(changes.fullName) }),
});

export const userById = (db: Database, application: string, id: string) =>
  db
    .select()
    .from(users)
    .where(and(eq(users.id, id), eq(users.application, application)))
    .get();

export const userByInfoBaseUser = (db: Database, application: string, uuid: string) =>
  db
    .select()
    .from(users)
    .where(and(eq(users.application, application), eq(users.infoBaseUserId, uuid)))
    .get();

/** Users by id or by the application's UUID; those that do not exist are missing from the answer. */
export async function usersByReferences(
  db: Database,
  application: string,
  references: readonly string[],
): Promise<UserRow[]> {
  const wanted = JSON.stringify(references);
  return db
    .select()
    .from(users)
    .where(
      and(
        eq(users.application, application),
        or(
          sql`${users.id} IN (SELECT value FROM json_each(${wanted}))`,
          sql`${users.infoBaseUserId} IN (SELECT value FROM json_each(${wanted}))`,
        ),
      ),
    )
    .all();
}

export type NewUser = Omit<typeof users.$inferInsert, "nameFolded" | "fullNameFolded">;

const insert = (db: Database, row: NewUser) =>
  db
    .insert(users)
    .values({ ...row, nameFolded: fold(row.name), fullNameFolded: fold(row.fullName) })
    .onConflictDoNothing()
    .returning();

/**
 * Adds a user unless its pair (UUID, external address, external identity) exists.
 * @returns the new row, or undefined when there was one already.
 */
export const addUser = (db: Database, row: NewUser) => insert(db, row).get();

/** Adds many users in one round trip. @returns each new or known row, in the order given, with whether it is new */
export async function addUsers(db: Database, rows: readonly NewUser[]): Promise<{ row: UserRow; created: boolean }[]> {
  const inserts = rows.map((row) => insert(db, row));
  const finds = rows.map((row) => findPair(db, row));
  const results = (await db.batch([...inserts, ...finds] as never)) as unknown as UserRow[][];
  return rows.map((_, index) => {
    const row = results[rows.length + index]?.[0];
    if (!row) throw new Error("A user vanished while being created");
    return { row, created: (results[index]?.length ?? 0) > 0 };
  });
}

const findPair = (db: Database, { application, infoBaseUserId, emailForAuthentication }: NewUser) =>
  db
    .select()
    .from(users)
    .where(
      and(
        eq(users.application, application),
        infoBaseUserId
          ? eq(users.infoBaseUserId, infoBaseUserId)
          : eq(users.emailForAuthentication, emailForAuthentication ?? ""),
      ),
    );

/** Changes a user, together with the order to close sockets if there is one, so that neither happens alone. */
export async function changeUser(
  db: Database,
  application: string,
  id: string,
  changes: UserChanges,
  revocation?: RevocationRow,
): Promise<UserRow | undefined> {
  const change = db
    .update(users)
    .set({ ...changes, ...folded(changes) })
    .where(and(eq(users.id, id), eq(users.application, application)))
    .returning();
  const [rows] = await db.batch(revocation ? [change, addRevocation(db, revocation)] : [change]);
  return rows[0];
}

/** Takes names over from a token made at `namesFrom`. @returns undefined when a newer one has told them meanwhile */
export const refreshNames = (db: Database, { application, id }: UserRow, names: Names, namesFrom: number) =>
  db
    .update(users)
    .set({ ...names, ...folded(names), namesFrom })
    .where(and(eq(users.id, id), eq(users.application, application), lt(users.namesFrom, namesFrom)))
    .returning()
    .get();

export interface UserSearch {
  application: string;
  where: Partial<
    Pick<
      UserRow,
      | "infoBaseUserId"
      | "name"
      | "fullName"
      | "phoneNumber"
      | "email"
      | "emailForAuthentication"
      | "matchingKey"
      | "isLocked"
      | "kind"
    >
  >;
  external?: boolean | undefined;
  after?: string | undefined;
  direction: SortDirection;
  count: number;
}

/** One page of users by id, every given field matching exactly, names, phone and addresses without regard to case. */
export function searchUsers(db: Database, { application, where, external, after, direction, count }: UserSearch) {
  const conditions: (SQL | undefined)[] = [eq(users.application, application)];
  if (where.infoBaseUserId) conditions.push(eq(users.infoBaseUserId, where.infoBaseUserId));
  if (where.name !== undefined) conditions.push(eq(users.nameFolded, fold(where.name)));
  if (where.fullName !== undefined) conditions.push(eq(users.fullNameFolded, fold(where.fullName)));
  if (where.phoneNumber !== undefined) conditions.push(samePhoneNumber(where.phoneNumber ?? ""));
  if (where.email !== undefined) conditions.push(eq(users.email, where.email?.toLowerCase() ?? ""));
  if (where.emailForAuthentication !== undefined)
    conditions.push(eq(users.emailForAuthentication, where.emailForAuthentication?.toLowerCase() ?? ""));
  if (where.matchingKey !== undefined) conditions.push(eq(users.matchingKey, where.matchingKey ?? ""));
  if (where.isLocked !== undefined) conditions.push(eq(users.isLocked, where.isLocked));
  if (external !== undefined)
    conditions.push(
      external ? inArray(users.kind, ["external", "guest"]) : inArray(users.kind, ["regular", "integration"]),
    );
  if (after) conditions.push(direction === "Asc" ? gt(users.id, after) : lt(users.id, after));
  return db
    .select()
    .from(users)
    .where(and(...conditions))
    .orderBy(direction === "Asc" ? asc(users.id) : desc(users.id))
    .limit(count)
    .all();
}

/** SQLite's lower() knows Latin letters only, so a number with others in it is also found as it is written. */
const samePhoneNumber = (wanted: string) =>
  or(eq(users.phoneNumber, wanted), eq(sql`lower(${users.phoneNumber})`, wanted.toLowerCase()));

/** Regular and external users whose name or full name contains the text, blocked ones left out (USR-24). */
export function suggestUsers(db: Database, application: string, typed: string, count: number) {
  const part = fold(typed);
  return db
    .select()
    .from(users)
    .where(
      and(
        eq(users.application, application),
        eq(users.isLocked, false),
        inArray(users.kind, ["regular", "external"]),
        or(sql`instr(${users.nameFolded}, ${part}) > 0`, sql`instr(${users.fullNameFolded}, ${part}) > 0`),
      ),
    )
    .orderBy(users.fullNameFolded, users.id)
    .limit(count)
    .all();
}

/** Does the application have anybody who could talk? (REG-30) */
export const hasUsers = async (db: Database, application: string): Promise<boolean> =>
  (await db
    .select({ id: users.id })
    .from(users)
    .where(and(eq(users.application, application), isNotNull(users.infoBaseUserId)))
    .limit(1)
    .get()) !== undefined;

/** Takes a number of an application's users away, for good. @returns how many went. */
export async function eraseUsers(db: Database, application: string, count: number): Promise<number> {
  const gone = await db
    .delete(users)
    .where(sql`${users.id} IN (SELECT id FROM users WHERE application = ${application} LIMIT ${count})`)
    .returning({ id: users.id });
  return gone.length;
}
