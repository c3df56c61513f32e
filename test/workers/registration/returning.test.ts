import {
  createExecutionContext,
  createScheduledController,
  runInDurableObject,
  waitOnExecutionContext,
} from "cloudflare:test";
import { env } from "cloudflare:workers";
import { expect } from "vitest";
import { limits } from "../../../src/protocol/limits.ts";
import { closeCodes } from "../../../src/protocol/wire.ts";
import worker from "../../../src/worker.ts";
import { romashka } from "../../support/cast.ts";
import { call } from "../../support/workers/door.ts";
import {
  addressCodeTo,
  applicant,
  codeTo,
  database,
  entered,
  keysTo,
  otherThan,
  pass,
  register,
} from "../../support/workers/registering.ts";
import { lettersTo, type Person, registered, test, type World } from "../../support/workers/world.ts";

/** A conversation of before, with a message in it. */
async function history({ anna, boris }: World) {
  const room = await anna.converse({ title: "Склад", members: [boris.id] });
  return { room, message: await boris.say(room.id, "Ключ у охраны") };
}

/** Registers anew, a minute after the last code. */
async function again({ application }: World, more: object = {}) {
  pass(limits.activationResendSeconds);
  return register(application, { ...entered, ...more });
}

/** The subscriber gets another address, which its owner confirms. */
async function moveTo(administrator: Person, email: string): Promise<void> {
  expect((await administrator.patch("/subscriber", { email })).status).toBe(202);
  const activationCode = await addressCodeTo(email);
  expect((await administrator.patch("/subscriber", { email, activationCode })).status).toBe(200);
}

/** One run of the minute's work. */
async function minute(): Promise<void> {
  const context = createExecutionContext();
  await worker.scheduled(createScheduledController({ scheduledTime: new Date() }), env);
  await waitOnExecutionContext(context);
}

test("REG-17 REG-18 unregistering deletes the key here and refuses it there", async ({ world }) => {
  const copy = structuredClone(world.store.state);
  await world.application.unregisterInfoBase();
  expect(world.store.state).toEqual({ applicationId: copy.record?.applicationId });
  const clone = database({ ...world.store, load: async () => copy }).application;
  for (const token of [world.anna.token, await clone.mintUserToken(world.boris)]) {
    const { status, body } = await call("GET", "/users/me", token);
    expect([status, body.code]).toEqual([409, "not_registered"]);
  }
});

test("REG-17 the callback form unregisters just so, and hands over the error when it fails", async ({ world }) => {
  const powerless = database(world.store, []).application;
  const refused = await new Promise((resolve) => powerless.beginInfoBaseUnregistration(resolve));
  expect(refused).toMatchObject({ code: "forbidden" });
  expect(world.store.state.record).toBeDefined();
  const done = await new Promise((resolve) => world.application.beginInfoBaseUnregistration(resolve));
  expect(done).toBeUndefined();
  expect(world.store.state.record).toBeUndefined();
});

test("REG-17 by REST unregistering is one call", async ({ world }) => {
  expect((await world.privileged.delete("/application/registration")).status).toBe(204);
  expect((await world.anna.get("/users/me")).body.code).toBe("not_registered");
});

test("REG-17 an unregistration whose answer got lost is finished by the next", async ({ world }) => {
  const { id } = world;
  await world.privileged.delete("/application/registration");
  await world.application.unregisterInfoBase();
  expect(world.store.state).toEqual({ applicationId: id });
});

test("REG-18 unregistering closes the open connections of all users before it answers", async ({ world }) => {
  const { room } = await history(world);
  const lines = [await world.anna.live(room.id), await world.boris.inbox(), await world.vera.inbox()];
  await world.application.unregisterInfoBase();
  for (const line of lines) expect(await line.end()).toMatchObject({ code: closeCodes.unregistered.code });
});

test("REG-18 REG-19 the same address and id open the whole history again, with new keys", async ({ world }) => {
  const { room, message } = await history(world);
  const before = world.store.state.record;
  await world.application.unregisterInfoBase();
  const result = await again(world);
  expect(result.registrationData?.applicationId).toBe(before?.applicationId);
  expect(world.store.state.record?.keyId).not.toBe(before?.keyId);
  const boris = await world.again(world.boris, {});
  expect(boris.id).toBe(world.boris.id);
  expect((await boris.get(`/conversations/${room.id}/messages`)).body.items).toEqual([message]);
});

test("REG-19 a wrong code leaves everything as it was", async ({ world }) => {
  pass(limits.activationResendSeconds);
  await world.application.registerInfoBase(entered);
  const activationCode = otherThan(await codeTo(romashka.email));
  const result = await world.application.registerInfoBase({ ...entered, activationCode });
  expect(result).toMatchObject({ registrationCompleted: false, messageText: expect.stringMatching(/Tries left/) });
  expect((await world.again(world.anna, {})).id).toBe(world.anna.id);
});

test("REG-20 under another address it is a new application that sees nothing of before", async ({ world }) => {
  const { id } = world;
  const { room } = await history(world);
  const result = await again(world, { email: "other@romashka.example" });
  expect(result.registrationData?.applicationId).not.toBe(id);
  const anna = await world.again(world.anna, {});
  expect(anna.id).not.toBe(world.anna.id);
  expect((await anna.get(`/conversations/${room.id}`)).body.code).toBe("not_found");
  expect((await anna.get("/conversations")).body.items).toEqual([]);
});

