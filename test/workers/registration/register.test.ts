import { env } from "cloudflare:workers";
import { expect } from "vitest";
import type { RegistrationResult } from "../../../src/protocol/registration.ts";
import { applicationById } from "../../../src/storage/directory/applications.ts";
import { directoryOf } from "../../../src/storage/directory/database.ts";
import { romashka } from "../../support/cast.ts";
import { call, origin } from "../../support/workers/door.ts";
import { applicant, codeTo, database, entered, register } from "../../support/workers/registering.ts";
import { lettersTo, test } from "../../support/workers/world.ts";

const anotherId = "0123456789abcdefghjkmnpqrs";

test("REG-1 REG-2 the server gives one id at the first registration, and both sides hold it", async () => {
  const { application, store } = database();
  const result = await register(application);
  const id = store.state.record?.applicationId ?? "";
  expect(id).toMatch(/^[0-9a-z]{26}$/);
  expect(result.registrationData?.applicationId).toBe(id);
  expect((await applicationById(directoryOf(env), id))?.name).toBe(romashka.infoBaseName);
  const { body } = await call("GET", "/application", await application.mintApplicationToken());
  expect(body).toMatchObject({ id, infoBaseName: romashka.infoBaseName });
});

test.for([{ id: anotherId }, { applicationId: "not an id" }, { applicationId: 42 }])(
  "REG-1 an id that is no hint of a returning application is refused: %o",
  async (more) => {
    const { status, body } = await (await applicant()).ask(more);
    expect([status, body.code]).toEqual([400, "validation"]);
    expect(await lettersTo(romashka.email)).toEqual([]);
  },
);

test("REG-1 nobody picks an id: a hint that names no application is not taken over", async () => {
  const petitioner = await applicant();
  await petitioner.ask({ applicationId: anotherId });
  const { body } = await petitioner.bring(await codeTo(romashka.email));
  expect(body.registrationCompleted).toBe(true);
  expect(body.registrationData.applicationId).not.toBe(anotherId);
});

test.for([
  ["PATCH", "/application"],
  ["PUT", "/application"],
  ["POST", "/application"],
  ["GET", `/applications/${anotherId}`],
] as const)("REG-2 no call sets an id or reads another application's: %s %s", async ([method, path], { world }) => {
  const { status, body } = await call(
    method,
    path,
    world.privileged.token,
    method === "GET" ? undefined : { id: anotherId },
  );
  expect([status, body.code]).toEqual([404, "not_found"]);
});

test("REG-3 both sides have their keys when success is reported, and each publishes only its public half", async () => {
  const { application, store } = database();
  await application.registerInfoBase(entered);
  const activationCode = await codeTo(romashka.email);
  const kept = await new Promise<typeof store.state>((resolve) => {
    application.beginInfoBaseRegistration(() => resolve(store.state), { ...entered, activationCode });
  });
  expect(kept.record?.privateKey.d).toBeTypeOf("string");
  const { body } = await call("GET", `/applications/${kept.record?.applicationId}/server-keys`);
  expect(body).toEqual({ keys: [{ ...kept.record?.serverKey, alg: "EdDSA", use: "sig" }] });
  const stored = await applicationById(directoryOf(env), kept.record?.applicationId ?? "");
  expect(stored?.keys.map(({ kid }) => kid)).toEqual([kept.record?.keyId]);
  expect(stored?.serverKey.kid).toBe(kept.record?.serverKey.kid);
});

test("REG-3 a private key is refused where the public half is expected", async () => {
  const { key } = await applicant();
  const { status, body } = await (await applicant()).ask({ publicKey: key.privateKey });
  expect([status, body.code, body.field]).toEqual([400, "validation", "publicKey.d"]);
});

test("REG-6 the registration keeps the application's name and the subscriber's address", async ({ world }) => {
  expect((await world.plain.get("/application")).body.infoBaseName).toBe(romashka.infoBaseName);
  expect((await world.anna.get("/subscriber")).body.email).toBe(romashka.email);
});

test("REG-8 the registration data are what was entered, the id and the keys", async () => {
  const { application, store } = database();
  await register(application);
  expect(Object.keys(store.state.record ?? {}).sort()).toEqual(
    [
      "activationCode",
      "applicationId",
      "email",
      "infoBaseName",
      "keyId",
      "privateKey",
      "serverAddress",
      "serverKey",
    ].sort(),
  );
  expect(store.state.record).toMatchObject({
    ...romashka,
    serverAddress: origin,
    activationCode: await codeTo(romashka.email),
  });
});

test("REG-8 a parameter that registration does not know is refused", async () => {
  const { status, body } = await (await applicant()).ask({ password: "роза" });
  expect([status, body.code, body.field]).toEqual([400, "validation", "password"]);
});

test("REG-9 callback, promise and REST take the same and give the same", async () => {
  const [byCallback, byPromise] = [database().application, database().application];
  const byRest = await applicant();
  const email = (form: string) => `${form}@romashka.example`;
  const begun = (activationCode?: string) =>
    new Promise<RegistrationResult>((resolve) => {
      const parameters = { ...entered, email: email("callback"), ...(activationCode && { activationCode }) };
      byCallback.beginInfoBaseRegistration(resolve, parameters);
    });
  const first = [
    await begun(),
    await byPromise.registerInfoBase({ ...entered, email: email("promise") }),
    (await byRest.ask({ email: email("rest") })).body,
  ];
  const second = [
    await begun(await codeTo(email("callback"))),
    await byPromise.registerInfoBase({ ...entered, activationCode: await codeTo(email("promise")) }),
    (await byRest.bring(await codeTo(email("rest")))).body,
  ];
  for (const result of first)
    expect(result).toEqual({ ...first[0], requestId: expect.stringMatching(/^[0-9a-z]{26}$/) });
  for (const { registrationData, ...result } of second) {
    expect(result).toEqual({ registrationCompleted: true, messageText: "The registration is complete." });
    expect(Object.keys(registrationData)).toEqual(Object.keys(second[0].registrationData));
  }
});

test("REG-10 whatever is not complete comes with a text for the user", async () => {
  const results: RegistrationResult[] = [];
  const { application } = database();
  const begin = (more: object) =>
    new Promise<void>((resolve) => {
      application.beginInfoBaseRegistration((result) => resolve(void results.push(result)), { ...entered, ...more });
    });
  await begin({ userCount: 0 });
  await begin({ email: "nowhere" });
  await begin({});
  await begin({});
  await begin({ activationCode: "00000000" });
  for (const { registrationCompleted, messageText } of results) {
    expect(registrationCompleted).toBe(false);
    expect(messageText).toMatch(/\w+ \w+/);
  }
  expect(results).toHaveLength(5);
});

test("REG-10 the text comes in the language of the person", async () => {
  const { body } = await (await applicant()).ask({ language: "ru" });
  expect(body.messageText).toMatch(/^Письмо с кодом активации отправлено/);
  expect((await lettersTo(romashka.email))[0]?.text).toMatch(/Не сообщайте код никому/);
});

test("REG-13 a server may be named wss://host:443", async () => {
  const { application, store } = database();
  const result = await register(application, { ...entered, serverAddress: "wss://beseda.test:443" });
  expect(result.registrationCompleted).toBe(true);
  expect(store.state.record?.serverAddress).toBe(origin);
});

test("REG-14 an application without users cannot register, and no letter leaves", async () => {
  const { body } = await (await applicant()).ask({ userCount: 0 });
  expect(body).toEqual({ registrationCompleted: false, messageText: expect.stringMatching(/no users/) });
  expect(await lettersTo(romashka.email)).toEqual([]);
});
