import { expect } from "vitest";
import { privilegedHeader } from "../../../src/protocol/wire.ts";
import { signToken } from "../../../src/sdk/server/keys.ts";
import { call } from "../../support/workers/door.ts";
import { connectLine } from "../../support/workers/line.ts";
import { Caller, openStrangers, test } from "../../support/workers/world.ts";

const nobody = { status: 401, body: { code: "unauthenticated" } };

const forUsers: [string, (caller: Caller, room: string) => ReturnType<Caller["get"]>][] = [
  ["its own profile", (caller) => caller.get("/users/me")],
  ["a change of its own profile", (caller) => caller.patch("/users/me", { phoneNumber: "1" })],
  ["its own conversations", (caller) => caller.get("/conversations?currentUserIsMember=true")],
  ["a new conversation", (caller) => caller.post("/conversations", { title: "Ночная сверка", key: "night" })],
  ["a conversation", (caller, room) => caller.get(`/conversations/${room}`)],
  ["a conversation that does not exist", (caller) => caller.get("/conversations/nowhere")],
  ["a title", (caller, room) => caller.patch(`/conversations/${room}`, { title: "Моё" })],
  ["messages", (caller, room) => caller.get(`/conversations/${room}/messages`)],
  ["a message", (caller, room) => caller.post(`/conversations/${room}/messages`, { text: "Кто я?" })],
  ["joining", (caller, room) => caller.post(`/conversations/${room}/members`, { users: ["all-application-users"] })],
  ["leaving", (caller, room) => caller.delete(`/conversations/${room}/members/me`)],
  ["notifications", (caller) => caller.get("/notifications")],
  ["do not disturb", (caller) => caller.put("/do-not-disturb", { doNotDisturb: true })],
  ["watching", (caller, room) => caller.put(`/conversations/${room}/watch-mode`, { watch: false })],
  ["a read marker", (caller, room) => caller.put(`/conversations/${room}/read-marker`, { m: 1 })],
];

test.for(forUsers)("USR-42 an application that has picked no user is nobody: %s", async ([, request], { world }) => {
  const { anna, plain, privileged } = world;
  const room = await anna.converse({ title: "Склад", members: [world.boris.id] });
  expect(await request(plain, room.id)).toMatchObject(nobody);
  expect((await anna.get(`/conversations/${room.id}`)).body).toMatchObject({ n: 0, title: "Склад", memberCount: 2 });
  expect((await privileged.get("/conversations/night")).status).toBe(404);
  expect((await request(await world.as(anna.id), room.id)).status).not.toBe(401);
});

test("USR-42 privileged mode is no identity either: what needs a user asks for one", async ({ world }) => {
  const { anna, privileged } = world;
  const room = await anna.converse({ title: "Склад" });
  for (const path of ["/users/me", "/notifications", "/do-not-disturb", "/conversations?currentUserIsMember=true"])
    expect(await privileged.get(path)).toMatchObject(nobody);
  const answer = await privileged.post(`/conversations/${room.id}/messages`, { text: "Кто я?" });
  expect(answer).toMatchObject({ ...nobody, body: { code: "unauthenticated", field: "author" } });
});

test("USR-42 without authentication nothing works at all", async ({ world }) => {
  const room = await world.anna.converse({ title: "Склад" });
  for (const path of [
    "/users/me",
    "/users",
    "/profiles?ids=x",
    "/conversations",
    `/conversations/${room.id}`,
    "/application",
  ])
    expect(await call("GET", path)).toMatchObject(nobody);
  for (const path of ["/live", `/conversations/${room.id}/live`])
    for (const token of ["", world.plain.token])
      expect(await connectLine(path, token)).toMatchObject({ status: 401, problem: { code: "unauthenticated" } });
});

