import { expect } from "vitest";
import { limits } from "../../../src/protocol/limits.ts";
import { cast } from "../../support/cast.ts";
import { type Caller, openStrangers, test, type World } from "../../support/workers/world.ts";

const png =
  "data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==";
const gif = "data:image/gif;base64,R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7";
const jpeg = "data:image/jpeg;base64,/9j/4AAQSkZJRgABAQEASABIAAD/2w==";
const webp = "data:image/webp;base64,UklGRhoAAABXRUJQVlA4TA0AAAAvAAAAEAcQERGIiP4HAA==";
const script = '<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>';

const profile = { picture: png, phoneNumber: "+7 495 123-45-67", email: "boris@romashka.example" };

test("USR-17 a user keeps full name, picture, phone number and e-mail address, for colleagues to see", async ({
  world,
}) => {
  const { boris, vera } = world;
  expect((await boris.patch("/users/me", profile)).status).toBe(200);
  expect((await vera.get(`/users/${boris.id}`)).body).toMatchObject({ fullName: "Борис Петрович Громов", ...profile });
});

test("USR-18 users edit their own profile, and take fields away with null", async ({ world: { boris, vera } }) => {
  await boris.patch("/users/me", profile);
  const changed = await boris.patch(`/users/${boris.id}`, { phoneNumber: null, email: " Boris@New.Example " });
  expect(changed.body).toMatchObject({ picture: png, email: "boris@new.example" });
  expect(changed.body).not.toHaveProperty("phoneNumber");
  expect((await vera.get(`/users/${boris.id}`)).body).toEqual(changed.body);
});

test("USR-18 nobody edits the profile of somebody else without the right", async ({ world }) => {
  const { boris, vera, plain, anna } = world;
  await boris.patch("/users/me", profile);
  for (const caller of [vera, anna, plain]) {
    const answer = await caller.patch(`/users/${boris.id}`, { phoneNumber: "+7 000" });
    expect(answer).toMatchObject({ status: 403, body: { code: "forbidden" } });
  }
  expect((await boris.get("/users/me")).body).toMatchObject(profile);
});

test("USR-18 names are the application's to give: a user changes none of them", async ({ world: { boris } }) => {
  for (const changes of [{ name: "Бог" }, { fullName: "Бог Всемогущий", ...profile }]) {
    expect(await boris.patch("/users/me", changes)).toMatchObject({ status: 403, body: { code: "forbidden" } });
  }
  expect((await boris.get("/users/me")).body).toMatchObject({ name: "Борис", fullName: "Борис Петрович Громов" });
  expect((await boris.get("/users/me")).body).not.toHaveProperty("picture");
});

test("USR-17 an application with the right keeps profiles for its users", async ({ world }) => {
  const { boris, privileged, vera } = world;
  const administrator = await world.again(world.anna, { scopes: ["dataAdministration"] });
  for (const [caller, fullName] of [
    [administrator, "Б. Громов"],
    [privileged, "Борис Громов"],
  ] as const) {
    expect((await caller.patch(`/users/${boris.id}`, { fullName })).status).toBe(200);
    expect((await vera.get(`/users/${boris.id}`)).body.fullName).toBe(fullName);
  }
});

test.for([png, gif, jpeg, webp])("USR-17 a small picture is taken: %s", async (picture, { world: { boris } }) => {
  expect(await boris.patch("/users/me", { picture })).toMatchObject({ status: 200, body: { picture } });
});

test.for([
  ["SVG", `data:image/svg+xml;base64,${btoa(script)}`],
  ["SVG in clear", `data:image/svg+xml,${encodeURIComponent(script)}`],
  ["SVG that calls itself PNG", `data:image/png;base64,${btoa(script)}`],
  ["HTML that calls itself GIF", `data:image/gif;base64,${btoa("<script>alert(1)</script>")}`],
  ["a page", `data:text/html;base64,${btoa(script)}`],
  ["a picture with a second type", png.replace("image/png", "image/png;text/html")],
  ["a picture of capital letters", png.replace("image/png", "IMAGE/SVG+XML")],
  ["a script", "javascript:alert(1)"],
  ["an address", "https://evil.example/pixel.png"],
  ["an address without scheme", "//evil.example/pixel.png"],
  ["markup behind the picture", `${png}"><script>alert(1)</script>`],
  ["a line behind the picture", `${png}\n${script}`],
  ["a picture behind something", ` ${png}`],
  ["broken base64", `${png}=`],
  ["nothing", "data:image/png;base64,"],
  ["the empty string", ""],
] as const)("USR-17 a picture that is %s is refused", async ([, picture], { world }) => {
  const { boris, privileged } = world;
  const refused = { status: 400, body: { code: "validation", field: "picture" } };
  expect(await boris.patch("/users/me", { picture })).toMatchObject(refused);
  expect(await privileged.patch(`/users/${boris.id}`, { picture })).toMatchObject(refused);
  const draft = { infoBaseUserId: crypto.randomUUID(), name: "Дина", picture };
  expect(await privileged.post("/users", draft)).toMatchObject(refused);
  expect((await boris.get("/users/me")).body).not.toHaveProperty("picture");
});

