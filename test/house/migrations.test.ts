import { createHash } from "node:crypto";
import { DatabaseSync } from "node:sqlite";
import { expect, test } from "vitest";
import { filesIn, textOf } from "../support/node/tree.ts";

const files = filesIn("migrations")
  .filter((path) => path.endsWith(".sql"))
  .sort();
const stores = [...new Set(files.map((path) => path.split("/")[1] ?? ""))];
/** The statements alone: comments may speak of anything. */
const statementsOf = (path: string): string => textOf(path).replace(/--.*$/gm, "");

test.for(files)("%s is as it was when it was new", (path) => {
  const hash = createHash("sha256").update(textOf(path)).digest("hex");
  const line = `${hash}  ${path.replace("migrations/", "")}`;
  const advice = "a migration that ran is history, write the next one; a new one gets its line in checksums.txt";
  expect(textOf("migrations/checksums.txt").split("\n"), advice).toContain(line);
});

test("no migration is gone", () => {
  const lines = textOf("migrations/checksums.txt").trim().split("\n");
  expect(lines.map((line) => `migrations/${line.split("  ")[1]}`)).toEqual(files);
});

test.for(stores)("the files of %s are numbered without a gap", (store) => {
  const numbers = files
    .filter((path) => path.split("/")[1] === store)
    .map((path) => Number(path.split("/")[2]?.slice(0, 4)));
  expect(numbers).toEqual(numbers.map((_, index) => (numbers[0] ?? 0) + index));
});

test.for(files)("%s leaves transactions to who runs it, and deletes nothing by the way", (path) => {
  expect(statementsOf(path)).not.toMatch(/^\s*(?:BEGIN|COMMIT|END|ROLLBACK|SAVEPOINT|RELEASE|PRAGMA)\b/im);
  // Rebuilding a table drops it, and a cascade would then take the rows that refer to it.
  expect(statementsOf(path)).not.toMatch(/ON\s+DELETE\s+CASCADE/i);
});

interface Column {
  name: string;
  type: string;
}

const tablesOf = (database: DatabaseSync): string[] =>
  database
    .prepare("SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'")
    .all()
    .map(({ name }) => String(name));

const rowsIn = (database: DatabaseSync, table: string): number =>
  Number(database.prepare(`SELECT count(*) AS rows FROM "${table}"`).get()?.rows);

/** One row with something in every column; 1 and 'x' satisfy what the tables ask of their values. */
function seed(database: DatabaseSync, table: string): void {
  const columns = database.prepare(`SELECT name, type FROM pragma_table_info('${table}')`).all() as unknown as Column[];
  const names = columns.map(({ name }) => `"${name}"`);
  const values = columns.map(({ type }) => (/int/i.test(type) ? "1" : "'x'"));
  database.exec(`INSERT INTO "${table}" (${names.join(", ")}) VALUES (${values.join(", ")})`);
}

test.for(stores)("rows written at any time survive the later migrations of %s", (store) => {
  const database = new DatabaseSync(":memory:");
  database.exec("PRAGMA foreign_keys = ON");
  const seeded = new Set<string>();
  for (const file of files.filter((path) => path.split("/")[1] === store)) {
    database.exec(textOf(file));
    for (const table of tablesOf(database).filter((table) => !seeded.has(table))) {
      seed(database, table);
      seeded.add(table);
    }
    for (const table of seeded) expect(rowsIn(database, table), `${table} after ${file}`).toBe(1);
  }
  expect(seeded.size).toBeGreaterThan(0);
});
