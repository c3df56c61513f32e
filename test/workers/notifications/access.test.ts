import { describe, expect } from "vitest";
import { answerWith, askApplication, readers } from "../../support/workers/endpoint.ts";
import { activitiesIn, disturbedWith, notificationIn, settle, toldUpTo } from "../../support/workers/inbox.ts";
import { keepJobs } from "../../support/workers/jobs.ts";
import { test, type World } from "../../support/workers/world.ts";

const context = "/orders/42";
const watch = { watch: true };

describe("access by claims", () => {
  test("NTF-5 without the Read right not even a named recipient hears anything", async ({ world }) => {
    const { anna, boris, privileged } = world;
    const room = await (await world.again(anna, { contexts: [context] })).converse({ conversationContext: context });
    await privileged.put(`/conversations/${room.id}/watch-mode?user=${boris.id}`, watch);
    const line = await boris.inbox();
    await privileged.post(`/conversations/${room.id}/messages`, {
      text: "Борису",
      author: anna.id,
      recipients: [boris.id],
    });
    await settle(boris, line);
    expect(activitiesIn(line, room.id)).toEqual([]);
    expect(await notificationIn(boris, room.id)).toBeUndefined();
  });

  test("NTF-5 what waits for a recipient appears with a token that has the right, and goes without", async ({
    world,
  }) => {
    const anna = await world.again(world.anna, { contexts: [context] });
    const room = await anna.converse({ conversationContext: context });
    await anna.say(room.id, "Борису", { recipients: [world.boris.id] });
    const reader = await world.again(world.boris, { contexts: ["/orders/*"] });
    expect(await notificationIn(world.boris, room.id)).toBeUndefined();
    expect(await notificationIn(reader, room.id)).toMatchObject({ count: 1, addressed: true });
    const elsewhere = await world.again(world.boris, { contexts: ["/orders/421", "/invoices/*"] });
    expect(await notificationIn(elsewhere, room.id)).toBeUndefined();
  });
});

describe("access by callback", () => {
  /** A context conversation of Анна's, and whom the application lets read it. */
  async function open(world: World) {
    const allowed = [world.anna.infoBaseUserId];
    await askApplication(world);
    answerWith(readers(() => allowed));
    const room = await world.anna.converse({ conversationContext: context });
    return { room, allowed, consume: keepJobs() };
  }

  test("NTF-5 NTF-2 recipients and watchers hear what the application lets them read", async ({ world }) => {
    const { anna, boris, vera, privileged } = world;
    const { room, allowed, consume } = await open(world);
    allowed.push(boris.infoBaseUserId);
    await privileged.put(`/conversations/${room.id}/watch-mode?user=${vera.id}`, watch);
    const [borisLine, veraLine] = [await boris.inbox(), await vera.inbox()];
    await anna.say(room.id, "обоим", { recipients: [boris.id, vera.id] });
    await consume();
    await toldUpTo(borisLine, room.id, 1);
    expect(disturbedWith(borisLine, room.id)).toEqual([1]);
    expect(await notificationIn(boris, room.id)).toMatchObject({ count: 1, addressed: true });
    await settle(vera, veraLine);
    expect(activitiesIn(veraLine, room.id)).toEqual([]);
    expect(await notificationIn(vera, room.id)).toBeUndefined();
  });

  test("NTF-5 when no answer comes, nobody hears anything", async ({ world }) => {
    const { anna, boris } = world;
    const { room, allowed, consume } = await open(world);
    allowed.push(boris.infoBaseUserId);
    const line = await boris.inbox();
    answerWith(() => new Response("down", { status: 500 }));
    await anna.say(room.id, "Борису", { recipients: [boris.id] });
    await consume();
    await settle(boris, line);
    expect(activitiesIn(line, room.id)).toEqual([]);
    expect(await notificationIn(boris, room.id)).toBeUndefined();
  });

  test("NTF-1 NTF-2 a message edited before the queue gets to it is still told as new", async ({ world }) => {
    const { anna, boris } = world;
    const { room, allowed, consume } = await open(world);
    allowed.push(boris.infoBaseUserId);
    const line = await boris.inbox();
    const message = await anna.say(room.id, "Борису?", { recipients: [boris.id] });
    await anna.patch(`/messages/${message.id}`, { text: "Борису!" });
    await consume();
    await toldUpTo(line, room.id, 1);
    expect(disturbedWith(line, room.id)).toEqual([1]);
    expect(activitiesIn(line, room.id)[0].activity.messages).toMatchObject([{ text: "Борису!" }]);
    await anna.patch(`/messages/${message.id}`, { text: "Борису." });
    await consume();
    await settle(boris, line);
    expect(disturbedWith(line, room.id)).toEqual([1]);
  });

  test("NTF-1 NTF-2 in a burst every message is told, or counted as missed", async ({ world }) => {
    const { anna, boris } = world;
    const { room, allowed, consume } = await open(world);
    allowed.push(boris.infoBaseUserId);
    await boris.put(`/conversations/${room.id}/watch-mode`, watch);
    const [line, live] = [await boris.inbox(), await anna.live(room.id)];
    for (let i = 1; i <= 60; i++) live.send({ type: "post", request: `${i}`, message: { text: `${i}` } });
    for (let told = 0; told < 60; ) {
      await consume();
      await settle(boris, line);
      told = activitiesIn(line, room.id).reduce(
        (sum, { activity }) => sum + activity.messages.length + activity.missed,
        0,
      );
    }
    const numbers = disturbedWith(line, room.id);
    expect(new Set(numbers).size).toBe(numbers.length);
    expect(numbers).toEqual(numbers.toSorted((a, b) => a - b));
    expect(await notificationIn(boris, room.id)).toMatchObject({ count: 60, firstM: 1, lastM: 60 });
  });
});

describe("membership", () => {
  test("NTF-5 whoever is not a member hears nothing, addressed or not, before joining and after leaving", async ({
    world,
  }) => {
    const { anna, vera } = world;
    const room = await anna.converse({ title: "Склад" });
    const [line, annaLine] = [await vera.inbox(), await anna.inbox()];
    await anna.say(room.id, "до Веры", { recipients: [vera.id] });
    await anna.post(`/conversations/${room.id}/members`, { users: [vera.id] });
    await vera.delete(`/conversations/${room.id}/members/me`);
    await anna.say(room.id, "после Веры", { recipients: [vera.id] });
    await toldUpTo(annaLine, room.id, 2);
    await settle(vera, line);
    expect(activitiesIn(line, room.id)).toEqual([]);
    expect(await notificationIn(vera, room.id)).toBeUndefined();
  });

  test("NTF-5 a blocked user is cut off and hears nothing, while the others are notified", async ({ world }) => {
    const { anna, boris, vera, privileged } = world;
    const room = await anna.converse({ title: "Склад", members: [boris.id, vera.id] });
    const line = await boris.inbox();
    await privileged.patch(`/users/${boris.id}`, { isLocked: true });
    expect(await line.end()).toMatchObject({ code: 4011 });
    await anna.say(room.id, "без Бориса");
    expect(await notificationIn(vera, room.id)).toMatchObject({ count: 1 });
    expect(activitiesIn(line, room.id)).toEqual([]);
    expect((await boris.get("/notifications")).body.code).toBe("user_blocked");
    await expect(boris.inbox()).rejects.toMatchObject({ code: "user_blocked" });
  });
});