test.for([
  ["picture", png + "A".repeat(limits.picture), 413, "limit_exceeded"],
  ["phoneNumber", "1".repeat(limits.phoneNumber + 1), 413, "limit_exceeded"],
  ["phoneNumber", "1\n2", 400, "validation"],
  ["email", "no address", 400, "validation"],
  ["email", `a@${"b".repeat(limits.email)}.example`, 413, "limit_exceeded"],
  ["email", ["a@b.example"], 400, "validation"],
] as const)("USR-17 the field %s has its bounds", async ([field, value, status, code], { world: { boris } }) => {
  const before = (await boris.get("/users/me")).body;
  expect(await boris.patch("/users/me", { [field]: value })).toMatchObject({ status, body: { code, field } });
  expect((await boris.get("/users/me")).body).toEqual(before);
});

const onlookers: [string, boolean, (world: World) => Caller | Promise<Caller>][] = [
  ["the user", true, ({ boris }) => boris],
  ["the application in privileged mode", true, ({ privileged }) => privileged],
  ["a user with DataAdministration", true, (world) => world.again(world.vera, { scopes: ["dataAdministration"] })],
  ["another user", false, ({ vera }) => vera],
  ["a subscriber administrator without the right", false, ({ anna }) => anna],
  ["the application without privileged mode", false, ({ plain }) => plain],
];

test.for(onlookers)(
  "USR-19 the matching key is seen and set by those who match people: %s, %s",
  async ([, isSeen, who], { world }) => {
    const { boris, privileged } = world;
    await privileged.patch(`/users/${boris.id}`, { matchingKey: "табель 17" });
    const caller = await who(world);
    const views = [
      (await caller.get(`/users/${boris.id}`)).body,
      (await caller.get(`/profiles?ids=${boris.id}`)).body.items[0],
      (await caller.get(`/user-suggestions?text=${encodeURIComponent("борис")}`)).body.items[0],
    ];
    for (const view of views)
      expect([view.name, view.matchingKey]).toEqual(["Борис", isSeen ? "табель 17" : undefined]);
  },
);

test("USR-19 a user does not set a matching key, an own one neither", async ({ world: { boris, privileged } }) => {
  await privileged.patch(`/users/${boris.id}`, { matchingKey: "табель 17" });
  for (const matchingKey of ["табель 1", null]) {
    expect(await boris.patch("/users/me", { matchingKey })).toMatchObject({ status: 403, body: { code: "forbidden" } });
  }
  expect((await boris.get("/users/me")).body.matchingKey).toBe("табель 17");
});

test("USR-17 profiles are asked for together; who is not of this application is missing", async ({ world }) => {
  const { anna, boris, vera } = world;
  const stranger = (await openStrangers()).anna;
  const ids = [boris.id, stranger.id, vera.id];
  const { body } = await anna.get(`/profiles?ids=${ids}`);
  expect(body.items.map(({ id }: { id: string }) => id).sort()).toEqual([boris.id, vera.id].sort());
  expect(await anna.get(`/users/${stranger.id}`)).toMatchObject({ status: 404, body: { code: "not_found" } });
  const byUuid = await anna.get(`/profiles?ids=${cast.boris.infoBaseUserId.toUpperCase()},${vera.id}`);
  expect(byUuid.body.items.map(({ id }: { id: string }) => id).sort()).toEqual([boris.id, vera.id].sort());
  const many = Array.from({ length: limits.profiles + 1 }, () => boris.id);
  expect(await anna.get(`/profiles?ids=${many}`)).toMatchObject({ status: 413, body: { code: "limit_exceeded" } });
  expect(await anna.get("/profiles?ids=")).toMatchObject({ status: 400, body: { code: "validation" } });
});
