import { expect, test } from "vitest";
import { codeIn, type Import, importsOf, textOf } from "../support/node/tree.ts";

/** From the top down. A floor imports from itself and from floors below it, never upward or sideways. */
const floors = [["worker"], ["routes", "consumers"], ["durable-objects"], ["domain"], ["storage", "sdk"], ["protocol"]];

/** Concepts of the domain do not know each other, but for these lines. */
const linesInTheDomain = new Set([
  "messages → conversations",
  "notifications → conversations",
  "registration → access",
  "search → conversations",
]);

const roomOf = (path: string): string => {
  const [top = "", room = ""] = path.split("/");
  return top === "src" ? room.replace(/\.ts$/, "") : top;
};
const floorOf = (path: string): number => floors.findIndex((rooms) => rooms.includes(roomOf(path)));
const shown = ({ from, to }: Import): string => `${from} → ${to}`;

const code = codeIn("src", "durable-objects").filter((path) => path !== "src/absent.ts");
const imports = code.flatMap(importsOf);
const own = imports.filter(({ to }) => /^(?:src|durable-objects)\//.test(to));

test("every file of the server stands on a floor", () => {
  expect(code.filter((path) => floorOf(path) < 0)).toEqual([]);
});

test("imports go down, those of types too", () => {
  const upward = own.filter(({ from, to }) => roomOf(from) !== roomOf(to) && floorOf(from) >= floorOf(to));
  expect(upward.map(shown)).toEqual([]);
});

test("concepts of the domain meet only along the named lines, and each line is in use", () => {
  const conceptOf = (path: string): string => path.split("/")[2] ?? "";
  const lines = own
    .filter(({ from, to }) => roomOf(from) === "domain" && roomOf(to) === "domain")
    .filter(({ from, to }) => conceptOf(from) !== conceptOf(to))
    .map(({ from, to }) => `${conceptOf(from)} → ${conceptOf(to)}`);
  expect([...new Set(lines)].sort()).toEqual([...linesInTheDomain]);
});

test("the SDK knows the protocol alone, its browser half no package, and the server knows no SDK", () => {
  const strange = imports.filter(({ from, to }) => {
    if (roomOf(from) !== "sdk") return roomOf(to) === "sdk";
    if (from.startsWith("src/sdk/client/")) return !/^src\/(?:sdk\/client|protocol)\//.test(to);
    if (from.startsWith("src/sdk/embed/")) return !/^src\/(?:sdk\/(?:client|embed)|protocol)\//.test(to);
    return !/^src\/(?:sdk|protocol)\//.test(to) && to !== "jose";
  });
  expect(strange.map(shown)).toEqual([]);
});

test("pages know the browser half of the SDK and the protocol, and nothing of the server", () => {
  const within = codeIn("web")
    .flatMap(importsOf)
    .filter(({ to }) => /^(?:src|durable-objects)\//.test(to));
  expect(within.filter(({ to }) => !/^src\/(?:sdk\/(?:client|embed)|protocol)\//.test(to)).map(shown)).toEqual([]);
});

test("only the storage knows drizzle, the directory, the queue and the mail", () => {
  const others = code.filter((path) => roomOf(path) !== "storage");
  const drizzled = others.flatMap(importsOf).filter(({ to }) => to.startsWith("drizzle-orm"));
  expect(drizzled.map(shown)).toEqual([]);
  expect(others.filter((path) => /\b(?:DIRECTORY|JOBS|MAIL)\b/.test(textOf(path)))).toEqual([]);
});

test("nothing imports the worker", () => {
  expect(own.filter(({ to }) => to === "src/worker.ts").map(shown)).toEqual([]);
});
