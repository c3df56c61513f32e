import { expect } from "vitest";
import { type Caller, test, type World } from "../../support/workers/world.ts";

const fresh = "d0d00000-0000-4000-8000-00000000000d";

const pairOf = (world: World, infoBaseUserId: string) => world.plain.get(`/users/by-info-base-user/${infoBaseUserId}`);

test("USR-20 after the application user is deleted the user and the messages it wrote stay", async ({ world }) => {
  const { anna, boris, privileged } = world;
  const room = await anna.converse({ title: "Склад", members: [boris.id] });
  const message = await boris.say(room.id, "Принято");
  const changed = await privileged.patch(`/users/${boris.id}`, { infoBaseUserId: null });
  expect(changed.body).not.toHaveProperty("infoBaseUserId");
  expect((await anna.get(`/users/${boris.id}`)).body).toEqual(changed.body);
  expect((await anna.get(`/messages/${message.id}`)).body).toEqual(message);
  expect((await anna.get(`/conversations/${room.id}`)).body.members).toContain(boris.id);
  expect(await pairOf(world, boris.infoBaseUserId)).toMatchObject({ status: 404, body: { code: "not_found" } });
});

test("USR-21 with DataAdministration a user is paired again, and the new person continues as that user", async ({
  world,
}) => {
  const { anna, boris } = world;
  const administrator = await world.again(anna, { scopes: ["dataAdministration"] });
  const room = await anna.converse({ title: "Склад", members: [boris.id] });
  const { status, body } = await administrator.patch(`/users/${boris.id}`, { infoBaseUserId: fresh });
  expect([status, body.infoBaseUserId]).toEqual([200, fresh]);
  const successor = await world.person({ infoBaseUserId: fresh, name: "Глеб" });
  expect(successor.id).toBe(boris.id);
  expect((await successor.get(`/conversations/${room.id}`)).status).toBe(200);
  const former = await world.person(boris);
  expect(former.id).not.toBe(boris.id);
  expect((await former.get(`/conversations/${room.id}`)).status).toBe(404);
});

test("USR-21 pairing again closes what the person before had open", async ({ world }) => {
  const { anna, boris, privileged } = world;
  const room = await anna.converse({ title: "Склад", members: [boris.id] });
  const lines = [await boris.live(room.id), await boris.inbox()];
  const others = [await anna.live(room.id)];
  await privileged.patch(`/users/${boris.id}`, { infoBaseUserId: fresh });
  await anna.say(room.id, "Только между нами");
  for (const line of lines) {
    expect(await line.end()).toMatchObject({ code: 4004 });
    expect(JSON.stringify(line.frames)).not.toContain("между нами");
  }
  for (const line of others) expect((await line.event("message")).message.text).toBe("Только между нами");
});

const withoutRight: [string, (world: World) => Caller | Promise<Caller>][] = [
  ["the user itself", ({ boris }) => boris],
  ["another user", ({ vera }) => vera],
  ["a subscriber administrator without the right", ({ anna }) => anna],
  ["a user with another right", (world) => world.again(world.anna, { scopes: ["registerSystem", "code"] })],
  ["the application without privileged mode", ({ plain }) => plain],
  ["the application acting as the user", (world) => world.as(world.boris.id)],
];

test.for(withoutRight)("USR-21 %s may not pair a user again", async ([, who], { world }) => {
  const { boris } = world;
  const caller = await who(world);
  for (const infoBaseUserId of [fresh, null]) {
    const answer = await caller.patch(`/users/${boris.id}`, { infoBaseUserId });
    expect(answer).toMatchObject({ status: 403, body: { code: "forbidden" } });
  }
  expect((await pairOf(world, boris.infoBaseUserId)).body.id).toBe(boris.id);
});

test("USR-21 one application user has one pair: a UUID that is taken is a conflict", async ({ world }) => {
  const { boris, vera, privileged } = world;
  const answer = await privileged.patch(`/users/${boris.id}`, { infoBaseUserId: vera.infoBaseUserId, name: "Вера" });
  expect(answer).toMatchObject({ status: 409, body: { code: "conflict", field: "infoBaseUserId" } });
  expect((await pairOf(world, vera.infoBaseUserId)).body.id).toBe(vera.id);
  expect((await boris.get("/users/me")).body).toMatchObject({ id: boris.id, name: "Борис" });
});

test("USR-21 only regular users are paired", async ({ world: { privileged } }) => {
  const external = { name: "Клим", external: true, emailForAuthentication: "klim@outside.example" };
  const { id } = (await privileged.post("/users", external)).body;
  const answer = await privileged.patch(`/users/${id}`, { infoBaseUserId: fresh });
  expect(answer).toMatchObject({ status: 400, body: { code: "validation", field: "infoBaseUserId" } });
  expect((await privileged.get(`/users/${id}`)).body).not.toHaveProperty("infoBaseUserId");
});
