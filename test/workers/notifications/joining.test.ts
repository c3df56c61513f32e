import { describe, expect, vi } from "vitest";
import { disturbedWith, notificationIn, toldUpTo } from "../../support/workers/inbox.ts";
import { type Person, test, type World } from "../../support/workers/world.ts";

const dasha = { infoBaseUserId: "d0000000-0000-4000-8000-00000000000d", name: "Дарья", fullName: "Дарья" };
const everybody = "all-application-users";

const members = (conversation: string, user?: string) =>
  `/conversations/${conversation}/members${user === undefined ? "" : `/${user}`}`;

const unreadIn = async (person: Person, conversation: string): Promise<number> =>
  (await person.get("/conversations")).body.items.find(({ id }: { id: string }) => id === conversation).unread;

/** Somebody who comes to the application now: a little later than everything that was made before. */
async function comeLater(world: World): Promise<Person> {
  vi.useFakeTimers({ toFake: ["Date"] });
  vi.setSystemTime(Date.now() + 5);
  return world.person(dasha);
}

describe("joining a group", () => {
  test("NTF-1 NTF-15 whoever joins is notified from that moment on, also of nothing that still waits to be told", async ({
    world,
  }) => {
    const { anna, vera } = world;
    const room = await anna.converse({ title: "Склад" });
    const line = await vera.inbox();
    // The second one waits: hints are at most two a second.
    for (const text of ["раз", "два"]) await anna.say(room.id, text);
    await anna.post(members(room.id), { users: [vera.id] });
    expect(await notificationIn(vera, room.id)).toBeUndefined();
    expect(await unreadIn(vera, room.id)).toBe(0);
    await anna.say(room.id, "три");
    await toldUpTo(line, room.id, 3);
    expect(disturbedWith(line, room.id)).toEqual([3]);
    expect(await notificationIn(vera, room.id)).toMatchObject({ count: 1, firstM: 3, lastM: 3 });
  });

  test("NTF-1 NTF-15 what was said between leaving and coming back notifies nobody later", async ({ world }) => {
    const { anna, vera } = world;
    const room = await anna.converse({ title: "Склад", members: [vera.id] });
    const [line, annaLine] = [await vera.inbox(), await anna.inbox()];
    await anna.say(room.id, "раз");
    await vera.delete(members(room.id, "me"));
    await anna.say(room.id, "два");
    await toldUpTo(annaLine, room.id, 2);
    await anna.post(members(room.id), { users: [vera.id] });
    await anna.say(room.id, "три");
    await toldUpTo(line, room.id, 3);
    expect(disturbedWith(line, room.id)).toEqual([1, 3]);
    expect(await notificationIn(vera, room.id)).toMatchObject({ count: 1, firstM: 3 });
  });
});

describe("a conversation of all users", () => {
  test("NTF-3 whoever was there when it was made is notified from its first message on", async ({ world }) => {
    const { anna, vera } = world;
    const room = await anna.converse({ title: "Всем", members: [everybody] });
    await anna.say(room.id, "раз");
    expect(await notificationIn(vera, room.id)).toMatchObject({ count: 1, firstM: 1 });
    expect(await unreadIn(vera, room.id)).toBe(1);
  });

  test("NTF-3 a late-comer begins with the first look, and misses nothing from there on", async ({ world }) => {
    const { anna } = world;
    const room = await anna.converse({ title: "Всем", members: [everybody] });
    const annaLine = await anna.inbox();
    for (const text of ["раз", "два"]) await anna.say(room.id, text);
    await toldUpTo(annaLine, room.id, 2);
    const late = await comeLater(world);
    expect(await notificationIn(late, room.id)).toBeUndefined();
    expect(await unreadIn(late, room.id)).toBe(0);
    const line = await late.inbox();
    await anna.say(room.id, "три");
    await toldUpTo(line, room.id, 3);
    expect(disturbedWith(line, room.id)).toEqual([3]);
    expect(await notificationIn(late, room.id)).toMatchObject({ count: 1, firstM: 3 });
    expect(await unreadIn(late, room.id)).toBe(1);
  });

  test.for([
    ["watch-mode", { watch: true }],
    ["notification-representation", { representation: "DontDisturb" }],
  ] as const)("NTF-3 NTF-6 a late-comer's first %s brings up nothing from before", async ([path, body], { world }) => {
    const { anna } = world;
    const room = await anna.converse({ title: "Всем", members: [everybody] });
    await anna.say(room.id, "раз");
    const late = await comeLater(world);
    expect((await late.put(`/conversations/${room.id}/${path}`, body)).status).toBe(200);
    expect(await notificationIn(late, room.id)).toBeUndefined();
    const line = await late.inbox();
    await anna.say(room.id, "два");
    await toldUpTo(line, room.id, 2);
    expect(await notificationIn(late, room.id)).toMatchObject({ count: 1, firstM: 2 });
  });

  test("NTF-3 a group that becomes all users' begins then for them, and goes on for its members", async ({ world }) => {
    const { anna, boris, vera } = world;
    const room = await anna.converse({ title: "Склад", members: [boris.id] });
    const [line, annaLine] = [await vera.inbox(), await anna.inbox()];
    for (const text of ["раз", "два"]) await anna.say(room.id, text);
    await toldUpTo(annaLine, room.id, 2);
    await anna.post(members(room.id), { users: [everybody] });
    expect((await line.next("joined")).conversation.id).toBe(room.id);
    expect(await notificationIn(vera, room.id)).toBeUndefined();
    await anna.say(room.id, "три");
    await toldUpTo(line, room.id, 3);
    expect(disturbedWith(line, room.id)).toEqual([3]);
    expect(await notificationIn(vera, room.id)).toMatchObject({ count: 1, firstM: 3 });
    expect(await notificationIn(boris, room.id)).toMatchObject({ count: 3, firstM: 1 });
  });

  test("NTF-3 NTF-6 a listed member who leaves it keeps the watch mode that was chosen", async ({ world }) => {
    const { anna, boris } = world;
    const room = await anna.converse({ title: "Всем", members: [everybody, boris.id] });
    await boris.put(`/conversations/${room.id}/watch-mode`, { watch: false });
    await boris.delete(members(room.id, "me"));
    const line = await boris.inbox();
    await anna.say(room.id, "раз");
    await toldUpTo(line, room.id, 1);
    expect(disturbedWith(line, room.id)).toEqual([]);
    expect(await notificationIn(boris, room.id)).toBeUndefined();
    expect(await unreadIn(boris, room.id)).toBe(1);
  });
});
