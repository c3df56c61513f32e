export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  const value = sorted.length % 2 === 1 ? sorted[middle] : ((sorted[middle - 1] ?? 0) + (sorted[middle] ?? 0)) / 2;
  return value ?? 0;
}

/** Milliseconds with one decimal; `values` need not be sorted. */
export function percentile(values: readonly number[], percent: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  const value = sorted[Math.min(sorted.length - 1, Math.floor((sorted.length * percent) / 100))] ?? 0;
  return Math.round(value * 10) / 10;
}

/** Prints one measurement as a JSON line, for programs, and returns it for the table. */
export function report<Row extends object>(row: Row): Row {
  console.log(JSON.stringify(row));
  return row;
}

/** Prints all of them for people. */
export function table(rows: readonly object[]): void {
  console.table(rows);
}
