import type { Run } from "../../../src/sdk/client/index.ts";

/** Runs that stand together: one item of a list, or text between lists. */
export interface Block {
  list: Run["list"];
  runs: Run[];
}

const areSame = (a: Run["list"], b: Run["list"]): boolean =>
  a === b || (!!a && !!b && a.item === b.item && a.level === b.level && a.ordered === b.ordered);

/** Puts runs of the same list item together, and what stands between the lists. */
export function blocksOf(runs: readonly Run[]): Block[] {
  const blocks: Block[] = [];
  for (const run of runs) {
    const last = blocks.at(-1);
    if (last && areSame(last.list, run.list)) last.runs.push(run);
    else blocks.push({ list: run.list, runs: [run] });
  }
  return blocks;
}
