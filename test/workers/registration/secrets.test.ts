import { env } from "cloudflare:workers";
import { expect } from "vitest";
import { unseal } from "../../../src/domain/access/secrets.ts";
import { configOf } from "../../../src/storage/config.ts";
import { applicationById } from "../../../src/storage/directory/applications.ts";
import { directoryOf } from "../../../src/storage/directory/database.ts";
import { romashka } from "../../support/cast.ts";
import { call, door } from "../../support/workers/door.ts";
import { codeTo, database, keysTo, register, temporaryCodesTo } from "../../support/workers/registering.ts";
import { memoryStore, test, type World } from "../../support/workers/world.ts";

/** Every row of the directory as text. Letters are left out: a deployed server sends them and keeps none. */
async function dump(): Promise<string> {
  const { results: tables } = await env.DIRECTORY.prepare(
    "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE '\\_%' ESCAPE '\\' AND name NOT LIKE 'sqlite%' AND name NOT IN ('letters', 'd1_migrations')",
  ).all<{ name: string }>();
  expect(tables.length).toBeGreaterThan(8);
  const contents = await Promise.all(tables.map(({ name }) => env.DIRECTORY.prepare(`SELECT * FROM "${name}"`).all()));
  return JSON.stringify(contents.map(({ results }) => results));
}

/** The server's own private key of an application, opened as only the server can. */
async function serverPrivateKey(world: World): Promise<{ d: string; x: string }> {
  const row = await applicationById(directoryOf(env), world.id);
  return JSON.parse(await unseal(configOf(env).secret, row?.serverPrivateKeySealed ?? ""));
}

test("REG-35 REG-3 nothing secret stands in the directory in clear", async ({ world }) => {
  await world.boris.post("/subscriber/temporary-codes");
  const { body } = await world.anna.post("/subscriber/administration-key");
  const secrets = [
    await codeTo(romashka.email),
    ...(await keysTo(romashka.email)),
    ...(await temporaryCodesTo(romashka.email)),
    body.administrationKey as string,
    (await serverPrivateKey(world)).d,
    world.store.state.record?.privateKey.d ?? "",
    configOf(env).secret,
  ];
  expect(secrets).toHaveLength(7);
  const rows = await dump();
  expect(rows).toContain(world.id);
  expect(rows).toContain(world.store.state.record?.keyId);
  for (const secret of secrets) {
    expect(secret.length).toBeGreaterThan(7);
    for (const spelling of [secret, secret.replaceAll("-", ""), btoa(secret)]) expect(rows).not.toContain(spelling);
  }
});

test("REG-3 no private key travels, in either direction, at any step", async () => {
  const heard: string[] = [];
  const listening: typeof fetch = async (input, init) => {
    const answer = await door(input, init);
    heard.push(
      String(input),
      JSON.stringify([...new Headers(init?.headers)]),
      String(init?.body),
      await answer.clone().text(),
    );
    return answer;
  };
  const { application, store } = database(memoryStore(), ["registerSystem", "dataAdministration"], listening);
  await register(application);
  const first = store.state.record?.privateKey.d ?? "";
  await application.rotateKey();
  const second = store.state.record?.privateKey.d ?? "";
  await call("GET", "/application", await application.mintApplicationToken());
  await application.unregisterInfoBase();
  expect(heard.length).toBeGreaterThan(16);
  const row = await env.DIRECTORY.prepare("SELECT server_private_key_sealed AS sealed FROM applications").first<string>(
    "sealed",
  );
  const { d } = JSON.parse(await unseal(configOf(env).secret, row ?? ""));
  for (const secret of [first, second, d]) expect(heard.join("\n")).not.toContain(secret);
});

test("REG-3 each application has a server key of its own", async ({ world }) => {
  const { application, store } = database();
  await register(application, {
    serverAddress: "https://beseda.test",
    userCount: 1,
    infoBaseName: "Василёк",
    email: "zoya@vasilek.example",
  });
  expect(store.state.record?.serverKey.kid).not.toBe(world.store.state.record?.serverKey.kid);
  expect((await serverPrivateKey(world)).x).toBe(world.store.state.record?.serverKey.x);
});

test("REG-3 an application that is not registered publishes no key", async ({ world }) => {
  const path = `/applications/${world.id}/server-keys`;
  expect((await call("GET", path)).status).toBe(200);
  await world.application.unregisterInfoBase();
  expect((await call("GET", path)).body.code).toBe("not_found");
  expect((await call("GET", "/applications/roses/server-keys")).body.code).toBe("not_found");
});
