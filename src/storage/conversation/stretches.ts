/** Event numbers in a stretch: the first one has 1 to 512. */
export const stretchLength = 512;

/** The stretch in which an event stands, from 0. */
export const stretchOf = (n: number): number => Math.floor((n - 1) / stretchLength);

/** Number of the first event of a stretch. */
export const startOf = (stretch: number): number => stretch * stretchLength + 1;

/** Remembers the words of a stretch: one row for all its messages. */
export const writeStretch = (sql: SqlStorage, stretch: number, words: string): void => {
  sql.exec("INSERT INTO stretches (stretch, words) VALUES (?, ?) ON CONFLICT DO NOTHING", stretch, words);
};

/** A text of the stretch is another one, or gone: nothing of it is kept. */
export const forgetStretch = (sql: SqlStorage, stretch: number): void => {
  sql.exec("DELETE FROM stretches WHERE stretch = ?", stretch);
};

/**
 * Which stretches from `from` to `to` are remembered, and whether each may have what is sought.
 * @param needles of each group at least one must be there
 */
export function fittingStretches(
  sql: SqlStorage,
  from: number,
  to: number,
  needles: readonly (readonly string[])[],
): Map<number, boolean> {
  const fits = needles.map((group) => `(${group.map(() => "instr(words, ?)").join(" OR ")})`).join(" AND ");
  const rows = sql.exec<{ stretch: number; fits: number }>(
    `SELECT stretch, ${fits} AS fits FROM stretches WHERE stretch BETWEEN ? AND ?`,
    ...needles.flat(),
    from,
    to,
  );
  return new Map(Array.from(rows, ({ stretch, fits }) => [stretch, fits === 1]));
}
