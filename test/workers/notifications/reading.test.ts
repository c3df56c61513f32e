import { describe, expect } from "vitest";
import { notificationIn, settle, toldUpTo } from "../../support/workers/inbox.ts";
import type { Line } from "../../support/workers/line.ts";
import { type Person, test, type World } from "../../support/workers/world.ts";

const marker = (conversation: string) => `/conversations/${conversation}/read-marker`;
const context = "/orders/42";

/** Both ways to say what was read. */
const ways = {
  HTTP: async (person: Person, _line: Line, conversation: string, m: number) => {
    await person.put(marker(conversation), { m });
  },
  frame: async (person: Person, line: Line, conversation: string, m: number) => {
    line.send({ type: "read", conversationId: conversation, m });
    await settle(person, line);
  },
};
type Way = keyof typeof ways;
const eachWay = test.for<Way>(["HTTP", "frame"]);

/** A group in which Анна has said some things; Борис listens on two devices. */
async function groupWith({ anna, boris, vera }: World, messages: number) {
  const room = await anna.converse({ title: "Склад", members: [boris.id, vera.id] });
  const [line, other] = [await boris.inbox(), await boris.inbox()];
  for (let m = 1; m <= messages; m++) await anna.say(room.id, `${m}`);
  await toldUpTo(line, room.id, messages);
  return { room, line, other };
}

const unreadIn = async (person: Person, conversation: string): Promise<number> =>
  (await person.get("/conversations")).body.items.find(({ id }: { id: string }) => id === conversation).unread;

const readFrames = ({ frames }: Line) => frames.filter(({ type }) => type === "read");

describe("in a non-context conversation", () => {
  eachWay("NTF-9 NTF-15 what was read on one device, by %s, is cleared on all of them", async (way, { world }) => {
    const { boris, vera } = world;
    const { room, line, other } = await groupWith(world, 3);
    await ways[way](boris, line, room.id, 3);
    for (const device of [line, other]) {
      await settle(boris, device);
      expect(readFrames(device)).toEqual([{ type: "read", conversationId: room.id, m: 3 }]);
    }
    expect(await notificationIn(boris, room.id)).toBeUndefined();
    expect(await unreadIn(boris, room.id)).toBe(0);
    expect(await notificationIn(vera, room.id)).toMatchObject({ count: 3 });
  });

  eachWay(
    "NTF-15 what was read in part, by %s, leaves the rest, and a marker only moves up",
    async (way, { world }) => {
      const { boris } = world;
      const { room, line, other } = await groupWith(world, 3);
      for (const m of [2, 1, 2, 0]) await ways[way](boris, line, room.id, m);
      expect(await notificationIn(boris, room.id)).toMatchObject({ count: 1, firstM: 3, lastM: 3 });
      expect(await unreadIn(boris, room.id)).toBe(1);
      await settle(boris, other);
      expect(readFrames(other)).toEqual([{ type: "read", conversationId: room.id, m: 2 }]);
    },
  );

  eachWay("NTF-1 what is not written yet cannot be read ahead, by %s", async (way, { world }) => {
    const { anna, boris } = world;
    const { room, line } = await groupWith(world, 1);
    await ways[way](boris, line, room.id, 1_000);
    while (readFrames(line).length === 0) await line.next();
    expect(readFrames(line)).toEqual([{ type: "read", conversationId: room.id, m: 1 }]);
    await anna.say(room.id, "новое");
    await toldUpTo(line, room.id, 2);
    expect(await notificationIn(boris, room.id)).toMatchObject({ count: 1, firstM: 2 });
  });

  test("NTF-1 writing means having read: the author has no notifications from before either", async ({ world }) => {
    const { anna, boris, vera } = world;
    const { room, line } = await groupWith(world, 2);
    await boris.say(room.id, "прочёл");
    await anna.say(room.id, "хорошо");
    await toldUpTo(line, room.id, 4);
    expect(await notificationIn(boris, room.id)).toMatchObject({ count: 1, firstM: 4, lastM: 4 });
    expect(await unreadIn(boris, room.id)).toBe(1);
    expect(await notificationIn(vera, room.id)).toMatchObject({ count: 4, firstM: 1 });
    expect(await notificationIn(anna, room.id)).toBeUndefined();
  });

  test("NTF-15 a marker is a whole number that is not negative, of a conversation one has access to", async ({
    world,
  }) => {
    const { boris, privileged } = world;
    const { room } = await groupWith(world, 1);
    for (const body of [{}, { m: -1 }, { m: 1.5 }, { m: "1" }, { m: null }])
      expect((await boris.put(marker(room.id), body)).body.code).toBe("validation");
    const stranger = await world.person({ infoBaseUserId: "d0000000-0000-4000-8000-00000000000d", name: "Дарья" });
    expect((await stranger.put(marker(room.id), { m: 1 })).body.code).toBe("not_found");
    expect((await privileged.put(marker(room.id), { m: 1 })).body.code).toBe("unauthenticated");
    expect(await notificationIn(boris, room.id)).toMatchObject({ count: 1 });
  });

  test("NTF-15 a marker by frame where the user has nothing to read changes nothing", async ({ world }) => {
    const { anna, vera } = world;
    const room = await anna.converse({ title: "Склад" });
    const line = await vera.inbox();
    line.send({ type: "read", conversationId: room.id, m: 1 });
    await settle(vera, line);
    expect(readFrames(line)).toEqual([]);
    await anna.say(room.id, "раз");
    await anna.post(`/conversations/${room.id}/members`, { users: [vera.id] });
    const { activity } = await anna.say(room.id, "два").then(() => line.next("activity"));
    expect(activity.messages).toMatchObject([{ m: 2 }]);
    expect(await notificationIn(vera, room.id)).toMatchObject({ count: 1, firstM: 2 });
  });
});

