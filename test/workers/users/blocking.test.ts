import { expect } from "vitest";
import { call } from "../../support/workers/door.ts";
import { connectLine } from "../../support/workers/line.ts";
import { type Caller, type Person, test, type World } from "../../support/workers/world.ts";

const blocked = { status: 403, body: { code: "user_blocked" } };

const block = ({ privileged }: World, { id }: Person, isLocked = true) =>
  privileged.patch(`/users/${id}`, { isLocked });

test("USR-23 a blocked user is refused by every connection, and let in again after unblocking", async ({ world }) => {
  const { anna, boris, application } = world;
  const room = await anna.converse({ title: "Склад", members: [boris.id] });
  expect(await block(world, boris)).toMatchObject({ status: 200, body: { isLocked: true } });
  const newer = await application.mintUserToken({ infoBaseUserId: boris.infoBaseUserId, name: boris.name });
  for (const token of [boris.token, newer]) {
    expect(await call("GET", "/users/me", token)).toMatchObject(blocked);
    expect(await call("POST", `/conversations/${room.id}/messages`, token, { text: "Ау" })).toMatchObject(blocked);
    for (const path of [`/conversations/${room.id}/live`, "/live"])
      expect(await connectLine(path, token)).toMatchObject({ status: 403, problem: { code: "user_blocked" } });
  }
  await block(world, boris, false);
  expect((await boris.say(room.id, "Снова здесь")).author).toBe(boris.id);
  expect((await (await boris.live(room.id)).next("hello")).conversation.id).toBe(room.id);
  expect((await (await boris.inbox()).next("welcome")).user).toBe(boris.id);
});

test("USR-23 open connections close with the word blocked and hear nothing after the answer", async ({ world }) => {
  const { anna, boris, vera } = world;
  const room = await anna.converse({ title: "Склад", members: [boris.id, vera.id] });
  const acting = await world.as(boris.id);
  const lines = [await boris.live(room.id), await boris.inbox(), await acting.live(room.id), await acting.inbox()];
  const others = [await vera.live(room.id), await anna.live(room.id)];
  await block(world, boris);
  await anna.say(room.id, "Без Бориса");
  for (const line of lines) {
    expect(await line.end()).toEqual({ code: 4011, reason: "user is blocked" });
    expect(JSON.stringify(line.frames)).not.toContain("Без Бориса");
  }
  for (const line of others) expect((await line.event("message")).message.text).toBe("Без Бориса");
});

test("USR-23 a block that is repeated is no error, and so is an unblock of nobody blocked", async ({ world }) => {
  const { boris } = world;
  for (const isLocked of [true, true, false, false])
    expect(await block(world, boris, isLocked)).toMatchObject({ status: 200, body: { isLocked } });
  expect((await boris.get("/users/me")).status).toBe(200);
});

test.for<[string, (world: World) => Caller | Promise<Caller>]>([
  ["the user", ({ boris }) => boris],
  ["a colleague", ({ vera }) => vera],
  ["a subscriber administrator without the right", ({ anna }) => anna],
  ["the application without privileged mode", ({ plain }) => plain],
])("USR-23 %s may not block or unblock", async ([, who], { world }) => {
  const { boris } = world;
  const caller = await who(world);
  for (const isLocked of [true, false])
    expect(await caller.patch(`/users/${boris.id}`, { isLocked })).toMatchObject({ body: { code: "forbidden" } });
  expect((await boris.get("/users/me")).body.isLocked).toBe(false);
});

test("USR-23 a user with DataAdministration blocks", async ({ world }) => {
  const administrator = await world.again(world.anna, { scopes: ["dataAdministration"] });
  expect((await administrator.patch(`/users/${world.boris.id}`, { isLocked: true })).body.isLocked).toBe(true);
  expect(await world.boris.get("/users/me")).toMatchObject(blocked);
});

test("USR-24 a blocked user gets no notifications; what was missed is there after unblocking", async ({ world }) => {
  const { anna, boris } = world;
  const room = await anna.converse({ title: "Склад", members: [boris.id] });
  await block(world, boris);
  await anna.say(room.id, "Пропущенное");
  expect(await boris.get("/notifications")).toMatchObject(blocked);
  await block(world, boris, false);
  expect(await boris.notified()).toEqual({ [room.id]: 1 });
});

