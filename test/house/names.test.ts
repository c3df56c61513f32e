import { expect, test } from "vitest";
import { claimsOf, readAreas, readHalves } from "../../tools/catalogue.ts";
import { filesIn, textOf } from "../support/node/tree.ts";

const ids = readAreas().flatMap((area) => area.ids);

/** Names of tests that begin with an ID, found as text: whatever the way in which the test is declared. */
const names = filesIn("test")
  .filter((path) => path.endsWith(".test.ts"))
  .flatMap((path) => {
    const found = textOf(path).matchAll(/["'`]([A-Z]{3,4}-\d+(?:,? [A-Z]{3,4}-\d+)*) /g);
    return [...found].map(([, name = ""]) => ({ path, claims: claimsOf(name) }));
  });

test("the name of a test begins with at most three IDs", () => {
  expect(names.filter(({ claims }) => claims.length > 3)).toEqual([]);
});

test("the IDs in names of tests are known", () => {
  const unknown = names.flatMap(({ path, claims }) =>
    claims.filter((id) => !ids.includes(id)).map((id) => ({ path, id })),
  );
  expect(unknown).toEqual([]);
});

test("every ID is given once, in the area whose prefix it has", () => {
  const repeated = ids.filter((id, index) => ids.indexOf(id) !== index);
  expect(repeated).toEqual([]);
  for (const { prefix, ids: own } of readAreas()) expect(own.filter((id) => !id.startsWith(`${prefix}-`))).toEqual([]);
});

test("open halves are halves of known requirements", () => {
  const halves = [...readHalves().keys()];
  expect(halves.length).toBeGreaterThan(0);
  expect(halves.filter((id) => !ids.includes(id))).toEqual([]);
});

test("the index of requirements knows every test that names an ID", () => {
  const index = textOf("docs/requirements/README.md").split("\n");
  const rowOf = (id: string) => index.find((line) => line.startsWith(`| ${id} `)) ?? "";
  const missing = names.flatMap(({ path, claims }) =>
    claims.filter((id) => !rowOf(id).includes(path)).map((id) => `${id} in ${path}`),
  );
  expect([...new Set(missing)], "npm test, then npm run requirements").toEqual([]);
});

test("no test is left out or left alone", () => {
  const marked = filesIn("test").filter((path) =>
    /\b(?:test|it|describe)\.(?:only|skip|todo|fails)\b/.test(textOf(path)),
  );
  expect(marked).toEqual([]);
});
