import { evictDurableObject } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { expect, vi } from "vitest";
import { Activity } from "../../../durable-objects/activity.ts";
import { Inbox } from "../../../durable-objects/inbox.ts";
import { activityOf, conversationObject, inboxOf } from "../../../durable-objects/stubs.ts";
import type { ConversationSummary } from "../../../src/protocol/conversations.ts";
import { configOf } from "../../../src/storage/config.ts";
import { notificationIn, settle } from "../../support/workers/inbox.ts";
import { dispatched } from "../../support/workers/objects.ts";
import { type Person, test, type World } from "../../support/workers/world.ts";

const context = "/orders/42";
const placeOf = (world: World) => ({ application: world.id, shards: configOf(env).shards });

const countIn = async (person: Person, conversation: string): Promise<number | undefined> =>
  (await notificationIn(person, conversation))?.count;

/** The server stops at once: what a conversation had not dispatched yet, and what an inbox had only heard of, is gone. */
async function crash(world: World, conversation: string, person: Person): Promise<void> {
  await evictDurableObject(conversationObject(env, conversation));
  await evictDurableObject(inboxOf(env, placeOf(world), person.id));
}

/** The next call of this method fails, as when its object's machine goes down. */
function failOnce(object: { prototype: object }, method: string): void {
  const down = () => {
    throw new Error("The shard is down");
  };
  vi.spyOn(object.prototype as Record<string, () => void>, method).mockImplementationOnce(down);
  for (const level of ["warn", "error"] as const) vi.spyOn(console, level).mockImplementation(() => undefined);
}

/** Everything about one conversation and one user that lists are made from. */
async function everyWay({ privileged }: World, person: Person, conversation: string) {
  const of = (items: ConversationSummary[]) => items.find(({ id }) => id === conversation) as ConversationSummary;
  const own = of((await person.get("/conversations")).body.items);
  const all = of((await privileged.get("/conversations")).body.items);
  const { lastMessage, m, unread } = own;
  expect({ lastMessage: all.lastMessage, m: all.m }).toEqual({ lastMessage, m });
  expect(await countIn(person, conversation)).toBe(unread);
  return { unread, m, lastMessage };
}

test("NTF-1 NTF-15 messages of a conversation that crashed before its alarm are in every list after it", async ({
  world,
}) => {
  const { anna, boris } = world;
  const room = await anna.converse({ title: "Склад", members: [boris.id] });
  failOnce(Activity, "moved");
  for (const text of ["раз", "два", "три"]) await anna.say(room.id, text);
  await crash(world, room.id, boris);
  // The premise: nothing was dispatched yet.
  expect(await countIn(boris, room.id)).toBeUndefined();
  await dispatched(room.id);
  expect(await everyWay(world, boris, room.id)).toMatchObject({ unread: 3, m: 3, lastMessage: { text: "три" } });
  await crash(world, room.id, boris);
  expect(await everyWay(world, boris, room.id)).toMatchObject({ unread: 3, m: 3, lastMessage: { text: "три" } });
});

test("NTF-2 a recipient whose hint was lost in a crash finds the message after the alarm", async ({ world }) => {
  const anna = await world.again(world.anna, { contexts: [context] });
  const boris = await world.again(world.boris, { contexts: [context] });
  const room = await anna.converse({ conversationContext: context });
  await anna.say(room.id, "всем");
  failOnce(Inbox, "addressed");
  failOnce(Inbox, "hint");
  await anna.say(room.id, "Борису", { recipients: [boris.id] });
  await crash(world, room.id, boris);
  expect(await countIn(boris, room.id)).toBeUndefined();
  await dispatched(room.id);
  expect(await notificationIn(boris, room.id)).toMatchObject({ count: 1, firstM: 2, addressed: true });
});

test("NTF-1 a dispatch that fails half-way is repeated by the alarm, and tells nothing twice", async ({ world }) => {
  const { anna, boris } = world;
  const room = await anna.converse({ title: "Склад", members: [boris.id] });
  failOnce(Activity, "moved");
  await anna.say(room.id, "раз");
  await crash(world, room.id, boris);
  expect(await countIn(boris, room.id)).toBeUndefined();
  await dispatched(room.id);
  expect(await everyWay(world, boris, room.id)).toMatchObject({ unread: 1, m: 1 });
});

test("NTF-1 a repeated introduction of members changes nothing, and old news are not believed", async ({ world }) => {
  const { anna, boris } = world;
  const room = await anna.converse({ title: "Склад", members: [boris.id] });
  await anna.say(room.id, "раз");
  await dispatched(room.id);
  const line = await boris.inbox();
  const inbox = inboxOf(env, placeOf(world), boris.id);
  const [state] = await activityOf(env, placeOf(world), room.id).states([room.id]);
  if (!state) throw new Error("The activity shard does not know the conversation");
  const news = (n: number, member: boolean) =>
    inbox.members({ state, created: 0, everyone: false, changes: [{ user: boris.id, member, n, m: 1 }] });
  for (let i = 0; i < 2; i++) await news(0, true);
  expect(await countIn(boris, room.id)).toBe(1);
  for (const [n, member] of [
    [5, false],
    [3, true],
    [5, false],
  ] as const)
    await news(n, member);
  await settle(boris, line);
  expect(line.frames.filter(({ type }) => type === "joined" || type === "left")).toHaveLength(1);
  expect(await countIn(boris, room.id)).toBeUndefined();
});

test("NTF-2 a repeated addressing changes nothing, not even after the message was read", async ({ world }) => {
  const anna = await world.again(world.anna, { contexts: [context] });
  const boris = await world.again(world.boris, { contexts: [context] });
  const room = await anna.converse({ conversationContext: context });
  const { n, m } = await anna.say(room.id, "Борису", { recipients: [boris.id] });
  await dispatched(room.id);
  const repeat = () =>
    inboxOf(env, placeOf(world), boris.id).addressed(room.id, [{ user: boris.id, n, m, addressed: true }]);
  await repeat();
  expect(await countIn(boris, room.id)).toBe(1);
  await boris.put(`/conversations/${room.id}/read-marker`, { m });
  await repeat();
  expect(await countIn(boris, room.id)).toBeUndefined();
});

test("NTF-6 NTF-15 settings and markers outlive every object's sleep", async ({ world }) => {
  const { anna, boris } = world;
  const room = await anna.converse({ title: "Склад", members: [boris.id] });
  for (const text of ["раз", "два"]) await anna.say(room.id, text);
  await dispatched(room.id);
  await boris.put(`/conversations/${room.id}/read-marker`, { m: 1 });
  await boris.put("/do-not-disturb", { doNotDisturb: true });
  await crash(world, room.id, boris);
  expect(await everyWay(world, boris, room.id)).toMatchObject({ unread: 1, m: 2 });
  await boris.put(`/conversations/${room.id}/watch-mode`, { watch: false });
  await crash(world, room.id, boris);
  expect(await countIn(boris, room.id)).toBeUndefined();
  expect((await boris.get("/do-not-disturb")).body).toEqual({ doNotDisturb: true });
});

test("NTF-1 an inbox that slept tells its sockets of the next message as before", async ({ world }) => {
  const { anna, boris } = world;
  const room = await anna.converse({ title: "Склад", members: [boris.id] });
  const line = await boris.inbox();
  await evictDurableObject(inboxOf(env, placeOf(world), boris.id));
  await anna.say(room.id, "раз");
  expect(await line.next("activity")).toMatchObject({ notify: true, activity: { messages: [{ m: 1 }] } });
});
