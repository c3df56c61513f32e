/**
 * Brings the tables of an object up to date. Files are append-only and numbered; a table `schema` remembers how many have
 * run, because SQLite's own user_version is out of bounds here. Runs synchronously, in the constructor or on creation.
 */
export function migrate(sql: SqlStorage, files: readonly string[]): void {
  const done = migrationsDone(sql);
  if (done === files.length) return;
  if (done > files.length)
    throw new Error(`These tables were made by a newer version: ${done} migrations, ${files.length} known`);
  if (done === 0) sql.exec("CREATE TABLE schema (id INTEGER PRIMARY KEY CHECK (id = 1), done INTEGER NOT NULL)");
  for (const file of files.slice(done)) sql.exec(file);
  sql.exec(
    "INSERT INTO schema (id, done) VALUES (1, ?) ON CONFLICT (id) DO UPDATE SET done = excluded.done",
    files.length,
  );
}

/** How many migrations these tables have seen; 0 for an object that was never created. */
export function migrationsDone(sql: SqlStorage): number {
  const table = sql.exec("SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = 'schema'").toArray();
  if (table.length === 0) return 0;
  return sql.exec<{ done: number }>("SELECT done FROM schema").one().done;
}
