import { expect, test } from "vitest";
import type { MessageView } from "../../../src/sdk/client/index.ts";
import { Pages } from "../../../web/site/conversation/pages.ts";

const length = 120;
const message = (n: number) => ({ id: `c.${n}`, n, m: n, author: "boris", date: "", text: `${n}` }) as MessageView;
const all = Array.from({ length }, (_, index) => message(index + 1));

/** A conversation of 120 messages, read by pages. */
const source = {
  getMessages: async ({ after, count = 50 }: { after?: string; count?: number }) => {
    const before = after === undefined ? all : all.slice(0, Number(after.split(".")[1]) - 1);
    const items = before.slice(-count).reverse();
    return { items: items.map((view) => ({ view })), ...(before.length > count && { cursor: "more" }) };
  },
} as never;

test("what is new stands behind everything, what is late in its place, and nothing twice", async () => {
  const pages = new Pages(source, "c");
  await pages.latest();
  pages.put(message(length + 2));
  pages.put(message(length + 1));
  pages.put({ ...message(length + 2), text: "changed", edited: "2026" });
  expect(pages.messages.slice(-3).map(({ n, text }) => [n, text])).toEqual([
    [length, `${length}`],
    [length + 1, `${length + 1}`],
    [length + 2, "changed"],
  ]);
  expect([length + 1, length + 3, 1].map((n) => pages.has(n))).toEqual([true, false, false]);
});

test("what was forgotten far back is loaded again when it is wanted", async () => {
  const pages = new Pages(source, "c");
  await pages.latest();
  await pages.older();
  await pages.older();
  expect([pages.messages.length, pages.hasOlder]).toEqual([length, false]);
  pages.shorten(30);
  expect([pages.messages.length, pages.messages[0]?.n, pages.hasOlder]).toEqual([30, length - 29, true]);
  await pages.older();
  expect(pages.messages.map(({ n }) => n)).toEqual(all.slice(-80).map(({ n }) => n));
});