describe("in a context conversation", () => {
  eachWay(
    "NTF-2 NTF-9 an addressed message that was read, by %s, is cleared on all devices",
    async (way, { world }) => {
      const anna = await world.again(world.anna, { contexts: [context] });
      const boris = await world.again(world.boris, { contexts: [context] });
      const room = await anna.converse({ conversationContext: context });
      const [line, other] = [await boris.inbox(), await boris.inbox()];
      await anna.say(room.id, "раз", { recipients: [boris.id] });
      await anna.say(room.id, "два", { recipients: [boris.id] });
      await toldUpTo(line, room.id, 2);
      expect(await notificationIn(boris, room.id)).toMatchObject({ count: 2, firstM: 1, lastM: 2 });
      await ways[way](boris, line, room.id, 1);
      expect(await other.next("read")).toEqual({ type: "read", conversationId: room.id, m: 1 });
      expect(await notificationIn(boris, room.id)).toMatchObject({ count: 1, firstM: 2, lastM: 2 });
      await ways[way](boris, line, room.id, 2);
      expect(await notificationIn(boris, room.id)).toBeUndefined();
    },
  );

  test("NTF-2 whoever answers an addressed message has seen it", async ({ world }) => {
    const anna = await world.again(world.anna, { contexts: [context] });
    const boris = await world.again(world.boris, { contexts: [context] });
    const room = await anna.converse({ conversationContext: context });
    const line = await boris.inbox();
    await anna.say(room.id, "раз", { recipients: [boris.id] });
    await toldUpTo(line, room.id, 1);
    expect(await notificationIn(boris, room.id)).toMatchObject({ count: 1 });
    await boris.say(room.id, "ответ");
    await anna.say(room.id, "снова", { recipients: [boris.id] });
    await toldUpTo(line, room.id, 3);
    expect(await notificationIn(boris, room.id)).toMatchObject({ count: 1, firstM: 3 });
  });
});
