import { describe, expect } from "vitest";
import { activitiesIn, disturbedWith, notificationIn, settle } from "../../support/workers/inbox.ts";
import { type Caller, test, type World } from "../../support/workers/world.ts";

const watchMode = (conversation: string, user?: string) =>
  `/conversations/${conversation}/watch-mode${user === undefined ? "" : `?user=${user}`}`;

const watches = async (caller: Caller, conversation: string, user?: string): Promise<boolean> =>
  (await caller.get(watchMode(conversation, user))).body.watch;

const groupOf = ({ anna, boris }: World, more: object = {}) =>
  anna.converse({ title: "Склад", members: [boris.id], ...more });

test.for([
  { kind: "group", draft: { title: "Склад" }, watch: true },
  { kind: "hidden group", draft: { title: "Обмен", displayed: false }, watch: true },
  { kind: "one-to-one", draft: { group: false }, watch: true },
  { kind: "context", draft: { conversationContext: "/orders/42" }, watch: false },
])("NTF-7 where nothing was set, a $kind conversation has watch $watch", async ({ draft, watch }, { world }) => {
  const { anna, boris, privileged } = world;
  const readers = { contexts: ["/orders/42"] };
  const members = "conversationContext" in draft ? {} : { members: [anna.id, boris.id] };
  const room = await privileged.converse({ ...draft, ...members });
  expect(await watches(await world.again(boris, readers), room.id)).toBe(watch);
});

describe("in a non-context conversation", () => {
  test("NTF-6 watch off means no message notifies, on means every new one", async ({ world }) => {
    const { anna, boris } = world;
    const room = await groupOf(world);
    expect((await boris.put(watchMode(room.id), { watch: false })).body).toEqual({ watch: false });
    const line = await boris.inbox();
    await anna.say(room.id, "раз", { recipients: [boris.id] });
    expect((await line.next("activity")).notify).toBe(false);
    expect(await notificationIn(boris, room.id)).toBeUndefined();
    expect((await boris.put(watchMode(room.id), { watch: true })).body).toEqual({ watch: true });
    await anna.say(room.id, "два");
    expect((await line.next("activity")).notify).toBe(true);
    expect(await notificationIn(boris, room.id)).toMatchObject({ lastM: 2 });
  });

  test("NTF-6 whoever watches nothing still sees in the list what is unread", async ({ world }) => {
    const { anna, boris } = world;
    const room = await groupOf(world);
    await boris.put(watchMode(room.id), { watch: false });
    await anna.say(room.id, "раз");
    const { body } = await boris.get("/conversations");
    expect(body.items).toMatchObject([{ id: room.id, watch: false, unread: 1 }]);
  });
});

describe("in a context conversation", () => {
  const context = "/orders/42";

  test("NTF-6 NTF-2 watch on means every message from that moment on", async ({ world }) => {
    const anna = await world.again(world.anna, { contexts: [context] });
    const boris = await world.again(world.boris, { contexts: [context] });
    const room = await anna.converse({ conversationContext: context });
    await anna.say(room.id, "до этого");
    await boris.put(watchMode(room.id), { watch: true });
    expect(await notificationIn(boris, room.id)).toBeUndefined();
    const line = await boris.inbox();
    await anna.say(room.id, "после этого");
    expect(await line.next("activity")).toMatchObject({ notify: true, activity: { messages: [{ m: 2 }] } });
    expect(await notificationIn(boris, room.id)).toMatchObject({ count: 1, firstM: 2, lastM: 2, addressed: false });
  });

  test("NTF-6 NTF-2 watch off means only those addressed to me", async ({ world }) => {
    const anna = await world.again(world.anna, { contexts: [context] });
    const boris = await world.again(world.boris, { contexts: [context] });
    const room = await anna.converse({ conversationContext: context });
    for (const watch of [true, false]) await boris.put(watchMode(room.id), { watch });
    const line = await boris.inbox();
    await anna.say(room.id, "всем");
    await anna.say(room.id, "тебе", { recipients: [boris.id] });
    await anna.say(room.id, "снова всем");
    const { activity } = await line.next("activity");
    expect(activity.messages.map(({ m }: { m: number }) => m)).toEqual([2, 3]);
    expect(await notificationIn(boris, room.id)).toMatchObject({ count: 1, firstM: 2, lastM: 2, addressed: true });
  });
});

