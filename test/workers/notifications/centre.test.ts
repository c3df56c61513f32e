import { expect, vi } from "vitest";
import { encodeCursor } from "../../../src/protocol/lists.ts";
import { toldUpTo } from "../../support/workers/inbox.ts";
import { test, type World } from "../../support/workers/world.ts";

interface Item {
  conversationId: string;
  date: string;
}

/** Conversations with one message each for Борис, all written in the same millisecond. */
async function writeAtOnce({ anna, boris }: World, count: number): Promise<string[]> {
  vi.useFakeTimers({ toFake: ["Date"] });
  vi.setSystemTime(Date.now());
  const ids: string[] = [];
  for (let i = 0; i < count; i++) {
    const room = await anna.converse({ title: `Склад ${i}`, members: [boris.id] });
    await anna.say(room.id, "Привет");
    ids.push(room.id);
  }
  vi.useRealTimers();
  return ids;
}

test("NTF-15 the centre names every conversation with news, displayed or not, newest first", async ({ world }) => {
  const { anna, boris } = world;
  const shown = await anna.converse({ title: "Склад", members: [boris.id] });
  const hidden = await anna.converse({ title: "Обмен", displayed: false, members: [boris.id] });
  const silent = await anna.converse({ title: "Тишина", members: [boris.id] });
  const line = await boris.inbox();
  await anna.say(hidden.id, "раз");
  await anna.say(shown.id, "раз");
  const last = await anna.say(hidden.id, "два");
  await toldUpTo(line, hidden.id, 2);
  const { body } = await boris.get("/notifications");
  const common = { firstM: 1, addressed: false, representation: "Normal" };
  expect(body).toEqual({
    items: [
      { conversationId: hidden.id, title: "Обмен", displayed: false, count: 2, lastM: 2, date: last.date, ...common },
      expect.objectContaining({ conversationId: shown.id, title: "Склад", displayed: true, count: 1, lastM: 1 }),
    ],
  });
  expect(JSON.stringify(body)).not.toContain(silent.id);
});

test("NTF-15 the centre is the current user's: nobody else's, and no session's without a user", async ({ world }) => {
  const { anna, boris, vera, privileged, plain } = world;
  const room = await anna.converse({ title: "Склад", members: [boris.id] });
  await anna.say(room.id, "Привет");
  expect(Object.keys(await boris.notified())).toEqual([room.id]);
  expect(await anna.notified()).toEqual({});
  expect(await vera.notified()).toEqual({});
  expect(await (await world.as(boris.id)).notified()).toEqual({ [room.id]: 1 });
  for (const caller of [privileged, plain])
    expect((await caller.get("/notifications")).body.code).toBe("unauthenticated");
});

test("NTF-15 SRCH-4 pages of the centre give each entry once, also when all are of one moment", async ({ world }) => {
  const ids = await writeAtOnce(world, 5);
  const seen: string[] = [];
  const sizes: number[] = [];
  for (let cursor = ""; ; ) {
    const { body } = await world.boris.get(`/notifications?count=2${cursor && `&cursor=${cursor}`}`);
    expect(new Set(body.items.map(({ date }: Item) => date)).size).toBe(1);
    seen.push(...body.items.map(({ conversationId }: Item) => conversationId));
    sizes.push(body.items.length);
    if (body.cursor === undefined) break;
    cursor = body.cursor;
  }
  expect(sizes).toEqual([2, 2, 1]);
  expect(seen.toSorted()).toEqual(ids.toSorted());
});

test.for([
  ["nonsense", "nonsense"],
  ["another list's", encodeCursor("conversations", [1, "a"])],
  ["one of another shape", encodeCursor("notifications", [1])],
])("NTF-15 SRCH-4 a cursor that is %s is validation", async ([, cursor], { world }) => {
  expect((await world.boris.get(`/notifications?cursor=${cursor}`)).body).toMatchObject({
    code: "validation",
    field: "cursor",
  });
});
