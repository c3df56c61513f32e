import { env } from "cloudflare:workers";
import { expect } from "vitest";
import { limits } from "../../../src/protocol/limits.ts";
import { version } from "../../../src/protocol/server.ts";
import { connect } from "../../../src/sdk/client/index.ts";
import { cast, romashka } from "../../support/cast.ts";
import { call, door, origin } from "../../support/workers/door.ts";
import {
  addressCodeTo,
  database,
  entered,
  keysTo,
  otherThan,
  pass,
  register,
} from "../../support/workers/registering.ts";
import { type Caller, openStrangers, registered, test } from "../../support/workers/world.ts";

const nothing = {
  infoBaseRegistered: false,
  canUse: false,
  serverAddress: "",
  serverVersion: "",
  currentUserIsSubscriberAdministrator: false,
};

test("REG-5 without registration the server information is empty and false", async ({ world }) => {
  expect((await call("GET", "/registration")).body).toEqual(nothing);
  await world.application.unregisterInfoBase();
  for (const { token } of [world.anna, world.plain])
    expect((await call("GET", "/registration", token)).body).toEqual(nothing);
});

test("REG-5 once the registration is given up the information is empty too", async ({ world }) => {
  await world.application.setInfoBaseRegistrationData(undefined);
  expect((await world.anna.get("/registration")).body).toEqual(nothing);
});

test("REG-5 REG-26 REG-28 an application that never registered learns the same from its SDK", async () => {
  const beseda = database().application.connect();
  expect(await beseda.serverAddress()).toBe("");
  expect(await beseda.serverVersion()).toBe("");
  expect(await beseda.infoBaseRegistered()).toBe(false);
  expect(await beseda.canUse()).toBe(false);
  expect(await beseda.currentUserIsSubscriberAdministrator()).toBe(false);
  await expect(beseda.getConversations()).rejects.toMatchObject({ code: "not_registered" });
});

test("REG-26 REG-28 REG-29 a registered application learns address, version and state", async ({ world }) => {
  const beseda = connect(() => world.boris.token, { fetch: door });
  expect(await beseda.serverAddress()).toBe(origin);
  expect(await beseda.serverVersion()).toBe(version);
  expect(await beseda.infoBaseRegistered()).toBe(true);
});

test.for(["unregisterInfoBase", "setInfoBaseRegistrationData"] as const)(
  "REG-29 what is unregistered or given up does not count as registered: %s",
  async (end, { world }) => {
    const beseda = connect(() => world.boris.token, { fetch: door });
    expect(await beseda.infoBaseRegistered()).toBe(true);
    await world.application[end](undefined);
    expect(await beseda.infoBaseRegistered()).toBe(false);
  },
);

test("REG-30 the system can be used once somebody is there", async () => {
  const { application } = await registered(romashka);
  const beseda = application.connect();
  expect(await beseda.infoBaseRegistered()).toBe(true);
  expect(await beseda.canUse()).toBe(false);
  await call("GET", "/users/me", await application.mintUserToken(cast.boris));
  expect(await beseda.canUse()).toBe(true);
});

test("REG-27 administrators see the subscriber's address, nobody else does", async ({ world }) => {
  expect(await connect(() => world.anna.token, { fetch: door }).subscriberEmail()).toBe(romashka.email);
  const everyRight = await world.again(world.boris, { scopes: ["dataAdministration", "registerSystem", "code"] });
  for (const caller of [world.boris, everyRight, world.plain, world.privileged]) {
    const { status, body } = await caller.get("/subscriber");
    expect([status, body.code]).toEqual([403, "forbidden"]);
  }
});

test("REG-40 an administrator learns that there is no administration key, and issues one", async ({ world }) => {
  const beseda = connect(() => world.anna.token, { fetch: door });
  expect(await beseda.hasAdministrationKey()).toBe(true);
  await env.DIRECTORY.prepare("UPDATE subscribers SET administration_key_hash = NULL").run();
  expect(await beseda.hasAdministrationKey()).toBe(false);
  const key = await beseda.getNewAdministrationKey();
  expect(await beseda.hasAdministrationKey()).toBe(true);
  expect(JSON.stringify((await world.anna.get("/subscriber")).body)).not.toContain(key);
});