describe("whose setting", () => {
  test("NTF-8 everyone reads and sets their own watch mode, and only their own", async ({ world }) => {
    const { anna, boris } = world;
    const room = await groupOf(world);
    expect((await boris.put(watchMode(room.id, boris.infoBaseUserId), { watch: false })).status).toBe(200);
    expect(await watches(boris, room.id, boris.id)).toBe(false);
    expect(await watches(anna, room.id)).toBe(true);
  });

  test.for(["a user", "DataAdministration", "a session that acts as a user"])(
    "NTF-8 another user's watch mode is forbidden to %s",
    async (who, { world }) => {
      const { anna, boris, vera } = world;
      const room = await groupOf(world, { members: [boris.id, vera.id] });
      const callers: Record<string, Caller> = {
        "a user": anna,
        DataAdministration: await world.again(anna, { scopes: ["dataAdministration"] }),
        "a session that acts as a user": await world.as(vera.id, { scopes: ["dataAdministration", "code"] }),
      };
      const caller = callers[who] as Caller;
      expect((await caller.get(watchMode(room.id, boris.id))).body.code).toBe("forbidden");
      expect((await caller.put(watchMode(room.id, boris.id), { watch: false })).body.code).toBe("forbidden");
      expect(await watches(boris, room.id)).toBe(true);
    },
  );

  test("NTF-8 privileged mode reads and sets it for a named user, and has none of its own", async ({ world }) => {
    const { boris, privileged } = world;
    const room = await groupOf(world);
    await privileged.put(watchMode(room.id, boris.id), { watch: false });
    expect(await watches(privileged, room.id, boris.id)).toBe(false);
    expect(await watches(boris, room.id)).toBe(false);
    expect((await privileged.get(watchMode(room.id))).body.code).toBe("unauthenticated");
    const unknown = "d0000000-0000-4000-8000-00000000000d";
    expect((await privileged.get(watchMode(room.id, unknown))).body.code).toBe("not_found");
  });

  test("NTF-8 without access to a conversation there is nothing to watch", async ({ world }) => {
    const room = await groupOf(world);
    expect((await world.vera.get(watchMode(room.id))).body.code).toBe("not_found");
    expect((await world.vera.put(watchMode(room.id), { watch: true })).body.code).toBe("not_found");
  });

  test("NTF-6 a watch mode is true or false, anything else is validation", async ({ world }) => {
    const room = await groupOf(world);
    for (const body of [{}, { watch: "true" }, { watch: 1 }, { watch: null }, { watch: true, more: 1 }])
      expect((await world.boris.put(watchMode(room.id), body)).body.code).toBe("validation");
    expect(await watches(world.boris, room.id)).toBe(true);
  });

  test("NTF-6 a change of settings reaches the user's other devices and nobody else", async ({ world }) => {
    const { anna, boris } = world;
    const room = await groupOf(world);
    const lines = [await boris.inbox(), await boris.inbox()];
    const other = await anna.inbox();
    await boris.put(watchMode(room.id), { watch: false });
    for (const line of lines)
      expect(await line.next("settings")).toEqual({
        type: "settings",
        conversationId: room.id,
        watch: false,
        representation: "Normal",
      });
    await settle(anna, other);
    expect(other.frames.map(({ type }) => type)).not.toContain("settings");
    expect(activitiesIn(other, room.id)).toEqual([]);
  });
});

describe("a watch mode gives no access", () => {
  test("NTF-5 a removed member who had chosen to watch hears nothing more", async ({ world }) => {
    const { anna, boris } = world;
    const room = await groupOf(world);
    await boris.put(watchMode(room.id), { watch: true });
    await anna.delete(`/conversations/${room.id}/members/${boris.id}`);
    const line = await boris.inbox();
    await anna.say(room.id, "без Бориса");
    await settle(boris, line);
    expect(activitiesIn(line, room.id)).toEqual([]);
    expect(await notificationIn(boris, room.id)).toBeUndefined();
  });

  test("NTF-5 who is set to watch by code without being a member is told from joining on", async ({ world }) => {
    const { anna, vera, privileged } = world;
    const room = await groupOf(world);
    const line = await vera.inbox();
    await privileged.put(watchMode(room.id, vera.id), { watch: true });
    await anna.say(room.id, "без Веры");
    await settle(vera, line);
    expect(activitiesIn(line, room.id)).toEqual([]);
    expect(await notificationIn(vera, room.id)).toBeUndefined();
    await anna.post(`/conversations/${room.id}/members`, { users: [vera.id] });
    await anna.say(room.id, "с Верой");
    await line.next("activity");
    expect(disturbedWith(line, room.id)).toEqual([2]);
    expect(await notificationIn(vera, room.id)).toMatchObject({ count: 1, firstM: 2 });
  });

  test("NTF-5 when a conversation is all users' no longer, those who had chosen to watch hear nothing", async ({
    world,
  }) => {
    const { anna, vera, privileged } = world;
    const room = await groupOf(world, { members: [anna.id, "all-application-users"] });
    await vera.put(watchMode(room.id), { watch: true });
    const line = await vera.inbox();
    expect((await privileged.delete(`/conversations/${room.id}/members/all-application-users`)).status).toBe(204);
    expect(await line.next("left")).toEqual({ type: "left", conversationId: room.id });
    await anna.say(room.id, "без Веры");
    await settle(vera, line);
    expect(activitiesIn(line, room.id)).toEqual([]);
    expect(await notificationIn(vera, room.id)).toBeUndefined();
  });
});
