import { expect } from "vitest";
import { cast, klim } from "../../support/cast.ts";
import { stored } from "../../support/workers/stored.ts";
import { test } from "../../support/workers/world.ts";

const fromTelegram = { kind: "integration", externalSystemType: "Telegram", externalSystemUserId: "7001" } as const;

test("USR-1 a user is regular, integration, external or guest, and every guest is external too", async ({ world }) => {
  const { anna, privileged } = world;
  const external = (await privileged.post("/users", { ...klim, external: true })).body;
  const integration = await stored(world, fromTelegram);
  const guest = await stored(world, { kind: "guest", name: "Гость" });
  const shown = async (id: string | undefined) => (await anna.get(`/users/${id}`)).body;
  expect(await shown(anna.id)).toMatchObject({ kind: "regular", external: false });
  expect(await shown(integration?.id)).toMatchObject({ kind: "integration", external: false });
  expect(await shown(external.id)).toMatchObject({ kind: "external", external: true });
  expect(await shown(guest?.id)).toMatchObject({ kind: "guest", external: true });
});

test("USR-2 a regular user is identified by the application user's UUID", async ({ world: { anna, privileged } }) => {
  expect((await anna.get("/users/me")).body).toMatchObject({ kind: "regular", infoBaseUserId: anna.infoBaseUserId });
  const without = await privileged.post("/users", { name: "Никто" });
  expect(without).toMatchObject({ status: 400, body: { code: "validation", field: "infoBaseUserId" } });
  expect((await privileged.get(`/users?name=${encodeURIComponent("Никто")}`)).body.items).toEqual([]);
});

test("USR-3 a program takes part through a regular user whom no person signs in as", async ({ world }) => {
  const { anna, privileged } = world;
  const made = (await privileged.post("/users", { infoBaseUserId: crypto.randomUUID(), name: "Учёт" })).body;
  await privileged.patch(`/users/${made.id}`, { infoBaseUserId: null });
  const room = await anna.converse({ title: "Заказы", members: [made.id] });
  const program = await world.as(made.id);
  const message = await program.say(room.id, "Заказ <b>42</b>", { textFormat: "text/html" });
  expect(message).toMatchObject({ author: made.id, text: "Заказ 42" });
  expect((await anna.get(`/users/${made.id}`)).body).toMatchObject({ kind: "regular", name: "Учёт" });
});

test("USR-4 a user of an integration is known by system and id there, once in an application", async ({ world }) => {
  const first = await stored(world, { ...fromTelegram, name: "Глеб" });
  expect(await stored(world, { ...fromTelegram, name: "Другой" })).toBeUndefined();
  const elsewhere = await stored(world, { ...fromTelegram, externalSystemType: "VK" });
  expect(elsewhere?.id).not.toBe(first?.id);
  const { kind, ...identity } = fromTelegram;
  expect((await world.boris.get(`/users/${first?.id}`)).body).toMatchObject({ kind, ...identity, name: "Глеб" });
});

test("USR-5 what the external system does not supply about its user stays empty", async ({ world }) => {
  const row = await stored(world, { ...fromTelegram, phoneNumber: "+7 900 000-00-01" });
  const { body } = await world.boris.get(`/users/${row?.id}`);
  expect(body).toMatchObject({ name: "", fullName: "", phoneNumber: "+7 900 000-00-01" });
  for (const field of ["picture", "email", "infoBaseUserId", "matchingKey"]) expect(body).not.toHaveProperty(field);
});

test("USR-6 nobody writes one-to-one to a user of an integration; in a group they take part", async ({ world }) => {
  const { boris, privileged } = world;
  const row = await stored(world, { ...fromTelegram, name: "Глеб" });
  const alone = { group: false, members: [row?.id] };
  expect(await boris.post("/conversations", alone)).toMatchObject({ status: 422, body: { code: "not_supported" } });
  const both = { group: false, members: [boris.id, row?.id] };
  expect(await privileged.post("/conversations", both)).toMatchObject({ body: { code: "not_supported" } });
  expect((await boris.get("/conversations")).body.items).toEqual([]);
  expect((await boris.converse({ title: "Клиент", members: [row?.id] })).members).toContain(row?.id);
});

test("USR-7 an external user has an address to sign in with and no pair in the application", async ({ world }) => {
  const { privileged } = world;
  const draft = { ...klim, external: true };
  const { status, body } = await privileged.post("/users", draft);
  expect(status).toBe(201);
  expect(body).toMatchObject({ kind: "external", external: true, emailForAuthentication: klim.emailForAuthentication });
  expect(body).not.toHaveProperty("infoBaseUserId");
  expect(await privileged.post("/users", { ...draft, name: "Клим второй" })).toMatchObject({
    status: 409,
    body: { code: "conflict", field: "emailForAuthentication" },
  });
});

test.for([
  ["an external user without an address", { name: klim.name, external: true }, "emailForAuthentication"],
  [
    "an external user with a UUID",
    { ...klim, external: true, infoBaseUserId: cast.anna.infoBaseUserId },
    "infoBaseUserId",
  ],
  [
    "a regular user with an address to sign in",
    { ...klim, infoBaseUserId: crypto.randomUUID() },
    "emailForAuthentication",
  ],
  ["an address that is none", { ...klim, external: true, emailForAuthentication: "klim" }, "emailForAuthentication"],
] as const)("USR-7 %s is not created", async ([, draft, field], { world: { privileged } }) => {
  expect(await privileged.post("/users", draft)).toMatchObject({ status: 400, body: { code: "validation", field } });
  expect((await privileged.get("/users")).body.items).toHaveLength(3);
});

test.for([
  ["kind", { name: "Гость", kind: "guest" }],
  ["guest", { ...klim, external: true, guest: true }],
] as const)("USR-8 no call creates a guest: the field %s is refused", async ([field, draft], { world }) => {
  const { privileged } = world;
  expect(await privileged.post("/users", draft)).toMatchObject({ status: 400, body: { code: "validation", field } });
  const batch = await privileged.post("/user-batches", { users: [draft] });
  expect(batch).toMatchObject({ status: 400, body: { code: "validation", field: `users.0.${field}` } });
  expect((await privileged.get("/users?external=true")).body.items).toEqual([]);
});

test("USR-8 a guest is put into no conversation by anybody", async ({ world }) => {
  const guest = await stored(world, { kind: "guest", name: "Гость" });
  const created = await world.boris.post("/conversations", { title: "Все", members: [guest?.id] });
  expect(created).toMatchObject({ status: 400, body: { code: "validation", field: "members.0" } });
  const room = await world.boris.converse({ title: "Все" });
  const added = await world.boris.post(`/conversations/${room.id}/members`, { users: [guest?.id] });
  expect(added).toMatchObject({ status: 400, body: { code: "validation", field: "users.0" } });
});