test("REG-31 a user learns whether it administers the subscriber", async ({ world }) => {
  const administers = async (caller: Caller) =>
    (await caller.get("/registration")).body.currentUserIsSubscriberAdministrator;
  expect(await administers(world.anna)).toBe(true);
  expect(await administers(world.boris)).toBe(false);
  expect(await administers(world.privileged)).toBe(false);
  expect((await world.anna.put(`/subscriber/administrators/${world.boris.id}`)).status).toBe(204);
  expect(await administers(world.boris)).toBe(true);
});

test("REG-32 an administrator replaces the address once its mailbox agrees, and letters go there from then on", async ({
  world,
}) => {
  const beseda = connect(() => world.anna.token, { fetch: door });
  expect(await beseda.setSubscriberEmail("New@romashka.example")).toBe(false);
  expect((await world.anna.get("/subscriber")).body.email).toBe(romashka.email);
  expect(await beseda.setSubscriberEmail("new@romashka.example", await addressCodeTo("new@romashka.example"))).toBe(
    true,
  );
  expect((await world.anna.get("/subscriber")).body.email).toBe("new@romashka.example");
  await world.boris.post("/subscriber/temporary-codes");
  const { body } = await call("GET", "/local/mail?to=new@romashka.example");
  expect(body.items[0].text).toMatch(/Temporary code/);
});

test("REG-32 a wrong code, the code of another address and a sixth try change nothing", async ({ world }) => {
  const change = (email: string, activationCode: string) => world.anna.patch("/subscriber", { email, activationCode });
  await world.anna.patch("/subscriber", { email: "new@romashka.example" });
  const code = await addressCodeTo("new@romashka.example");
  expect((await change("zoya@vasilek.example", code)).body.code).toBe("validation");
  for (let i = 0; i < limits.activationTries; i++)
    expect((await change("new@romashka.example", otherThan(code))).body.code).toBe("validation");
  expect((await change("new@romashka.example", code)).body.code).toBe("validation");
  expect((await world.anna.get("/subscriber")).body.email).toBe(romashka.email);
});

test("REG-32 other callers do not replace the address", async ({ world }) => {
  for (const caller of [world.boris, world.plain, world.privileged]) {
    const { status, body } = await caller.patch("/subscriber", { email: "boris@romashka.example" });
    expect([status, body.code]).toEqual([403, "forbidden"]);
  }
  expect((await world.anna.get("/subscriber")).body.email).toBe(romashka.email);
});

test("REG-32 an address that is none, or another subscriber's, is refused", async ({ world }) => {
  const strangers = await openStrangers();
  const wrong = await world.anna.patch("/subscriber", { email: "roses" });
  expect([wrong.status, wrong.body.code]).toEqual([400, "validation"]);
  pass(limits.activationResendSeconds);
  await world.anna.patch("/subscriber", { email: "zoya@vasilek.example" });
  const activationCode = await addressCodeTo("zoya@vasilek.example");
  const taken = await world.anna.patch("/subscriber", { email: "zoya@vasilek.example", activationCode });
  expect([taken.status, taken.body.code]).toEqual([409, "conflict"]);
  expect((await strangers.anna.get("/subscriber")).body.email).toBe("zoya@vasilek.example");
});

test("REG-7 every application registered with an address is the same subscriber's", async ({ world }) => {
  const [key] = await keysTo(romashka.email);
  pass(limits.activationResendSeconds);
  const { application } = database();
  await register(application, { ...entered, infoBaseName: "Ромашка, склад" });
  const vera = await call("GET", "/users/me", await application.mintUserToken(cast.vera));
  const token = await application.mintUserToken(cast.vera);
  expect((await call("GET", "/subscriber", token)).body.code).toBe("forbidden");
  const path = `/subscriber/administrators/${vera.body.id}`;
  expect((await call("PUT", path, token, undefined, { "Access-Code": key ?? "" })).status).toBe(204);
  expect((await call("GET", "/subscriber", token)).body.email).toBe(romashka.email);
  expect((await world.anna.get("/subscriber/administrators")).body.items).toContain(vera.body.id);
});

test("REG-7 the user who registers administers the subscriber", async ({ world }) => {
  expect((await world.anna.get("/subscriber/administrators")).body.items).toEqual([world.anna.id]);
});
