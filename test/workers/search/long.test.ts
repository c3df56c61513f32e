import { runInDurableObject } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { expect, vi } from "vitest";
import { conversationObject } from "../../../durable-objects/stubs.ts";
import { stretchLength } from "../../../src/storage/conversation/stretches.ts";
import { dispatched } from "../../support/workers/objects.ts";
import { type Person, test } from "../../support/workers/world.ts";
import { found, pagesOf, searched } from "./searching.ts";

/** A conversation whose history is longer than a stretch: every message has its number, every tenth a word besides. */
async function longTalk(anna: Person, size = 2 * stretchLength + 50): Promise<string> {
  const { id } = await anna.converse({});
  const line = await anna.live(id);
  for (let i = 1; i <= size; i++) {
    const text = `Накладная ${i}${i % 10 === 0 ? ", жирафы" : ""}`;
    line.send({ type: "post", request: `${i}`, message: { text } });
  }
  while ((await line.next("answer")).message.m < size);
  line.close();
  return id;
}

/** What the conversation remembers of its words, stretch by stretch. */
const remembered = (conversation: string): Promise<string[]> =>
  runInDurableObject(conversationObject(env, conversation), (_, { storage }) =>
    storage.sql
      .exec<{ words: string }>("SELECT words FROM stretches ORDER BY stretch")
      .toArray()
      .map(({ words }) => words),
  );

const numbered = (texts: string[]): number[] => texts.map((text) => Number(/\d+/.exec(text)?.[0]));

test("writing leaves no row of the search behind; the first search leaves one for each whole stretch it read", async ({
  world,
}) => {
  const { anna } = world;
  const id = await longTalk(anna);
  expect(await remembered(id)).toEqual([]);
  const all = Array.from({ length: 2 * stretchLength + 50 }, (_, i) => i + 1).toReversed();
  expect(numbered(await found(anna, "накладная"))).toEqual(all);
  await found(anna, "слоны");
  expect(await remembered(id)).toHaveLength(2);
  expect(numbered(await found(anna, "жирафов"))).toEqual(all.filter((i) => i % 10 === 0));
  expect(numbered(await found(anna, '"накладная 7"'))).toEqual([7]);
  expect(numbered(await found(anna, "101"))).toEqual([1019, 1018, 1017, 1016, 1015, 1014, 1013, 1012, 1011, 1010, 101]);
  await anna.say(id, "Слоны");
  expect(await found(anna, "слон")).toEqual(["Слоны"]);
});

test("a text that changed or went away leaves nothing of its words in what a search remembers", async ({ world }) => {
  const { anna } = world;
  const id = await longTalk(anna);
  await found(anna, "слоны");
  await anna.patch(`/messages/${id}.10`, { text: "Бегемоты" });
  expect(numbered(await found(anna, "жирафы"))).not.toContain(10);
  expect(await found(anna, "бегемот")).toEqual(["Бегемоты"]);
  expect((await remembered(id))[0]).toContain(" бегемоты ");
  await anna.delete(`/messages/${id}.10`);
  expect(await remembered(id)).toHaveLength(1);
  expect(await found(anna, "бегемот")).toEqual([]);
  expect((await remembered(id)).join()).not.toContain("бегемот");
  expect(await remembered(id)).toHaveLength(2);
});

test("a change of anything but the text costs the search nothing", async ({ world }) => {
  const { anna } = world;
  const id = await longTalk(anna);
  await found(anna, "слоны");
  await anna.patch(`/messages/${id}.10`, { data: { код: 1 } });
  expect(await remembered(id)).toHaveLength(2);
});

test.for([1, 7, 250])("pages of %i deliver every message once", { timeout: 60_000 }, async (count, { world }) => {
  const { anna } = world;
  const expected: string[] = [];
  for (let room = 1; room <= 6; room++) {
    const { id } = await anna.converse({});
    const texts = Array.from({ length: room }, (_, i) => `Накладная ${room}/${i}`);
    for (const text of texts) await anna.say(id, text);
    await dispatched(id);
    expected.unshift(...texts.toReversed());
  }
  const pages = await pagesOf(anna, "накладные", { count: `${count}` });
  expect(
    pages
      .flat()
      .map(({ message }) => message.text)
      .sort(),
  ).toEqual(expected.sort());
  for (const page of pages.slice(0, -1)) expect(page.length).toBeLessThanOrEqual(count);
});

test("what moves to the front while pages are read is neither lost nor found twice", async ({ world }) => {
  const { anna } = world;
  vi.useFakeTimers({ toFake: ["Date"] });
  const rooms: string[] = [];
  const now = Date.now();
  for (let i = 0; i < 8; i++) {
    vi.setSystemTime(now + i * 20_000);
    const { id } = await anna.converse({});
    for (const text of [`Накладная ${i}а`, `Накладная ${i}б`]) await anna.say(id, text);
    await dispatched(id);
    rooms.unshift(id);
  }
  vi.setSystemTime(now + 600_000);
  const texts: string[] = [];
  let cursor: string | undefined;
  for (let page = 0; page === 0 || cursor !== undefined; page++) {
    const { body } = await searched(anna, "накладная", { count: "3", ...(cursor !== undefined && { cursor }) });
    texts.push(...body.items.map(({ message }: { message: { text: string } }) => message.text));
    cursor = body.cursor;
    vi.setSystemTime(Date.now() + 1_000);
    // The last one, which no page has shown, and the first one, which was shown, come to the front of every list.
    for (const id of [rooms.at(-1), rooms[0]]) {
      await anna.say(id as string, "Обед");
      await dispatched(id as string);
    }
  }
  const all = Array.from({ length: 8 }, (_, i) => [`Накладная ${7 - i}б`, `Накладная ${7 - i}а`]).flat();
  expect(texts).toEqual(all);
});
