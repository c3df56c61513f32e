import { expect, test } from "vitest";
import { problems } from "../../src/protocol/problems.ts";
import { codeIn, textOf } from "../support/node/tree.ts";

const code = codeIn("src", "durable-objects").filter((path) => path !== "src/protocol/problems.ts");
const texts = code.map(textOf).join("\n");

test.for(Object.entries(problems))("%s has a status, a title and a next step, and is used", ([name, mapped]) => {
  const [status, title, nextStep] = mapped;
  expect(status).toBeGreaterThanOrEqual(400);
  expect(title).toMatch(/^[A-Z].*\w$/);
  expect(nextStep).toMatch(/^[A-Z].*\.$/);
  expect(texts).toContain(`"${name}"`);
});

test("every problem that is thrown is mapped", () => {
  const thrown = [...texts.matchAll(/new Problem\(\s*"(\w+)"/g)].map(([, name = ""]) => name);
  expect([...new Set(thrown)].filter((name) => !(name in problems))).toEqual([]);
});
