import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import type { Reporter, TestCase, TestModule } from "vitest/node";

interface Result {
  name: string;
  file: string;
  state: string;
}

const kept = ".local/tests.json";

/** Results of files that this run left out stay as they were, so that a run of a few files forgets nothing. */
function keep(results: readonly Result[], files: ReadonlySet<string>): void {
  const before: Result[] = existsSync(kept) ? JSON.parse(readFileSync(kept, "utf8")) : [];
  const others = before.filter(({ file }) => !files.has(file) && existsSync(file));
  const all = [...others, ...results].sort((a, b) => a.file.localeCompare(b.file, "en"));
  mkdirSync(".local", { recursive: true });
  // Two runs at once must not read half a file.
  writeFileSync(`${kept}.${process.pid}`, JSON.stringify(all, null, 1));
  renameSync(`${kept}.${process.pid}`, kept);
}

/**
 * Writes which tests passed to `.local/tests.json`, for `npm run requirements`, and ends with one line of totals. A file
 * that failed before its tests began counts as a failure.
 */
export default class Totals implements Reporter {
  onTestRunEnd(modules: readonly TestModule[], errors: readonly unknown[]): void {
    const tests: Result[] = [];
    let broken = errors.length;
    for (const module of modules) {
      const cases = [...module.children.allTests()];
      for (const test of cases)
        tests.push({ name: test.fullName, file: module.relativeModuleId, state: test.result().state });
      if (module.state() === "failed" && !cases.some((test: TestCase) => test.result().state === "failed")) broken++;
    }
    const count = (state: string) => tests.filter((test) => test.state === state).length;
    keep(tests, new Set(modules.map((module) => module.relativeModuleId)));
    const skipped = count("skipped") + count("pending");
    console.log(
      `${count("passed")} passed, ${count("failed") + broken} failed${skipped > 0 ? `, ${skipped} skipped` : ""}`,
    );
  }
}
