import { expect, test } from "vitest";
import type { MessageView } from "../../../src/sdk/client/index.ts";
import { laterOf } from "../../../web/site/conversation/pages.ts";
import { rowsOf } from "../../../web/site/conversation/rows.ts";
import { blocksOf } from "../../../web/site/conversation/run-blocks.ts";
import { above, below, drawnOf, mostDrawn } from "../../../web/site/conversation/stretch.ts";

const start = new Date(2026, 10, 24, 9, 0).getTime();
const message = (n: number, author: string, minute: number, more: Partial<MessageView> = {}): MessageView => ({
  id: `c.${n}`,
  conversationId: "c",
  n,
  m: n,
  author,
  date: new Date(start + minute * 60_000).toISOString(),
  text: `${n}`,
  ...more,
});
const shapeOf = (messages: MessageView[], readUpTo?: number, remarks = [] as Parameters<typeof rowsOf>[2]) =>
  rowsOf(messages, { me: "anna", readUpTo }, remarks).map((row) =>
    row.type === "message" ? `${row.isFirst ? "[" : ""}${row.message.n}${row.isLast ? "]" : ""}` : row.type,
  );

test.each([
  ["one author stands together", [message(1, "boris", 0), message(2, "boris", 1)], undefined, ["day", "[1", "2]"]],
  ["another author begins anew", [message(1, "boris", 0), message(2, "vera", 1)], undefined, ["day", "[1]", "[2]"]],
  ["a pause begins anew", [message(1, "boris", 0), message(2, "boris", 6)], undefined, ["day", "[1]", "[2]"]],
  [
    "another day begins anew",
    [message(1, "boris", 0), message(2, "boris", 1_440)],
    undefined,
    ["day", "[1]", "day", "[2]"],
  ],
  [
    "what is new stands behind a line",
    [message(1, "boris", 0), message(2, "boris", 1)],
    1,
    ["day", "[1]", "unread", "[2]"],
  ],
  ["own messages are never new", [message(1, "boris", 0), message(2, "anna", 1)], 1, ["day", "[1]", "[2]"]],
])("%s", (_, messages, readUpTo, shape) => {
  expect(shapeOf(messages, readUpTo)).toEqual(shape);
});

test("a remark stands where it happened, and parts a group", () => {
  const remark = { type: "title", n: 2, title: "Касса" } as const;
  expect(shapeOf([message(1, "boris", 0), message(3, "boris", 1)], undefined, [remark])).toEqual([
    "day",
    "[1]",
    "remark",
    "[3]",
  ]);
});

test("MSG-19 MSG-20 an edit replaces, a deletion is final, whatever comes late", () => {
  const [old, edited] = [message(1, "a", 0), message(1, "a", 0, { edited: "2026-11-24T10:00:00.000Z" })];
  const deleted = message(1, "a", 0, { deleted: "2026-11-24T09:30:00.000Z", text: "" });
  expect([laterOf(old, edited), laterOf(edited, old)]).toEqual([edited, edited]);
  expect([laterOf(deleted, edited), laterOf(edited, deleted)]).toEqual([deleted, deleted]);
});

test("of a long conversation a stretch is drawn, which moves up and down by steps", () => {
  const all = Array.from({ length: 1_000 }, (_, index) => message(index + 1, "boris", index));
  expect(drawnOf(all, undefined).map(({ n }) => n)).toEqual(all.slice(-mostDrawn).map(({ n }) => n));
  let from: number | undefined;
  for (let next = above(all, from); next !== undefined; next = above(all, from)) from = next;
  expect(drawnOf(all, from)[0]?.n).toBe(1);
  for (let next = below(all, from); next.hasMore; next = below(all, from)) from = next.from;
  expect(drawnOf(all, from).at(-1)?.n).toBe(1_000);
});

test("MSG-4 runs of one list item stand together", () => {
  const first = { ordered: false, level: 1, item: 1 };
  const blocks = blocksOf([{ text: "а" }, { text: "б", list: first }, { text: "в", bold: true, list: { ...first } }]);
  expect(blocks.map(({ runs }) => runs.map(({ text }) => text).join(""))).toEqual(["а", "бв"]);
});
