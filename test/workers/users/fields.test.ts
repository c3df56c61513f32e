import { env } from "cloudflare:workers";
import { expect } from "vitest";
import { directoryOf } from "../../../src/storage/directory/database.ts";
import { userById } from "../../../src/storage/directory/users.ts";
import { type Caller, openStrangers, test, type World } from "../../support/workers/world.ts";

/** Fields of a user that no call writes, with a value that would do harm. */
const fixed = {
  id: "00000000000000000000000001",
  kind: "guest",
  external: true,
  externalSystemType: "Telegram",
  externalSystemUserId: "7001",
  subscriberAdministrator: true,
  created: "2001-01-01T00:00:00.000Z",
  application: "00000000000000000000000001",
  nameFolded: "вера",
  fullNameFolded: "вера",
  namesFrom: 0,
  validFrom: 0,
};
const fixedLater = { ...fixed, emailForAuthentication: "thief@outside.example" };
const { external: _, ...fixedAtFirst } = { ...fixed, isLocked: true };

/** Fields that need the right. */
const reserved = {
  infoBaseUserId: "d0d00000-0000-4000-8000-00000000000d",
  name: "Вера",
  fullName: "Вера Сергеевна Дымова",
  matchingKey: "табель 1",
  isLocked: true,
};

const rowOf = (world: World, id: string) => userById(directoryOf(env), world.id, id);

const callers: [string, (world: World) => Caller | Promise<Caller>][] = [
  ["the user", ({ boris }) => boris],
  ["another user", ({ vera }) => vera],
  ["a subscriber administrator", ({ anna }) => anna],
  [
    "the user with every right",
    (world) => world.again(world.boris, { scopes: ["dataAdministration", "registerSystem", "code"] }),
  ],
  ["the application", ({ plain }) => plain],
  ["the application acting as the user", (world) => world.as(world.boris.id, { scopes: ["dataAdministration"] })],
  ["the application in privileged mode", ({ privileged }) => privileged],
  ["another application in privileged mode", async () => (await openStrangers()).privileged],
];

test.for(callers)("USR-22 %s writes no field that is not writable", async ([, who], { world }) => {
  const { boris } = world;
  const caller = await who(world);
  const before = await rowOf(world, boris.id);
  for (const [field, value] of Object.entries(fixedLater)) {
    const answer = await caller.patch(`/users/${boris.id}`, { phoneNumber: "+7 666", [field]: value });
    expect(answer).toMatchObject({ status: 400, body: { code: "validation", field } });
  }
  expect(await rowOf(world, boris.id)).toEqual(before);
});

test.for(callers)("USR-22 %s creates no user with a field that is not writable", async ([, who], { world }) => {
  const caller = await who(world);
  const draft = { infoBaseUserId: reserved.infoBaseUserId, name: "Дина" };
  for (const [field, value] of Object.entries(fixedAtFirst)) {
    const answer = await caller.post("/users", { ...draft, [field]: value });
    expect(answer).toMatchObject({ status: 400, body: { code: "validation", field } });
  }
  expect((await world.privileged.get("/users")).body.items).toHaveLength(3);
});

test.for(callers.slice(0, 3).concat(callers.slice(4, 5)))(
  "USR-21 %s writes no field that needs the right, alone or beside one that does not",
  async ([, who], { world }) => {
    const { boris } = world;
    const caller = await who(world);
    const before = await rowOf(world, boris.id);
    for (const [field, value] of Object.entries(reserved)) {
      for (const more of [{}, { phoneNumber: "+7 666" }]) {
        const answer = await caller.patch(`/users/${boris.id}`, { ...more, [field]: value });
        expect(answer).toMatchObject({ status: 403, body: { code: "forbidden" } });
      }
    }
    expect(await rowOf(world, boris.id)).toEqual(before);
  },
);

test("USR-22 subscriberAdministrator is visible, and only the call for administrators changes it", async ({
  world,
}) => {
  const { anna, boris, vera } = world;
  const isAdministrator = async (id: string) => (await vera.get(`/users/${id}`)).body.subscriberAdministrator;
  expect([await isAdministrator(anna.id), await isAdministrator(boris.id)]).toEqual([true, false]);
  for (const subscriberAdministrator of [true, false]) {
    const answer = await anna.patch(`/users/${boris.id}`, { subscriberAdministrator });
    expect(answer).toMatchObject({ status: 400, body: { code: "validation", field: "subscriberAdministrator" } });
  }
  expect(await isAdministrator(boris.id)).toBe(false);
  expect((await anna.put(`/subscriber/administrators/${boris.id}`)).status).toBe(204);
  expect(await isAdministrator(boris.id)).toBe(true);
});
