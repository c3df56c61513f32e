import { expect } from "vitest";
import { limits } from "../../../src/protocol/limits.ts";
import { cast } from "../../support/cast.ts";
import { call } from "../../support/workers/door.ts";
import { classes, forged, forgedForApplication, hour, now, variations } from "../../support/workers/hostile.ts";
import { connectLine } from "../../support/workers/line.ts";
import { openStrangers, test, type World } from "../../support/workers/world.ts";

const usersOf = async ({ privileged }: World): Promise<string[]> =>
  (await privileged.get("/users")).body.items.map(({ name }: { name: string }) => name).sort();

test("REG-4 a token that is not good opens no route and no socket, and makes nobody", async ({ world }) => {
  const { "a deleted key": _, ...others } = { ...classes, ...variations };
  const opened: string[] = [];
  for (const [name, make] of Object.entries(others)) {
    const token = await make(world);
    const { status, body } = await call("GET", "/users/me", token);
    if (status !== 401 || body.code !== "unauthenticated") opened.push(`${name}: ${status}`);
    const { line, problem } = await connectLine("/live", token ?? "");
    if (line || problem?.code !== "unauthenticated") opened.push(`${name}: socket`);
  }
  expect(opened).toEqual([]);
  expect(await usersOf(world)).toEqual(["Анна", "Борис", "Вера"]);
});

const acceptable: Record<string, (world: World) => Promise<string>> = {
  "as the SDK makes it": (world) => forged(world),
  "twelve hours long": (world) =>
    forged(world, { claims: { iat: Math.floor(now()), exp: Math.floor(now()) + limits.userTokenSeconds } }),
  "whole seconds": (world) => forged(world, { claims: { iat: Math.floor(now()), exp: Math.floor(now()) + hour } }),
  "a clock a minute ahead": (world) => forged(world, { claims: { iat: now() + 55 } }),
  "several audiences": (world) => forged(world, { claims: { aud: ["https://other.test", "https://beseda.test"] } }),
  "an upper-case UUID": (world) => forged(world, { claims: { sub: cast.boris.infoBaseUserId.toUpperCase() } }),
  "a hundred contexts": (world) =>
    forged(world, { claims: { contexts: Array.from({ length: limits.tokenContexts }, (_, i) => `/orders/${i}`) } }),
  "claims that mean nothing here": (world) => forged(world, { claims: { roles: ["admin"], privileged: true } }),
};

test("REG-4 tokens within the bounds are accepted", async ({ world }) => {
  const refused: string[] = [];
  for (const [name, make] of Object.entries(acceptable)) {
    const { status, body } = await call("GET", "/users/me", await make(world));
    if (status !== 200 || body.id !== world.boris.id) refused.push(`${name}: ${status} ${body.detail}`);
  }
  expect(refused).toEqual([]);
});

test("REG-4 a token of an application that nobody knows is of no registered application", async ({ world }) => {
  const { body } = await call(
    "GET",
    "/users/me",
    await forged(world, { claims: { iss: "0123456789abcdefghjkmnpqrs" } }),
  );
  expect(body.code).toBe("not_registered");
});

test("REG-4 a key speaks for its own application only", async ({ world }) => {
  const strangers = await openStrangers();
  const inTheirName = await forged(world, { claims: { iss: strangers.id } });
  const withTheirKid = await forged(world, {
    claims: { iss: strangers.id },
    header: { kid: strangers.store.state.record?.keyId },
  });
  for (const token of [inTheirName, withTheirKid])
    expect((await call("GET", "/users/me", token)).body.code).toBe("unauthenticated");
  expect(await usersOf(strangers)).toEqual(["Анна", "Борис", "Вера"]);
});

test("REG-4 the absence of a claim elevates nobody", async ({ world }) => {
  const draft = { infoBaseUserId: "d0000000-0000-4000-8000-000000000001", name: "Дарья" };
  const asking = { "Beseda-Privileged": "1" };
  for (const token of [await forgedForApplication(world), await forged(world, { claims: { privileged: true } })])
    expect([403, 401]).toContain((await call("POST", "/users", token, draft, asking)).status);
  const unasked = await forgedForApplication(world, { claims: { privileged: true } });
  expect((await call("POST", "/users", unasked, draft)).body.code).toBe("forbidden");
  expect(await usersOf(world)).not.toContain("Дарья");
});
