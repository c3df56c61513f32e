import { expect } from "vitest";
import { activitiesIn, disturbedWith, notificationIn, settle, toldUpTo } from "../../support/workers/inbox.ts";
import type { Line } from "../../support/workers/line.ts";
import { test, type World } from "../../support/workers/world.ts";

const upTo = (count: number): number[] => Array.from({ length: count }, (_, i) => i + 1);

/** Sends messages as fast as a socket takes them. */
const burst = (live: Line, count: number, more: (m: number) => object = () => ({})): void => {
  for (const m of upTo(count)) live.send({ type: "post", request: `${m}`, message: { text: `${m}`, ...more(m) } });
};

/** Messages told and counted as missed, of everything an inbox socket was told of a conversation. */
function sumsOf(line: Line, conversation: string): { told: number[]; missed: number } {
  const activities = activitiesIn(line, conversation).map(({ activity }) => activity);
  return {
    told: activities.flatMap(({ messages }) => messages.map(({ m }: { m: number }) => m)),
    missed: activities.reduce((sum, { missed }) => sum + missed, 0),
  };
}

async function groupOf({ anna, boris }: World) {
  const room = await anna.converse({ title: "Склад", members: [boris.id] });
  return { room, live: await anna.live(room.id), line: await boris.inbox() };
}

test("NTF-1 messages in quick succession are gathered, and each is told exactly once, in order", async ({ world }) => {
  const { room, live, line } = await groupOf(world);
  burst(live, 15);
  await toldUpTo(line, room.id, 15);
  expect(disturbedWith(line, room.id)).toEqual(upTo(15));
  expect(sumsOf(line, room.id).missed).toBe(0);
});

test("NTF-1 a burst is told in at most two hints a second, and what they leave out is counted", async ({ world }) => {
  const { room, live, line } = await groupOf(world);
  const start = Date.now();
  burst(live, 300);
  await toldUpTo(line, room.id, 300);
  const { told, missed } = sumsOf(line, room.id);
  expect(told.length + missed).toBe(300);
  expect(told).toEqual([...new Set(told)].toSorted((a, b) => a - b));
  expect(told.at(-1)).toBe(300);
  expect(activitiesIn(line, room.id).length).toBeLessThanOrEqual(2 + (Date.now() - start) / 500);
});

test("NTF-1 NTF-15 right after a burst every list says the same number", async ({ world }) => {
  const { boris } = world;
  const { room, live, line } = await groupOf(world);
  burst(live, 50);
  await toldUpTo(line, room.id, 50);
  expect(await notificationIn(boris, room.id)).toMatchObject({ count: 50, firstM: 1, lastM: 50 });
  const { body } = await boris.get("/conversations");
  expect(body.items).toMatchObject([{ id: room.id, unread: 50, m: 50, lastMessage: { text: "50" } }]);
  await boris.put(`/conversations/${room.id}/read-marker`, { m: 49 });
  expect(await notificationIn(boris, room.id)).toMatchObject({ count: 1, firstM: 50 });
  expect((await boris.get("/conversations")).body.items).toMatchObject([{ unread: 1 }]);
});

test("NTF-1 the author of several of them is never notified of an own one", async ({ world }) => {
  const { anna, boris } = world;
  const { room, line } = await groupOf(world);
  for (const text of ["раз", "два", "три"]) await boris.say(room.id, text);
  await toldUpTo(line, room.id, 3);
  expect(disturbedWith(line, room.id)).toEqual([]);
  expect(await notificationIn(boris, room.id)).toBeUndefined();
  await anna.say(room.id, "четыре");
  await toldUpTo(line, room.id, 4);
  expect(await notificationIn(boris, room.id)).toMatchObject({ count: 1, firstM: 4, lastM: 4 });
  expect((await boris.get("/conversations")).body.items).toMatchObject([{ unread: 1 }]);
});

test("NTF-1 nor is the author whose own messages a hint left out", async ({ world }) => {
  const { anna, boris } = world;
  const { room, live, line } = await groupOf(world);
  const borisLive = await boris.live(room.id);
  await anna.say(room.id, "начало");
  burst(borisLive, 3);
  for (const _ of upTo(3)) await borisLive.next("answer");
  burst(live, 25);
  await toldUpTo(line, room.id, 29);
  expect(sumsOf(line, room.id).missed).toBe(8);
  expect(await notificationIn(boris, room.id)).toMatchObject({ count: 25, firstM: 5, lastM: 29 });
});

test("NTF-2 a recipient whose message a hint left out is notified of it all the same", async ({ world }) => {
  const context = "/orders/42";
  const anna = await world.again(world.anna, { contexts: [context] });
  const boris = await world.again(world.boris, { contexts: [context] });
  const room = await anna.converse({ conversationContext: context });
  const [live, line] = [await anna.live(room.id), await boris.inbox()];
  burst(live, 40, (m) => (m === 2 ? { recipients: [boris.id] } : {}));
  await toldUpTo(line, room.id, 40);
  await settle(boris, line);
  expect(activitiesIn(line, room.id)).toMatchObject([{ notify: true, activity: { m: 40, missed: 19 } }]);
  expect(await notificationIn(boris, room.id)).toMatchObject({ count: 1, firstM: 2, lastM: 2, addressed: true });
});
