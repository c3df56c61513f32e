import { expect } from "vitest";
import { limits } from "../../../src/protocol/limits.ts";
import { cast, klim } from "../../support/cast.ts";
import { type Caller, openStrangers, test, type World } from "../../support/workers/world.ts";

const dina = { infoBaseUserId: "d0d00000-0000-4000-8000-00000000000d", name: "Дина", fullName: "Дина Львовна Ежова" };

const everybody = async ({ privileged }: World) => (await privileged.get("/users?count=250")).body.items;
const numbered = (size: number) =>
  Array.from({ length: size }, (_, i) => ({
    infoBaseUserId: `d0d00000-0000-4000-8000-${String(i).padStart(12, "0")}`,
    name: `Сотрудник ${i}`,
  }));

test("USR-14 createUser fills the names and stores nothing until write", async ({ world }) => {
  const { application, privileged } = world;
  const beseda = application.connectPrivileged();
  const user = beseda.createUser(dina);
  expect(user.fields).toMatchObject(dina);
  expect(beseda.createUser({ ...dina, fullName: undefined as never }).fields.fullName).toBe(dina.name);
  user.fields.phoneNumber = "+7 495 000-00-00";
  expect((await privileged.get(`/users/by-info-base-user/${dina.infoBaseUserId}`)).status).toBe(404);
  const written = await user.write();
  expect((await privileged.get(`/users/${written.id}`)).body).toMatchObject({
    ...dina,
    phoneNumber: "+7 495 000-00-00",
  });
});

const unprivileged: [string, (world: World) => Caller | Promise<Caller>][] = [
  ["a user", ({ boris }) => boris],
  [
    "a user with every right",
    (world) => world.again(world.anna, { scopes: ["dataAdministration", "registerSystem", "code"] }),
  ],
  ["the application without privileged mode", ({ plain }) => plain],
  ["the application acting as a user", (world) => world.as(world.anna.id, { scopes: ["dataAdministration"] })],
];

test.for(unprivileged)("USR-14 outside privileged mode %s creates nobody", async ([, who], { world }) => {
  const caller = await who(world);
  const before = await everybody(world);
  const refused = { status: 403, body: { code: "forbidden" } };
  expect(await caller.post("/users", dina)).toMatchObject(refused);
  expect(await caller.post("/users", { ...klim, external: true })).toMatchObject(refused);
  expect(await caller.post("/user-batches", { users: [dina] })).toMatchObject(refused);
  expect(await everybody(world)).toEqual(before);
});

test("USR-14 in privileged mode the SDK writes what a session without it may not", async ({ world }) => {
  const { application } = world;
  await expect(application.connect().createUser(dina).write()).rejects.toMatchObject({ code: "forbidden" });
  const { id } = await application.connectPrivileged().createUser(dina).write();
  await expect(application.connect().getUserId(dina.infoBaseUserId)).resolves.toBe(id);
});

test("USR-15 right after registration all application users are created in one go", async ({ world }) => {
  const users = numbered(limits.userBatch);
  const { status, body } = await world.privileged.post("/user-batches", { users });
  expect(status).toBe(200);
  expect(body.items).toHaveLength(limits.userBatch);
  expect(body.items.every(({ created }: { created: boolean }) => created)).toBe(true);
  expect(body.items.map(({ user }: { user: object }) => user)).toMatchObject(users);
  expect(await everybody(world)).toHaveLength(limits.userBatch + 3);
});

test("USR-15 the call is repeatable: those that exist are returned as they are", async ({ world }) => {
  const { privileged, anna } = world;
  const first = await privileged.post("/user-batches", { users: numbered(3) });
  const again = numbered(4).map((user) => ({ ...user, name: "Другое имя" }));
  const { body } = await privileged.post("/user-batches", { users: [...again, { ...cast.anna, name: "Не Анна" }] });
  expect(body.items.map(({ created }: { created: boolean }) => created)).toEqual([false, false, false, true, false]);
  expect(body.items.slice(0, 3).map(({ user }: { user: object }) => user)).toEqual(
    first.body.items.map(({ user }: { user: object }) => user),
  );
  expect(body.items[4].user).toMatchObject({ id: anna.id, name: "Анна" });
});

test("USR-15 two synchronisations at once, and one UUID named twice, make one user each", async ({ world }) => {
  const users = [...numbered(20), ...numbered(5)];
  const answers = await Promise.all([1, 2, 3].map(() => world.privileged.post("/user-batches", { users })));
  const made = answers.flatMap(({ body }) => body.items.filter(({ created }: { created: boolean }) => created));
  expect(made).toHaveLength(20);
  expect(await everybody(world)).toHaveLength(23);
});

test.for([
  [
    "one too many",
    () => numbered(limits.userBatch + 1),
    { status: 413, body: { code: "limit_exceeded", field: "users" } },
  ],
  [
    "one without a name",
    () => [...numbered(2), { ...dina, name: " " }],
    { body: { code: "validation", field: "users.2.name" } },
  ],
  ["one without a UUID", () => [...numbered(2), { name: "Никто" }], { body: { code: "validation" } }],
  ["nobody", () => [], { body: { code: "validation", field: "users" } }],
] as const)("USR-15 a batch with %s creates nobody", async ([, users, refusal], { world }) => {
  expect(await world.privileged.post("/user-batches", { users: users() })).toMatchObject(refusal);
  expect(await everybody(world)).toHaveLength(3);
});

test("USR-16 getUserId says not_found, which tells the caller to create the user", async ({ world }) => {
  const { application } = world;
  const beseda = application.connectPrivileged();
  const getOrCreate = (user: typeof dina) =>
    beseda.getUserId(user.infoBaseUserId).catch(async (error: { code: string }) => {
      expect(error.code).toBe("not_found");
      return (await beseda.createUser(user).write()).id;
    });
  const id = await getOrCreate(dina);
  expect(await getOrCreate(dina)).toBe(id);
  await expect(beseda.getUser(id)).resolves.toMatchObject(dina);
});

test("USR-16 users of another application are not found", async ({ world }) => {
  const strangers = await openStrangers();
  await strangers.privileged.post("/users", dina);
  for (const caller of [world.privileged, world.plain, world.boris]) {
    const answer = await caller.get(`/users/by-info-base-user/${dina.infoBaseUserId}`);
    expect(answer).toMatchObject({ status: 404, body: { code: "not_found", nextStep: "Create the user." } });
  }
  expect((await world.boris.get("/users/by-info-base-user/nonsense")).status).toBe(404);
});
