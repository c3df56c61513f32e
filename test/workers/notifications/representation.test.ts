import { describe, expect } from "vitest";
import { notificationIn, settle } from "../../support/workers/inbox.ts";
import { type Caller, test, type World } from "../../support/workers/world.ts";

const representation = (conversation: string, user?: string) =>
  `/conversations/${conversation}/notification-representation${user === undefined ? "" : `?user=${user}`}`;

const shown = async (caller: Caller, conversation: string, user?: string): Promise<string> =>
  (await caller.get(representation(conversation, user))).body.representation;

const groupOf = ({ anna, boris, vera }: World) => anna.converse({ title: "Склад", members: [boris.id, vera.id] });

describe("the display mode of a conversation", () => {
  test("NTF-12 is Normal until the user sets it, and each user has their own", async ({ world }) => {
    const { anna, boris } = world;
    const room = await groupOf(world);
    expect(await shown(boris, room.id)).toBe("Normal");
    const set = await boris.put(representation(room.id), { representation: "DontDisturb" });
    expect(set).toMatchObject({ status: 200, body: { representation: "DontDisturb" } });
    expect(await shown(boris, room.id)).toBe("DontDisturb");
    expect(await shown(anna, room.id)).toBe("Normal");
    await boris.put(representation(room.id), { representation: "Normal" });
    expect(await shown(boris, room.id)).toBe("Normal");
  });

  test("NTF-12 travels with entries, lists and to the user's other devices", async ({ world }) => {
    const { anna, boris } = world;
    const room = await groupOf(world);
    const [line, other] = [await boris.inbox(), await anna.inbox()];
    await boris.put(representation(room.id), { representation: "DontDisturb" });
    expect(await line.next("settings")).toEqual({
      type: "settings",
      conversationId: room.id,
      watch: true,
      representation: "DontDisturb",
    });
    await anna.say(room.id, "Привет");
    expect(await notificationIn(boris, room.id)).toMatchObject({ count: 1, representation: "DontDisturb" });
    expect((await boris.get("/conversations")).body.items).toMatchObject([{ representation: "DontDisturb" }]);
    await settle(anna, other);
    expect(other.frames.map(({ type }) => type)).not.toContain("settings");
  });

  test.for(["a user", "DataAdministration", "a session that acts as a user"])(
    "NTF-12 of another user is forbidden to %s",
    async (who, { world }) => {
      const { anna, boris, vera } = world;
      const room = await groupOf(world);
      const callers: Record<string, Caller> = {
        "a user": vera,
        DataAdministration: await world.again(vera, { scopes: ["dataAdministration"] }),
        "a session that acts as a user": await world.as(anna.id, { scopes: ["dataAdministration", "code"] }),
      };
      const caller = callers[who] as Caller;
      expect((await caller.get(representation(room.id, boris.id))).body.code).toBe("forbidden");
      const set = await caller.put(representation(room.id, boris.id), { representation: "DontDisturb" });
      expect(set.body.code).toBe("forbidden");
      expect(await shown(boris, room.id)).toBe("Normal");
    },
  );

  test("NTF-12 of another user is read and set in privileged mode", async ({ world }) => {
    const { boris, privileged } = world;
    const room = await groupOf(world);
    await privileged.put(representation(room.id, boris.infoBaseUserId), { representation: "DontDisturb" });
    expect(await shown(privileged, room.id, boris.id)).toBe("DontDisturb");
    expect(await shown(boris, room.id)).toBe("DontDisturb");
    expect((await privileged.get(representation(room.id))).body.code).toBe("unauthenticated");
  });

  test("NTF-12 is one of two words, and only who has access has one", async ({ world }) => {
    const { anna, boris, vera } = world;
    const room = await anna.converse({ title: "Склад", members: [boris.id] });
    for (const body of [{}, { representation: "normal" }, { representation: "Silent" }, { representation: true }])
      expect((await boris.put(representation(room.id), body)).body.code).toBe("validation");
    expect(await shown(boris, room.id)).toBe("Normal");
    expect((await vera.get(representation(room.id))).body.code).toBe("not_found");
    expect((await vera.put(representation(room.id), { representation: "DontDisturb" })).body.code).toBe("not_found");
  });
});

describe("the user's own do not disturb", () => {
  test("NTF-15 keeps every entry, and is told to each of the user's devices", async ({ world }) => {
    const { anna, boris } = world;
    const room = await groupOf(world);
    const [before, other] = [await boris.inbox(), await anna.inbox()];
    expect(await before.next("welcome")).toMatchObject({ user: boris.id, doNotDisturb: false });
    expect((await boris.put("/do-not-disturb", { doNotDisturb: true })).body).toEqual({ doNotDisturb: true });
    expect(await before.next("doNotDisturb")).toEqual({ type: "doNotDisturb", doNotDisturb: true });
    expect(await (await boris.inbox()).next("welcome")).toMatchObject({ doNotDisturb: true });
    expect(await other.next("welcome")).toMatchObject({ doNotDisturb: false });
    await anna.say(room.id, "Привет");
    expect(await before.next("activity")).toMatchObject({ notify: true });
    expect(await notificationIn(boris, room.id)).toMatchObject({ count: 1, representation: "Normal" });
    expect((await boris.get("/do-not-disturb")).body).toEqual({ doNotDisturb: true });
    expect((await anna.get("/do-not-disturb")).body).toEqual({ doNotDisturb: false });
  });

  test("NTF-15 is a user's, and true or false", async ({ world }) => {
    const { boris, privileged } = world;
    expect((await privileged.get("/do-not-disturb")).body.code).toBe("unauthenticated");
    expect((await privileged.put("/do-not-disturb", { doNotDisturb: true })).body.code).toBe("unauthenticated");
    for (const body of [{}, { doNotDisturb: "yes" }, { doNotDisturb: null }])
      expect((await boris.put("/do-not-disturb", body)).body.code).toBe("validation");
    expect((await boris.get("/do-not-disturb")).body).toEqual({ doNotDisturb: false });
  });
});
