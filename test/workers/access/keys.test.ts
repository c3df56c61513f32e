import { env } from "cloudflare:workers";
import { calculateJwkThumbprint } from "jose";
import { expect, vi } from "vitest";
import { limits } from "../../../src/protocol/limits.ts";
import { closeCodes } from "../../../src/protocol/wire.ts";
import { newKey, signToken } from "../../../src/sdk/server/keys.ts";
import worker from "../../../src/worker.ts";
import { cast } from "../../support/cast.ts";
import { call, origin } from "../../support/workers/door.ts";
import { Person, test, type World } from "../../support/workers/world.ts";

type Key = Awaited<ReturnType<typeof newKey>>;

/** Борис's token made with a key. */
const tokenWith = (world: World, key: Pick<Key, "keyId" | "privateKey">): Promise<string> =>
  signToken(key, "beseda-user+jwt", { iss: world.id, aud: origin, sub: cast.boris.infoBaseUserId, name: "Борис" }, 600);

async function addKey({ privileged }: World): Promise<Key> {
  const key = await newKey();
  const { status, body } = await privileged.post("/application/keys", { publicKey: key.publicKey });
  expect([status, body]).toEqual([201, { keyId: key.keyId }]);
  return key;
}

test("REG-4 a key is named by its thumbprint", async ({ world }) => {
  const { keyId, privateKey } = world.store.state.record ?? { keyId: "", privateKey: {} };
  const { kty, crv, x } = privateKey as { kty: "OKP"; crv: string; x: string };
  expect(await calculateJwkThumbprint({ kty, crv, x })).toBe(keyId);
  expect((await world.plain.get("/application")).body.keyIds).toEqual([keyId]);
});

test("REG-4 two keys are valid together, and a third is refused", async ({ world }) => {
  const second = await addKey(world);
  for (const token of [world.boris.token, await tokenWith(world, second)])
    expect((await call("GET", "/users/me", token)).body.id).toBe(world.boris.id);
  const { status, body } = await world.privileged.post("/application/keys", { publicKey: (await newKey()).publicKey });
  expect([status, body.code]).toEqual([413, "limit_exceeded"]);
  expect((await world.plain.get("/application")).body.keyIds).toHaveLength(limits.applicationKeys);
});

test("REG-4 adding the same key again changes nothing", async ({ world }) => {
  const { publicKey, keyId } = await addKey(world);
  expect((await world.privileged.post("/application/keys", { publicKey })).body).toEqual({ keyId });
  expect((await world.plain.get("/application")).body.keyIds).toHaveLength(2);
});

test("REG-4 parallel additions never exceed two keys", async ({ world }) => {
  const keys = await Promise.all(Array.from({ length: 8 }, newKey));
  await Promise.all(keys.map(({ publicKey }) => world.privileged.post("/application/keys", { publicKey })));
  expect((await world.plain.get("/application")).body.keyIds).toHaveLength(limits.applicationKeys);
});

/** Another isolate has just replaced the keys: the directory knows, this one still remembers the old. */
async function replacedElsewhere(world: World): Promise<void> {
  vi.useFakeTimers({ toFake: ["Date"] });
  expect((await world.privileged.get("/application")).status).toBe(200);
  const { keyId, publicKey } = await newKey();
  await env.DIRECTORY.prepare("UPDATE application_keys SET kid = ?, public_key = ? WHERE application = ?")
    .bind(keyId, JSON.stringify(publicKey), world.id)
    .run();
}

test("REG-4 SEC-10 a replaced key makes itself no new one in the moment that doors remember it", async ({ world }) => {
  await replacedElsewhere(world);
  const { publicKey } = await newKey();
  const answers = [
    await world.privileged.get("/application"),
    await world.privileged.post("/application/keys", { publicKey }),
    await world.privileged.delete("/application"),
    await world.anna.post("/subscriber/administration-key"),
    await world.anna.put(`/subscriber/administrators/${world.boris.id}`),
  ];
  expect(answers.map(({ body }) => body?.code)).toEqual(answers.map(() => "unauthenticated"));
  const count = env.DIRECTORY.prepare("SELECT count(*) AS count FROM application_keys WHERE application = ?").bind(
    world.id,
  );
  expect(await count.first("count")).toBe(1);
});

test("REG-4 rotation: the new key speaks, the old one is refused and its sockets close", async ({ world }) => {
  const room = await world.anna.converse({ title: "Склад", members: [world.boris.id] });
  const lines = [await world.boris.live(room.id), await world.boris.inbox()];
  await world.application.rotateKey();
  for (const line of lines) expect(await line.end()).toMatchObject({ code: closeCodes.credentialsChanged.code });
  expect((await world.boris.get("/users/me")).body.code).toBe("unauthenticated");
  const boris = new Person(world.boris.id, cast.boris, await world.application.mintUserToken(cast.boris));
  expect((await (await boris.live(room.id)).next("hello")).conversation.id).toBe(room.id);
});

test("REG-4 the last key stays, and a key that is not there cannot be removed", async ({ world }) => {
  const remove = (key: string) => world.privileged.delete(`/application/keys/${key}`);
  expect((await remove("roses")).body.code).toBe("not_found");
  expect((await remove(world.store.state.record?.keyId ?? "")).body.code).toBe("conflict");
  expect((await world.boris.get("/users/me")).status).toBe(200);
});

test("REG-4 keys are changed in privileged mode only", async ({ world }) => {
  const { publicKey } = await newKey();
  const { keyId } = await addKey(world);
  for (const caller of [world.anna, world.plain, await world.as(world.anna.id)]) {
    expect((await caller.post("/application/keys", { publicKey })).body.code).toBe("forbidden");
    expect((await caller.delete(`/application/keys/${keyId}`)).body.code).toBe("forbidden");
  }
  expect((await world.plain.get("/application")).body.keyIds).toHaveLength(2);
});

test.for([
  { kty: "RSA", n: "AQAB", e: "AQAB" },
  { kty: "OKP", crv: "X25519", x: "A".repeat(43) },
  { kty: "OKP", crv: "Ed25519", x: "A".repeat(42) },
  { kty: "OKP", crv: "Ed25519", x: "A".repeat(43), d: "A".repeat(43) },
  "key",
])("REG-4 what is no public Ed25519 key is refused: %o", async (publicKey, { world }) => {
  const { status, body } = await world.privileged.post("/application/keys", { publicKey });
  expect([status, body.code]).toEqual([400, "validation"]);
});

test("REG-4 one request counts once against its caller's limit", async ({ world }) => {
  const room = await world.anna.converse({ title: "Склад" });
  const counted: string[] = [];
  const counting = {
    ...env,
    CALLER_LIMIT: { limit: async ({ key }: { key: string }) => ({ success: counted.push(key) > 0 }) },
  } as unknown as Env;
  const request = new Request(`${origin}/api/v1/conversations/${room.id}/messages`, {
    headers: { authorization: `Bearer ${world.anna.token}` },
  });
  expect((await worker.fetch(request as never, counting, {} as never)).status).toBe(200);
  expect(counted).toEqual([world.anna.id]);
});
