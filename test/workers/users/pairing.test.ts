import { expect, vi } from "vitest";
import { cast } from "../../support/cast.ts";
import { call } from "../../support/workers/door.ts";
import { openStrangers, type Person, test, type World } from "../../support/workers/world.ts";

const newcomer = { infoBaseUserId: "d0d00000-0000-4000-8000-00000000000d", name: "Дина" };

/** Tokens of one application user, made at different seconds from now on. */
async function tokensAt<Name extends string>(world: World, names: Record<Name, number>): Promise<Record<Name, string>> {
  vi.useFakeTimers({ toFake: ["Date"] });
  const start = Date.now();
  const tokens = {} as Record<Name, string>;
  for (const [name, second] of Object.entries(names) as [Name, number][]) {
    vi.setSystemTime(start + second * 1000);
    tokens[name] = await world.application.mintUserToken({ ...newcomer, name });
  }
  vi.setSystemTime(start + 60_000);
  return tokens;
}

const nameOf = async (token: string): Promise<string> => (await call("GET", "/users/me", token)).body.name;
const pairOf = (world: World, infoBaseUserId: string) =>
  world.privileged.get(`/users/by-info-base-user/${infoBaseUserId}`);

test("USR-9 whoever the application vouches for is let in at once, without signing up", async ({ world }) => {
  expect((await pairOf(world, newcomer.infoBaseUserId)).status).toBe(404);
  const token = await world.application.mintUserToken(newcomer);
  const room = await world.anna.converse({ title: "Новые", members: ["all-application-users"] });
  const answer = await call("POST", `/conversations/${room.id}/messages`, token, { text: "Здравствуйте" });
  expect(answer.status).toBe(201);
  expect((await pairOf(world, newcomer.infoBaseUserId)).body.id).toBe(answer.body.author);
});

test("USR-10 twenty first requests at once make exactly one user", async ({ world }) => {
  const token = await world.application.mintUserToken(newcomer);
  const answers = await Promise.all(Array.from({ length: 20 }, () => call("GET", "/users/me", token)));
  expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([200]));
  expect(new Set(answers.map(({ body }) => body.id)).size).toBe(1);
  expect((await world.privileged.get(`/users?infoBaseUserId=${newcomer.infoBaseUserId}`)).body.items).toHaveLength(1);
});

test("USR-10 an API call makes the pair that the first token then finds", async ({ world }) => {
  const made = await world.privileged.post("/users", newcomer);
  const token = await world.application.mintUserToken(newcomer);
  expect((await call("GET", "/users/me", token)).body.id).toBe(made.body.id);
  const second = await world.privileged.post("/users", { ...newcomer, name: "Вторая" });
  expect(second).toMatchObject({ status: 409, body: { code: "conflict", field: "infoBaseUserId" } });
  expect((await pairOf(world, newcomer.infoBaseUserId)).body.id).toBe(made.body.id);
});

test("USR-11 a newer token brings new names, for everybody to see", async ({ world }) => {
  const { application, anna, boris } = world;
  const names = { name: "Боря", fullName: "Борис Громов-Белов" };
  const token = await application.mintUserToken({ infoBaseUserId: boris.infoBaseUserId, ...names });
  expect((await call("GET", "/users/me", token)).body).toMatchObject({ id: boris.id, ...names });
  expect((await anna.get(`/users/${boris.id}`)).body).toMatchObject(names);
  expect((await anna.get(`/user-suggestions?text=${encodeURIComponent("громов-б")}`)).body.items).toHaveLength(1);
});

test("USR-11 a token that tells no full name takes none away", async ({ world }) => {
  const { application, boris } = world;
  const token = await application.mintUserToken({ infoBaseUserId: boris.infoBaseUserId, name: "Боря" });
  const { body } = await call("GET", "/users/me", token);
  expect(body).toMatchObject({ name: "Боря", fullName: cast.boris.fullName });
});

test("USR-11 an older token, used later, changes no names", async ({ world }) => {
  const { Дина, Дарья } = await tokensAt(world, { Дина: 1, Дарья: 2 });
  expect(await nameOf(Дарья)).toBe("Дарья");
  expect(await nameOf(Дина)).toBe("Дарья");
});

test("USR-11 of tokens used at the same moment the newest decides the names", async ({ world }) => {
  const tokens = await tokensAt(world, { Дана: 1, Дина: 4, Дарья: 9, Диана: 3, Даша: 6, Дуня: 2 });
  await nameOf(tokens.Дана);
  await Promise.all(Object.values(tokens).map(nameOf));
  const { items } = (await world.privileged.get(`/users?infoBaseUserId=${newcomer.infoBaseUserId}`)).body;
  expect(items).toMatchObject([{ name: "Дарья", fullName: "Дарья" }]);
});

test("USR-11 a token from before the application wrote the names changes nothing", async ({ world }) => {
  const { Дина, Дарья } = await tokensAt(world, { Дина: 1, Дарья: 2 });
  await nameOf(Дина);
  const { id } = (await pairOf(world, newcomer.infoBaseUserId)).body;
  await world.privileged.patch(`/users/${id}`, { name: "Дина Львовна" });
  expect(await nameOf(Дарья)).toBe("Дина Львовна");
});

test("USR-12 renaming keeps the pair, and somebody new under the old name gets a pair of their own", async ({
  world,
}) => {
  const { application, boris } = world;
  const renamed = await application.mintUserToken({ ...cast.boris, name: "Бронислав" });
  expect((await call("GET", "/users/me", renamed)).body.id).toBe(boris.id);
  const namesake = await world.person({ ...cast.boris, infoBaseUserId: newcomer.infoBaseUserId });
  expect(namesake.id).not.toBe(boris.id);
  expect((await pairOf(world, boris.infoBaseUserId)).body.id).toBe(boris.id);
});

test("USR-12 letters of the UUID may be large or small", async ({ world }) => {
  const { boris } = world;
  expect((await world.person({ ...cast.boris, infoBaseUserId: boris.infoBaseUserId.toUpperCase() })).id).toBe(boris.id);
  expect((await pairOf(world, boris.infoBaseUserId.toUpperCase())).body.id).toBe(boris.id);
});

/** What takes a reference to a user, given a conversation of the caller's. */
const naming: [string, (caller: Person, room: string, user: string) => ReturnType<Person["get"]>][] = [
  ["a member of a new group", (caller, _, user) => caller.post("/conversations", { title: "Ещё", members: [user] })],
  [
    "the partner of a one-to-one",
    (caller, _, user) => caller.post("/conversations", { group: false, members: [user] }),
  ],
  ["an added member", (caller, room, user) => caller.post(`/conversations/${room}/members`, { users: [user] })],
  [
    "a recipient",
    (caller, room, user) => caller.post(`/conversations/${room}/messages`, { text: "Эй", recipients: [user] }),
  ],
];

test.for(naming)("USR-13 a UUID without a pair is not found as %s", async ([, name], { world }) => {
  const { anna, vera } = world;
  const room = await anna.converse({ title: "Склад" });
  const strangers = await openStrangers();
  const stranger = await strangers.person(newcomer);
  for (const user of [newcomer.infoBaseUserId, stranger.id]) {
    expect(await name(anna, room.id, user)).toMatchObject({ status: 404, body: { code: "not_found" } });
  }
  expect((await anna.get("/conversations")).body.items).toHaveLength(1);
  expect((await anna.get(`/conversations/${room.id}`)).body).toMatchObject({ n: 0, memberCount: 1 });
  expect((await name(anna, room.id, vera.infoBaseUserId)).status).toBeLessThan(300);
});
