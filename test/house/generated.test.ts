import { execFile } from "node:child_process";
import { cpSync, mkdtempSync, readdirSync, rmSync } from "node:fs";
import { join, relative } from "node:path";
import { promisify } from "node:util";
import { expect, test } from "vitest";
import { ConfigSchema } from "../../src/storage/config.ts";
import { quietWrangler, root } from "../../tools/build.ts";
import { configurationFile, configurationPage } from "../../tools/configuration.ts";
import { textOf } from "../support/node/tree.ts";

const run = (command: string, args: string[]) =>
  promisify(execFile)(command, args, { cwd: root, env: { ...process.env, ...quietWrangler } });

test("the bindings are those of wrangler.toml (npm run types)", async () => {
  await run("wrangler", ["types", "src/bindings.d.ts", "--check"]);
});

test("the page of the configuration is that of its schema (npm run docs)", () => {
  expect(textOf(configurationFile)).toBe(configurationPage());
});

test("npm start sets or passes on every variable of the configuration", () => {
  const start = textOf("tools/start.ts");
  expect(Object.keys(ConfigSchema.entries).filter((name) => !start.includes(name))).toEqual([]);
});

test("the tables of the directory are what its migrations make (npm run migration)", async () => {
  const copy = mkdtempSync(join(root, "dist/migrations-"));
  try {
    cpSync(join(root, "migrations/directory"), copy, { recursive: true });
    const before = readdirSync(copy);
    const schema = ["--dialect=sqlite", "--schema=./src/storage/directory/*.ts", "--casing=snake_case"];
    // drizzle-kit takes its folder only as a path from where it runs.
    await run("drizzle-kit", ["generate", ...schema, `--out=${relative(root, copy)}`]);
    expect(readdirSync(copy)).toEqual(before);
  } finally {
    rmSync(copy, { recursive: true });
  }
});