test.for(["id", "infoBaseUserId"] as const)(
  "USR-43 with act the application's calls run as the user, named by %s",
  async (name, { world }) => {
    const { anna, boris, vera } = world;
    const room = await anna.converse({ title: "Склад", members: [boris.id] });
    const acting = await world.as(boris[name]);
    expect((await acting.get("/users/me")).body.id).toBe(boris.id);
    expect((await acting.say(room.id, "Напоминание")).author).toBe(boris.id);
    expect((await (await acting.inbox()).next("welcome")).user).toBe(boris.id);
    const foreign = await vera.converse({ title: "Не для Бориса" });
    expect(await acting.get(`/conversations/${foreign.id}`)).toMatchObject({ status: 404 });
  },
);

test("USR-43 act drops privilege: a token that allows both is a user's", async ({ world }) => {
  const { application, anna, boris } = world;
  const token = await application.mintApplicationToken({ act: boris.id, privileged: true });
  const foreign = await anna.converse({ title: "Без Бориса" });
  const acting = new Caller(token);
  expect((await acting.get(`/conversations/${foreign.id}`)).status).toBe(404);
  for (const path of ["/users", "/conversations?currentUserIsMember=false"])
    expect(await acting.get(path)).toMatchObject({ status: 403, body: { code: "forbidden" } });
  const dated = { text: "Задним числом", author: anna.id };
  const room = await acting.converse({ title: "Своё" });
  expect(await acting.post(`/conversations/${room.id}/messages`, dated)).toMatchObject({ body: { code: "forbidden" } });
});

test("USR-43 act together with the header that asks for privileged mode is forbidden", async ({ world }) => {
  const { application, boris } = world;
  for (const privileged of [true, false]) {
    const token = await application.mintApplicationToken({ act: boris.id, privileged });
    const asking = new Caller(token, { [privilegedHeader]: "1" });
    expect(await asking.get("/users/me")).toMatchObject({ status: 403, body: { code: "forbidden" } });
    await expect(asking.inbox()).rejects.toMatchObject({ code: "forbidden" });
  }
});

test("USR-43 a blocked user is not acted as", async ({ world }) => {
  const { boris, privileged } = world;
  const acting = await world.as(boris.infoBaseUserId);
  expect((await acting.get("/users/me")).status).toBe(200);
  await privileged.patch(`/users/${boris.id}`, { isLocked: true });
  for (const caller of [acting, await world.as(boris.id)]) {
    expect(await caller.get("/users/me")).toMatchObject({ status: 403, body: { code: "user_blocked" } });
    await expect(caller.inbox()).rejects.toMatchObject({ code: "user_blocked" });
  }
});

test("USR-43 whoever is unknown here is not acted as, and nobody is created", async ({ world }) => {
  const stranger = await (await openStrangers()).person({ infoBaseUserId: crypto.randomUUID(), name: "Зоя" });
  for (const user of [stranger.id, stranger.infoBaseUserId, crypto.randomUUID()]) {
    const answer = await (await world.as(user)).get("/users/me");
    expect(answer).toMatchObject({ status: 404, body: { code: "not_found", field: "act" } });
  }
  for (const act of ["", "Борис", 7, null, [world.boris.id]]) {
    const token = await world.application.mintApplicationToken({ act: act as string });
    expect(await call("GET", "/users/me", token)).toMatchObject(nobody);
  }
  expect((await world.privileged.get("/users")).body.items).toHaveLength(3);
});

test("USR-44 a session that speaks for a user cannot pick another", async ({ world }) => {
  const { anna, boris, store } = world;
  const { record } = store.state;
  if (!record) throw new Error("The application is not registered");
  const claims = { iss: world.id, aud: record.serverAddress, sub: boris.infoBaseUserId, name: boris.name };
  const speaking = await signToken(record, "beseda-user+jwt", claims, 60);
  expect((await call("GET", "/users/me", speaking)).body.id).toBe(boris.id);
  for (const act of [anna.id, anna.infoBaseUserId, boris.id]) {
    const token = await signToken(record, "beseda-user+jwt", { ...claims, act }, 60);
    expect(await call("GET", "/users/me", token)).toMatchObject({
      status: 403,
      body: { code: "forbidden", field: "act" },
    });
    expect(await connectLine("/live", token)).toMatchObject({ problem: { code: "forbidden" } });
  }
});
