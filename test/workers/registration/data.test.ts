import { expect } from "vitest";
import { limits } from "../../../src/protocol/limits.ts";
import { closeCodes } from "../../../src/protocol/wire.ts";
import type { RegistrationRecord } from "../../../src/sdk/server/index.ts";
import { cast } from "../../support/cast.ts";
import { call } from "../../support/workers/door.ts";
import { forged, now } from "../../support/workers/hostile.ts";
import { database, pass, register } from "../../support/workers/registering.ts";
import { Caller, memoryStore, Person, test, type World } from "../../support/workers/world.ts";

/** A second database with a copy of the application's data, and Борис there. */
async function copyOf(world: World) {
  const store = memoryStore();
  store.state = structuredClone(world.store.state);
  const { application } = database(store);
  return {
    application,
    store,
    boris: new Person(world.boris.id, cast.boris, await application.mintUserToken(cast.boris)),
  };
}

test("REG-23 the registration data hold everything entered and all keys", async ({ world }) => {
  const data = await world.application.getInfoBaseRegistrationData();
  expect(data).toEqual(world.store.state.record);
  expect(data?.privateKey.d).toBeTypeOf("string");
});

test("REG-23 without a registration there are no data", async () => {
  expect(await database().application.getInfoBaseRegistrationData()).toBeUndefined();
});

test("REG-23 REG-24 data are neither read nor set without the right DataAdministration", async ({ world }) => {
  const { application } = database(world.store, ["registerSystem"]);
  const before = structuredClone(world.store.state);
  await expect(application.getInfoBaseRegistrationData()).rejects.toMatchObject({ code: "forbidden" });
  await expect(application.setInfoBaseRegistrationData(undefined)).rejects.toMatchObject({ code: "forbidden" });
  await expect(application.setInfoBaseRegistrationData(before.record)).rejects.toMatchObject({ code: "forbidden" });
  expect(world.store.state).toEqual(before);
  expect((await world.anna.get("/users/me")).status).toBe(200);
});

test("REG-16 without the right to register nobody registers or unregisters", async ({ world }) => {
  const { application } = database(world.store, ["dataAdministration"]);
  await expect(application.unregisterInfoBase()).rejects.toMatchObject({ code: "forbidden" });
  await expect(register(application)).rejects.toMatchObject({ code: "forbidden" });
  expect((await world.anna.get("/users/me")).status).toBe(200);
});

test.for(["/application", "/application/registration"])(
  "REG-16 the server ends no registration without the scope registerSystem: DELETE %s",
  async (path, { world }) => {
    const { application, anna, plain } = world;
    const privileged = await application.mintApplicationToken({ privileged: true });
    for (const token of [anna.token, plain.token, privileged]) {
      const { status, body } = await call("DELETE", path, token);
      expect([status, body.code]).toEqual([403, "forbidden"]);
    }
    const able = await world.again(anna, { scopes: ["registerSystem"] });
    expect((await able.delete(path)).status).toBe(204);
  },
);

test("REG-24 with the data of another database the receiver is that application", async ({ world }) => {
  const room = await world.anna.converse({ title: "Склад", members: [world.boris.id] });
  const message = await world.anna.say(room.id, "Привет");
  const { application } = database();
  await application.setInfoBaseRegistrationData(await world.application.getInfoBaseRegistrationData());
  const boris = new Person(world.boris.id, cast.boris, await application.mintUserToken(cast.boris));
  expect((await boris.get("/users/me")).body.id).toBe(world.boris.id);
  expect((await boris.get(`/conversations/${room.id}/messages`)).body.items).toEqual([message]);
});

const garbage: [string, (data: RegistrationRecord) => unknown][] = [
  ["text", () => "registration data"],
  ["null", () => null],
  ["nothing inside", () => ({})],
  ["no id", ({ applicationId: _, ...rest }) => rest],
  ["no key", ({ privateKey: _, ...rest }) => rest],
  ["a key that is none", (data) => ({ ...data, privateKey: { kty: "OKP", crv: "Ed25519", d: "roses" } })],
  ["an address that is none", (data) => ({ ...data, serverAddress: "roses" })],
];

test.for(garbage)("REG-24 what is no registration is refused and changes nothing: %s", async ([, spoil], { world }) => {
  const before = structuredClone(world.store.state);
  const spoilt = spoil(structuredClone(before.record) as RegistrationRecord) as RegistrationRecord;
  await expect(world.application.setInfoBaseRegistrationData(spoilt)).rejects.toMatchObject({ code: "validation" });
  expect(world.store.state).toEqual(before);
});

test("REG-25 a copy and its original connect side by side and see the same", async ({ world }) => {
  const room = await world.anna.converse({ title: "Склад", members: [world.boris.id] });
  const copy = await copyOf(world);
  const lines = [await world.boris.live(room.id), await copy.boris.live(room.id)];
  const message = await world.anna.say(room.id, "Приехала машина");
  for (const line of lines) expect((await line.event("message")).message).toEqual(message);
  for (const path of ["/conversations", "/notifications", `/conversations/${room.id}/messages`])
    expect((await copy.boris.get(path)).body).toEqual((await world.boris.get(path)).body);
  expect(await copy.boris.notified()).toEqual({ [room.id]: 1 });
});

test("SEC-10 unregistering and registering again refuses a stolen copy and keeps the history", async ({ world }) => {
  const room = await world.anna.converse({ title: "Касса", members: [world.boris.id] });
  const stolen = await copyOf(world);
  await world.application.unregisterInfoBase();
  pass(limits.activationResendSeconds);
  await register(world.application);
  for (const token of [stolen.boris.token, await stolen.application.mintApplicationToken({ privileged: true })]) {
    const { status, body } = await call("GET", `/conversations/${room.id}`, token);
    expect([status, body.code]).toEqual([401, "unauthenticated"]);
  }
  await expect(stolen.application.unregisterInfoBase()).rejects.toMatchObject({ code: "unauthenticated" });
  const anna = await world.again(world.anna, {});
  expect((await anna.get(`/conversations/${room.id}`)).body.title).toBe("Касса");
});

test("SEC-11 a clone whose clock is ahead keeps no socket either", async ({ world }) => {
  const room = await world.anna.converse({ title: "Касса", members: [world.boris.id] });
  const ahead = await forged(world, { claims: { iat: now() + 50 } });
  const lines = [await new Caller(ahead).live(room.id), await new Caller(ahead).inbox()];
  pass(limits.activationResendSeconds - 20);
  await world.application.unregisterInfoBase();
  for (const line of lines) expect(await line.end()).toMatchObject({ code: closeCodes.unregistered.code });
});

test("SEC-11 registering anew rejects the clone and closes its open sockets", async ({ world }) => {
  const room = await world.anna.converse({ title: "Касса", members: [world.boris.id] });
  const clone = await copyOf(world);
  pass(limits.activationResendSeconds);
  const fresh = new Person(world.boris.id, cast.boris, await clone.application.mintUserToken(cast.boris));
  const lines = [await fresh.live(room.id), await fresh.inbox()];
  await register(world.application);
  for (const line of lines) expect(await line.end()).toMatchObject({ code: closeCodes.credentialsChanged.code });
  await expect(fresh.live(room.id)).rejects.toMatchObject({ code: "unauthenticated" });
  const later = await clone.application.mintUserToken(cast.boris);
  expect((await call("GET", "/users/me", later)).body.code).toBe("unauthenticated");
  const line = await (await world.again(world.boris, {})).live(room.id);
  expect((await line.next("hello")).conversation.title).toBe("Касса");
});
