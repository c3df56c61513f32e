import { spawnSync } from "node:child_process";
import { readdirSync } from "node:fs";
import { quietWrangler, root } from "./build.ts";

/** One for each kind of code: Worker, node, SDK. */
const projects = readdirSync(root).filter((file) => /^tsconfig(?!\.base).*\.json$/.test(file));

/** What must hold before a change goes in, besides the tests. Every step runs, so that one round shows all that is wrong. */
const steps: [sentence: string, command: string][] = [
  ["The format is Biome's, its rules hold", "biome check --error-on-warnings ."],
  ["No promise floats", "oxlint --type-aware"],
  ...projects.map((file): [string, string] => [`The types agree in ${file}`, `tsc -p ${file} --noEmit`]),
  ["The bindings are those of wrangler.toml", "wrangler types src/bindings.d.ts --check"],
  // The totals of a test run are the business of `npm test`, which runs these too.
  ["The house is in order", "vitest run --project node test/house --reporter=dot"],
];

const failed = steps.filter(([sentence, command]) => {
  const start = performance.now();
  const { status, stdout, stderr } = spawnSync(command, {
    shell: true,
    cwd: root,
    env: { ...process.env, ...quietWrangler },
    encoding: "utf8",
  });
  const seconds = ((performance.now() - start) / 1000).toFixed(1);
  console.log(`${status === 0 ? "✓" : "✗"} ${sentence} (${command}, ${seconds} s)`);
  if (status !== 0) console.log(`${stdout}${stderr}`);
  return status !== 0;
});
if (failed.length > 0) {
  console.log(`${failed.length} of ${steps.length} checks failed.`);
  process.exitCode = 1;
}
