import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { expect, test } from "vitest";
import { root } from "../../tools/build.ts";
import { codeIn, importsOf, quantile, textOf } from "../support/node/tree.ts";

const linesOf = (path: string): number => textOf(path).trimEnd().split("\n").length;

test("no file has more than 300 lines", () => {
  const large = codeIn().map((path) => ({ path, lines: linesOf(path) }));
  expect(large.filter(({ lines }) => lines > 300)).toEqual([]);
});

test("half of the server's files have at most 90 lines, nine in ten at most 180", () => {
  const lines = codeIn("src", "durable-objects").map(linesOf);
  expect(quantile(lines, 0.5)).toBeLessThanOrEqual(90);
  expect(quantile(lines, 0.9)).toBeLessThanOrEqual(180);
});

test("no import climbs more than three folders", () => {
  const climbing = codeIn().filter((path) => /["'](?:\.\.\/){4}/.test(textOf(path)));
  expect(climbing).toEqual([]);
});

test("no function has more than 70 lines, and no imports form a circle", async () => {
  const { rules } = JSON.parse(textOf("biome.json")).linter;
  expect(rules.complexity.noExcessiveLinesPerFunction).toEqual({ level: "error", options: { maxLines: 70 } });
  // Circles of types count: they are circles for the reader.
  expect(rules.suspicious.noImportCycles).toEqual({ level: "error", options: { ignoreTypes: false } });
  const only = ["--only=complexity/noExcessiveLinesPerFunction", "--only=suspicious/noImportCycles"];
  await promisify(execFile)("biome", ["lint", ...only, "."], { cwd: root });
});

test("every package that the code imports is named in package.json", () => {
  const { dependencies, devDependencies } = JSON.parse(textOf("package.json"));
  const known = new Set([...Object.keys(dependencies), ...Object.keys(devDependencies), "beseda"]);
  const packages = codeIn()
    .flatMap(importsOf)
    .map(({ to }) => to)
    .filter((to) => !/^(?:node|cloudflare):/.test(to) && !/\.\w+(?:\?\w+)?$/.test(to))
    .map((to) =>
      to
        .split("/")
        .slice(0, to.startsWith("@") ? 2 : 1)
        .join("/"),
    );
  expect([...new Set(packages)].filter((name) => !known.has(name))).toEqual([]);
});
