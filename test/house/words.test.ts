import { basename, dirname } from "node:path";
import { expect, test } from "vitest";
import { codeIn, filesIn, textOf } from "../support/node/tree.ts";

const texts = filesIn().filter((path) => /\.(?:ts|tsx|js|css|html|md|sql|toml|json)$/.test(path));

test("nothing is put off: no TO-DO and no FIX-ME stands anywhere", () => {
  const putOff = texts.filter((path) => /\b(?:TO(?:DO)|FIX(?:ME)|X(?:XX)|HA(?:CK))\b/.test(textOf(path)));
  expect(putOff.filter((path) => path !== "src/bindings.d.ts" && path !== "package-lock.json")).toEqual([]);
});

test("no folder and no file is named by having no name", () => {
  const vague = /^(?:utils?|helpers?|common|misc|shared|services|lib)$/;
  const named = codeIn().flatMap((path) => [...dirname(path).split("/"), basename(path).replace(/\..*$/, "")]);
  expect([...new Set(named)].filter((name) => vague.test(name))).toEqual([]);
});

test("the required parts stand at the top of the tree", () => {
  const tops = new Set(filesIn().map((path) => path.split("/")[0]));
  const required = ["package.json", "wrangler.toml", "src", "durable-objects", "migrations", "test", "README.md"];
  expect(required.filter((part) => !tops.has(part))).toEqual([]);
});
