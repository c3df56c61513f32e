import { type DrizzleD1Database, drizzle } from "drizzle-orm/d1";

export type Database = DrizzleD1Database;

/**
 * The directory that holds an application. Today there is one for all; a second D1 database is a binding and a line here,
 * because everything but the tables of subscribers and applications is looked up by application.
 */
export const directoryOf = (env: Pick<Env, "DIRECTORY">, _application?: string): Database =>
  drizzle(env.DIRECTORY, { casing: "snake_case" });

/** A statement that `batch` takes. */
export type Statement = Parameters<Database["batch"]>[0][number];

/** Did the error come from a unique index? D1 tells it only in words. */
export const isUniqueViolation = (error: unknown): boolean => {
  for (let cause: unknown = error; cause instanceof Error; cause = cause.cause) {
    if (/UNIQUE constraint failed/i.test(cause.message)) return true;
  }
  return false;
};
