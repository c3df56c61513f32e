import { describe, expect } from "vitest";
import { activitiesIn, disturbedWith, notificationIn, settle, toldUpTo } from "../../support/workers/inbox.ts";
import type { Line } from "../../support/workers/line.ts";
import { dispatched } from "../../support/workers/objects.ts";
import { type Person, test, type World } from "../../support/workers/world.ts";

const lastIn = async (person: Person, conversation: string) =>
  (await person.get("/conversations")).body.items.find(({ id }: { id: string }) => id === conversation);

/** Waits until an inbox was told of the latest message as it is after a change. */
async function toldOfChange(line: Line, conversation: string, mark: "edited" | "deleted"): Promise<void> {
  const isTold = () =>
    activitiesIn(line, conversation).some(({ activity }) =>
      activity.messages.some((message: object) => mark in message),
    );
  while (!isTold()) await line.next();
}

async function groupOf({ anna, boris }: World) {
  const room = await anna.converse({ title: "Склад", members: [boris.id] });
  return { room, line: await boris.inbox() };
}

describe("a message that was told", () => {
  test("NTF-1 is edited: lists show the change, and nobody is disturbed again", async ({ world }) => {
    const { anna, boris } = world;
    const { room, line } = await groupOf(world);
    const message = await anna.say(room.id, "Превет");
    await toldUpTo(line, room.id, 1);
    await anna.patch(`/messages/${message.id}`, { text: "Привет" });
    await toldOfChange(line, room.id, "edited");
    expect(disturbedWith(line, room.id)).toEqual([1]);
    expect(await lastIn(boris, room.id)).toMatchObject({ unread: 1, lastMessage: { id: message.id, text: "Привет" } });
    expect(await notificationIn(boris, room.id)).toMatchObject({ count: 1, firstM: 1, lastM: 1, date: message.date });
  });

  test("NTF-1 is deleted: its text is gone from lists, and nobody is disturbed again", async ({ world }) => {
    const { anna, boris } = world;
    const { room, line } = await groupOf(world);
    await anna.say(room.id, "Останется");
    const message = await anna.say(room.id, "Тайна");
    await toldUpTo(line, room.id, 2);
    await anna.delete(`/messages/${message.id}`);
    await toldOfChange(line, room.id, "deleted");
    expect(disturbedWith(line, room.id)).toEqual([1, 2]);
    const entry = await lastIn(boris, room.id);
    expect(entry).toMatchObject({ lastMessage: { id: message.id, text: "" } });
    expect(entry.unread).toBe((await notificationIn(boris, room.id)).count);
  });

  test("NTF-1 is edited when it is not the latest: lists stay as they are", async ({ world }) => {
    const { anna, boris } = world;
    const { room, line } = await groupOf(world);
    const first = await anna.say(room.id, "раз");
    const second = await anna.say(room.id, "два");
    await toldUpTo(line, room.id, 2);
    await anna.patch(`/messages/${first.id}`, { text: "раз!" });
    await anna.say(room.id, "три");
    await toldUpTo(line, room.id, 3);
    const told = activitiesIn(line, room.id).flatMap(({ activity }) => activity.messages);
    expect(told.map(({ text }) => text)).toEqual(["раз", "два", "три"]);
    expect(second.m).toBe(2);
    expect(await notificationIn(boris, room.id)).toMatchObject({ count: 3 });
  });
});

describe("a message that waits to be told", () => {
  test("NTF-1 is edited: it is told once, as it is now", async ({ world }) => {
    const { anna, boris } = world;
    const { room, line } = await groupOf(world);
    await anna.say(room.id, "раз");
    const message = await anna.say(room.id, "дав");
    await anna.patch(`/messages/${message.id}`, { text: "два" });
    await toldUpTo(line, room.id, 2);
    await settle(boris, line);
    expect(disturbedWith(line, room.id)).toEqual([1, 2]);
    expect(activitiesIn(line, room.id).at(-1).activity.messages).toMatchObject([{ m: 2, text: "два" }]);
    expect(JSON.stringify(line.frames)).not.toContain("дав");
  });

  test("NTF-1 is deleted: its text reaches nobody, and nobody is disturbed", async ({ world }) => {
    const { anna, boris } = world;
    const { room, line } = await groupOf(world);
    await anna.say(room.id, "раз");
    const message = await anna.say(room.id, "Тайна");
    await anna.delete(`/messages/${message.id}`);
    await toldUpTo(line, room.id, 2);
    await settle(boris, line);
    expect(disturbedWith(line, room.id)).toEqual([1]);
    expect(JSON.stringify(line.frames)).not.toContain("Тайна");
    expect((await lastIn(boris, room.id)).lastMessage).toMatchObject({ id: message.id, text: "" });
  });
});

describe("a message addressed in a context conversation", () => {
  const context = "/orders/42";

  async function addressed(world: World) {
    const anna = await world.again(world.anna, { contexts: [context] });
    const boris = await world.again(world.boris, { contexts: [context] });
    const room = await anna.converse({ conversationContext: context });
    const [line, annaLine] = [await boris.inbox(), await anna.inbox()];
    const message = await anna.say(room.id, "Борису", { recipients: [boris.id] });
    await toldUpTo(line, room.id, 1);
    expect(await notificationIn(boris, room.id)).toMatchObject({ count: 1 });
    return { anna, boris, room, message, line, annaLine };
  }

  test("NTF-2 is deleted, or names the user no longer: the entry goes", async ({ world }) => {
    const { anna, boris, room, message } = await addressed(world);
    const second = await anna.say(room.id, "и это", { recipients: [boris.id] });
    await anna.patch(`/messages/${message.id}`, { recipients: [] });
    await anna.delete(`/messages/${second.id}`);
    await dispatched(room.id);
    expect(await notificationIn(boris, room.id)).toBeUndefined();
  });

  test("NTF-2 names somebody else by an edit: an entry comes, and disturbs nobody", async ({ world }) => {
    const { anna, room, message, line } = await addressed(world);
    const vera = await world.again(world.vera, { contexts: [context] });
    const veraLine = await vera.inbox();
    await anna.patch(`/messages/${message.id}`, { recipients: [world.boris.id, vera.id] });
    await dispatched(room.id);
    await settle(vera, veraLine);
    expect(activitiesIn(veraLine, room.id)).toEqual([]);
    expect(disturbedWith(line, room.id)).toEqual([1]);
    expect(await notificationIn(vera, room.id)).toMatchObject({ count: 1, firstM: 1, addressed: true });
  });
});
