import { existsSync } from "node:fs";
import { dirname, join, normalize } from "node:path";
import { expect, test } from "vitest";
import { limits } from "../../src/protocol/limits.ts";
import { problems } from "../../src/protocol/problems.ts";
import { root } from "../../tools/build.ts";
import { filesIn, textOf } from "../support/node/tree.ts";

const documents = ["README.md", ...filesIn("docs").filter((path) => path.endsWith(".md"))];
const exists = (path: string): boolean => existsSync(join(root, path));

/** Paths from the top of the tree, wherever they stand in a text; with a `<` or `*` they are patterns. */
const tops = "src|durable-objects|migrations|test|tools|bench|docs|samples|web|demo|\\.ci";
const pathPattern = new RegExp(`(?<![\\w./-])(?:${tops})/[\\w./-]*(?![\\w./-]*[<*{…])`, "g");

function pathsIn(document: string): string[] {
  const text = textOf(document);
  const named = [...text.matchAll(pathPattern)].map(([path]) => path.replace(/\.$/, ""));
  const linked = [...text.matchAll(/\]\((?!\w+:|#)([^)#\s]+)/g)].map(([, to = ""]) => join(dirname(document), to));
  return [...named, ...linked].map(normalize);
}

/** What is wrong in any document, each with the document in which it stands. */
const wrongIn = (find: (document: string) => string[]): string[] =>
  documents.flatMap((document) => find(document).map((words) => `${document}: ${words}`));

test("documents name only paths that exist", () => {
  expect(wrongIn((document) => pathsIn(document).filter((path) => !exists(path)))).toEqual([]);
});

test("documents name only commands that exist", () => {
  const { scripts } = JSON.parse(textOf("package.json"));
  const commandsIn = (document: string) =>
    [...textOf(document).matchAll(/npm run ([\w-]+)/g)].map(([, command = ""]) => command);
  expect(wrongIn((document) => commandsIn(document).filter((command) => !(command in scripts)))).toEqual([]);
});

/** A number in a text that is no part of a word, a date or an address. */
const numberPattern = /(?<![\w.,:/-])\d[\d,]*(?![\w.:/-])/g;

const numberBefore = (text: string): number | undefined => {
  const last = text.match(numberPattern)?.at(-1);
  return last === undefined ? undefined : Number(last.replaceAll(",", ""));
};

/** A name in brackets says what the number before it is: 4,000 characters (`messageText`), 413 (`limit_exceeded`). */
function wrongNumbersIn(document: string): string[] {
  const stated = textOf(document).matchAll(/([^|\n]{0,60}?)\(`([a-z]\w*)`\)/g);
  const wrong = [...stated].filter(([, before = "", name = ""]) => {
    const number = numberBefore(before);
    if (name in limits) return number !== undefined && number !== limits[name as keyof typeof limits];
    // Other names stand in brackets too; directly behind a number they claim to be its name.
    const direct = /(?:^|\s)(\d[\d,]*)(?: [a-z]+)? $/.exec(before)?.[1];
    return direct !== undefined && problems[name as keyof typeof problems]?.[0] !== Number(direct);
  });
  return wrong.map(([words]) => words);
}

test("documents state numbers as the protocol has them", () => {
  expect(wrongIn(wrongNumbersIn)).toEqual([]);
});

test("the continuous integration runs what the README says", () => {
  const [, command = "no command"] = /^(npm ci && npm test)\b/m.exec(textOf("README.md")) ?? [];
  for (const part of command.split(" && ")) expect(textOf(".ci/run")).toMatch(new RegExp(`^${part}\\b`, "m"));
});