test("USR-25 whoever is shown a user is told of the block", async ({ world }) => {
  const { vera, boris } = world;
  await block(world, boris);
  expect((await vera.get(`/users/${boris.id}`)).body.isLocked).toBe(true);
  expect((await vera.get(`/profiles?ids=${boris.id}`)).body.items[0].isLocked).toBe(true);
  expect((await world.privileged.get("/users?isLocked=true")).body.items).toMatchObject([{ id: boris.id }]);
});

/** Everything that reaches for a user, given a group of Анна's. */
const reaching: [string, (caller: Caller, group: string, user: string) => ReturnType<Caller["get"]>][] = [
  ["created with", (caller, _, user) => caller.post("/conversations", { title: "Ещё", members: [user] })],
  ["written one-to-one", (caller, _, user) => caller.post("/conversations", { group: false, members: [user] })],
  ["added", (caller, group, user) => caller.post(`/conversations/${group}/members`, { users: [user] })],
  [
    "addressed",
    (caller, group, user) => caller.post(`/conversations/${group}/messages`, { text: "Эй", recipients: [user] }),
  ],
];

test.for(reaching)("USR-26 a blocked user cannot be %s, by id or by UUID", async ([, reach], { world }) => {
  const { anna, boris, privileged } = world;
  const group = await anna.converse({ title: "Склад" });
  await block(world, boris);
  for (const user of [boris.id, boris.infoBaseUserId])
    expect(await reach(anna, group.id, user)).toMatchObject({ status: 403, body: { code: "user_blocked" } });
  expect((await anna.get("/conversations")).body.items).toHaveLength(1);
  expect((await anna.get(`/conversations/${group.id}`)).body).toMatchObject({ n: 0, members: [anna.id] });
  await privileged.patch(`/users/${boris.id}`, { isLocked: false });
  expect((await reach(anna, group.id, boris.id)).status).toBeLessThan(300);
});

test("USR-26 an edit addresses no blocked user either", async ({ world }) => {
  const { anna, boris, vera } = world;
  const room = await anna.converse({ title: "Склад", members: [boris.id, vera.id] });
  const message = await anna.say(room.id, "Кто на складе?", { recipients: [vera.id] });
  await block(world, boris);
  expect(await anna.patch(`/messages/${message.id}`, { recipients: [boris.id] })).toMatchObject(blocked);
  expect((await anna.get(`/messages/${message.id}`)).body).toEqual(message);
});

test("USR-26 in a one-to-one with a blocked user nothing can be written, from either side, until unblocking", async ({
  world,
}) => {
  const { anna, boris } = world;
  const pair = await anna.converse({ group: false, members: [boris.id] });
  const line = await anna.live(pair.id);
  await anna.say(pair.id, "Привет");
  await block(world, boris);
  expect(await anna.post(`/conversations/${pair.id}/messages`, { text: "Ты где?" })).toMatchObject(blocked);
  line.send({ type: "post", request: "1", message: { text: "Ты где?" } });
  expect((await line.next("problem")).problem.code).toBe("user_blocked");
  expect((await anna.get(`/conversations/${pair.id}/messages`)).body.items).toHaveLength(1);
  await block(world, boris, false);
  expect((await anna.say(pair.id, "С возвращением")).n).toBe(2);
});

test("USR-26 of two blocked users in a one-to-one each must be unblocked", async ({ world }) => {
  const { anna, boris, privileged } = world;
  const pair = await anna.converse({ group: false, members: [boris.id] });
  await block(world, anna);
  await block(world, boris);
  await block(world, anna, false);
  expect(await anna.post(`/conversations/${pair.id}/messages`, { text: "Ау" })).toMatchObject(blocked);
  const imported = { text: "Из архива", author: boris.id };
  expect((await privileged.post(`/conversations/${pair.id}/messages`, imported)).status).toBe(201);
});

test("USR-26 a member who is blocked stays in the list, and the group goes on working", async ({ world }) => {
  const { anna, boris, vera } = world;
  const room = await anna.converse({ title: "Склад", members: [boris.id, vera.id] });
  await block(world, boris);
  expect((await vera.say(room.id, "Работаем")).n).toBe(1);
  expect((await vera.patch(`/conversations/${room.id}`, { title: "Склад №2" })).status).toBe(200);
  expect((await vera.get(`/conversations/${room.id}`)).body.members).toContain(boris.id);
  expect((await vera.get(`/conversations/${room.id}/members`)).body.items).toHaveLength(3);
  await block(world, boris, false);
  expect((await boris.get(`/conversations/${room.id}/messages`)).body.items).toMatchObject([{ text: "Работаем" }]);
});
