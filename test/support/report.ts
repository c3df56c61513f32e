import { mkdirSync, writeFileSync } from "node:fs";
import type { Reporter, TestCase, TestModule } from "vitest/node";

/**
 * Writes which tests passed to `.local/tests.json`, for `npm run requirements`, and ends with one line of totals. A file
 * that failed before its tests began counts as a failure.
 */
export default class Totals implements Reporter {
  onTestRunEnd(modules: readonly TestModule[], errors: readonly unknown[]): void {
    const tests: { name: string; file: string; state: string }[] = [];
    let broken = errors.length;
    for (const module of modules) {
      const cases = [...module.children.allTests()];
      for (const test of cases)
        tests.push({ name: test.fullName, file: module.relativeModuleId, state: test.result().state });
      if (module.state() === "failed" && !cases.some((test: TestCase) => test.result().state === "failed")) broken++;
    }
    const count = (state: string) => tests.filter((test) => test.state === state).length;
    mkdirSync(".local", { recursive: true });
    writeFileSync(".local/tests.json", JSON.stringify(tests, null, 1));
    const skipped = count("skipped") + count("pending");
    console.log(
      `${count("passed")} passed, ${count("failed") + broken} failed${skipped > 0 ? `, ${skipped} skipped` : ""}`,
    );
  }
}