test("REG-20 without the earlier id it is a new application, and the earlier one goes on", async ({ world }) => {
  const { room } = await history(world);
  pass(limits.activationResendSeconds);
  const { application, store } = await registered(romashka);
  expect(store.state.record?.applicationId).not.toBe(world.id);
  const token = await application.mintUserToken(world.anna);
  expect((await call("GET", `/conversations/${room.id}`, token)).body.code).toBe("not_found");
  expect((await (await world.again(world.anna, {})).get(`/conversations/${room.id}`)).status).toBe(200);
});

test("REG-21 whoever returns with the id alone gets the code at the subscriber's present address", async ({
  world,
}) => {
  const { id } = world;
  await moveTo(world.anna, "new@romashka.example");
  await world.application.unregisterInfoBase();
  pass(limits.activationResendSeconds);
  const { email: _, ...withoutAddress } = entered;
  const first = await world.application.registerInfoBase(withoutAddress);
  expect(first.registrationCompleted).toBe(false);
  const activationCode = await codeTo("new@romashka.example");
  const { registrationData } = await world.application.registerInfoBase({ ...withoutAddress, activationCode });
  expect(registrationData).toMatchObject({ applicationId: id, email: "new@romashka.example" });
});

test("REG-21 the id alone of an application that was never registered fails with a text", async () => {
  const { body } = await (await applicant()).ask({ email: undefined, applicationId: "0123456789abcdefghjkmnpqrs" });
  expect(body).toEqual({ registrationCompleted: false, messageText: expect.stringMatching(/never registered/) });
});

test("REG-21 a code sent to an address that the subscriber has left brings nothing back", async ({ world }) => {
  pass(limits.activationResendSeconds);
  const former = await applicant();
  await former.ask({ applicationId: world.id });
  const anna = await world.again(world.anna, {});
  await moveTo(anna, "new@romashka.example");
  const { body } = await former.bring(await codeTo(romashka.email));
  expect(body.registrationData.applicationId).not.toBe(world.id);
  expect((await anna.get("/subscriber")).body.email).toBe("new@romashka.example");
});

test("REG-22 giving up makes everything unreachable at once, for ever", async ({ world }) => {
  const { room } = await history(world);
  const line = await world.boris.live(room.id);
  const { id } = world;
  await world.application.setInfoBaseRegistrationData(undefined);
  expect(await line.end()).toMatchObject({ code: closeCodes.unregistered.code });
  expect(world.store.state).toEqual({});
  expect((await world.anna.get(`/conversations/${room.id}`)).body.code).toBe("not_registered");
  pass(limits.activationResendSeconds);
  const petitioner = await applicant();
  expect((await petitioner.ask({ applicationId: id, email: undefined })).body.messageText).toMatch(/never registered/);
  await petitioner.ask({ applicationId: id });
  const { body } = await petitioner.bring(await codeTo(romashka.email));
  expect(body.registrationData.applicationId).not.toBe(id);
});

test("REG-22 a code that was on its way does not bring back what is given up meanwhile", async ({ world }) => {
  pass(limits.activationResendSeconds);
  const { id } = world;
  const petitioner = await applicant();
  await petitioner.ask({ applicationId: id });
  await world.application.setInfoBaseRegistrationData(undefined);
  const { body } = await petitioner.bring(await codeTo(romashka.email));
  expect(body.registrationCompleted).toBe(true);
  expect(body.registrationData.applicationId).not.toBe(id);
});

test("REG-22 what was given up is erased after thirty days, and not before", async ({ world }) => {
  const { room } = await history(world);
  const rows = async () =>
    Promise.all(
      ["users", "conversations"].map((table) =>
        env.DIRECTORY.prepare(`SELECT count(*) AS count FROM ${table}`).first<number>("count"),
      ),
    );
  const { id } = world;
  const tables = () =>
    runInDurableObject(env.CONVERSATIONS.getByName(room.id), (_, { storage }) =>
      storage.sql.exec("SELECT name FROM sqlite_master WHERE name = 'messages'").toArray(),
    );
  await world.application.setInfoBaseRegistrationData(undefined);
  pass(limits.erasureDays * 86_400 - 60);
  await minute();
  expect(await rows()).toEqual([3, 1]);
  expect(await tables()).toHaveLength(1);
  pass(120);
  for (let i = 0; i < 3; i++) await minute();
  expect(await rows()).toEqual([0, 0]);
  expect(await tables()).toHaveLength(0);
  expect(await env.DIRECTORY.prepare("SELECT id FROM applications WHERE id = ?").bind(id).first()).toBeNull();
});

test("REG-15 the first registration mails the key, a later one says that it stays", async ({ world }) => {
  expect(await keysTo(romashka.email)).toHaveLength(1);
  await again(world);
  expect(await keysTo(romashka.email)).toHaveLength(1);
  const subjects = (await lettersTo(romashka.email)).map(({ subject }) => subject);
  expect(subjects).toContain('The application "Ромашка" is registered in Beseda');
});
