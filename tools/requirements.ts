import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { basename, join, relative } from "node:path";
import { root } from "./build.ts";
import { type Area, claimsOf, readAreas, readHalves, requirementsDirectory } from "./catalogue.ts";

/** One line of .local/tests.json, which every test run writes. */
interface TestResult {
  name: string;
  file: string;
  state: string;
}

/** ID → the tests that prove it. */
type Proofs = Map<string, TestResult[]>;

function readResults(): TestResult[] {
  const file = join(root, ".local/tests.json");
  if (existsSync(file)) return JSON.parse(readFileSync(file, "utf8")) as TestResult[];
  throw new Error("There are no test results yet. Run `npm test` first.");
}

/** What is wrong with the names of tests. */
function complaints(results: readonly TestResult[], known: ReadonlySet<string>): string[] {
  return results.flatMap(({ name, file }) => {
    const claims = claimsOf(name);
    const unknown = claims
      .filter((id) => !known.has(id))
      .map((id) => `${file}: "${name}" names ${id}, which is unknown`);
    return claims.length > 3 ? [...unknown, `${file}: "${name}" names more than three IDs`] : unknown;
  });
}

/** Only a test that passed proves anything. */
function proofsOf(results: readonly TestResult[]): Proofs {
  const proofs: Proofs = new Map();
  for (const result of results.filter(({ state }) => state === "passed"))
    for (const id of claimsOf(result.name)) proofs.set(id, [...(proofs.get(id) ?? []), result]);
  return proofs;
}

/** `USR-1, USR-2, USR-3, USR-9` as `USR-1…3, 9`. */
function inShort(ids: readonly string[]): string {
  const numbers = ids.map((id) => Number(id.split("-")[1]));
  const starts = numbers.filter((number) => !numbers.includes(number - 1));
  const ends = numbers.filter((number) => !numbers.includes(number + 1));
  const ranges = starts.map((start, i) => (start === ends[i] ? start : `${start}…${ends[i]}`));
  return `${ids[0]?.split("-")[0]}-${ranges.join(", ")}`;
}

function print(areas: readonly Area[], proofs: Proofs, halves: ReadonlyMap<string, string>): void {
  for (const { prefix, title, ids } of areas) {
    console.log(`\n${prefix} · ${title}: ${ids.filter((id) => proofs.has(id)).length} of ${ids.length}`);
    for (const id of ids) {
      const names = new Set((proofs.get(id) ?? []).map(({ name }) => name));
      for (const name of names) console.log(`  ${id.padEnd(8)} ${name}`);
      if (halves.has(id)) console.log(`  ${id.padEnd(8)} open half: ${halves.get(id)}`);
    }
    const open = ids.filter((id) => !proofs.has(id) && !halves.has(id));
    if (open.length > 0) console.log(`  not yet: ${inShort(open)}`);
  }
  console.log();
}

/** The index as a page. Tests stand there by file, so that it changes with the tests and not with their wording. */
export function indexPage(areas: readonly Area[], proofs: Proofs, halves: ReadonlyMap<string, string>): string {
  const proven = (ids: readonly string[]) => ids.filter((id) => proofs.has(id)).length;
  const all = areas.flatMap(({ ids }) => ids);
  const link = (file: string) => `[${basename(file, ".test.ts")}](${relative(requirementsDirectory, file)})`;
  const rowOf = (id: string) => {
    const files = [...new Set((proofs.get(id) ?? []).map(({ file }) => file))].sort();
    return `| ${id}${halves.has(id) ? " ½" : ""} | ${files.map(link).join(", ")} |`;
  };
  const sectionOf = ({ prefix, title, file, ids }: Area) => {
    const rows = ids.filter((id) => proofs.has(id)).map(rowOf);
    const open = ids.filter((id) => !proofs.has(id));
    const table = rows.length > 0 ? `| ID | Proven in |\n| --- | --- |\n${rows.join("\n")}\n\n` : "";
    const rest = open.length === 0 ? "" : `Not yet: ${inShort(open)}.`;
    return `## [${prefix}](${file}) ${title}\n\n${table}${rest}`.trimEnd();
  };
  return `# Requirements

What Beseda is to do, one numbered sentence each, and the tests that prove it. The name of a test begins with the IDs it proves; this page is written from the last test run by \`npm run requirements\`, which also prints the names.

${proven(all)} of ${all.length} are proven. Of those marked ½ one half is still open, see [open halves](halves.md).

| Area | Requirements | Proven |
| --- | --- | --- |
${areas.map(({ prefix, title, file, ids }) => `| [${prefix}](${file}) ${title} | ${ids.length} | ${proven(ids)} |`).join("\n")}

${areas
  .filter(({ ids }) => proven(ids) > 0)
  .map(sectionOf)
  .join("\n\n")}
`;
}

if (process.argv[1] === import.meta.filename) {
  const areas = readAreas();
  const halves = readHalves();
  const known = new Set(areas.flatMap(({ ids }) => ids));
  const results = readResults();
  const wrong = complaints(results, known);
  const proofs = proofsOf(results);
  print(areas, proofs, halves);
  writeFileSync(join(root, requirementsDirectory, "README.md"), indexPage(areas, proofs, halves));
  for (const complaint of wrong) console.error(complaint);
  const proven = [...known].filter((id) => proofs.has(id)).length;
  console.log(`${proven} of ${known.size} proven`);
  if (wrong.length > 0) process.exitCode = 1;
}
