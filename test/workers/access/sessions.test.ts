import { env } from "cloudflare:workers";
import { decodeJwt } from "jose";
import { expect } from "vitest";
import { everyMinute } from "../../../src/consumers/minute.ts";
import { limits } from "../../../src/protocol/limits.ts";
import { sessionCookie } from "../../../src/protocol/wire.ts";
import { Browser, codeFor, signedIn } from "../../support/workers/browser.ts";
import { pass } from "../../support/workers/registering.ts";
import { Caller, test } from "../../support/workers/world.ts";

const rows = async (): Promise<object[]> =>
  (await env.DIRECTORY.prepare("SELECT * FROM kept_tokens").all()).results as object[];

test("REG-42 S5 a code signs one browser in, whoever is first of twenty at the same moment", async ({ world }) => {
  const code = await codeFor(world.boris);
  const answers = await Promise.all(Array.from({ length: 20 }, () => new Browser().signIn(code)));
  const statuses = answers.map(({ status }) => status).sort();
  expect(statuses).toEqual([201, ...Array.from({ length: 19 }, () => 401)]);
  expect(answers.find(({ status }) => status === 401)?.body.code).toBe("unauthenticated");
});

test("REG-42 a code runs out after a minute", async ({ world }) => {
  const [early, late] = [await codeFor(world.boris), await codeFor(world.boris)];
  pass(limits.sessionCodeSeconds - 1);
  expect((await new Browser().signIn(early)).status).toBe(201);
  pass(2);
  expect((await new Browser().signIn(late)).body.code).toBe("unauthenticated");
});

test("REG-42 the cookie is the server's alone, no script reads it, and it ends with the token", async ({ world }) => {
  const browser = new Browser();
  const { headers, body } = await browser.signIn(await codeFor(world.boris));
  const { exp = 0 } = decodeJwt(world.boris.token);
  expect(body).toEqual({ application: world.id, user: world.boris.id, expires: new Date(exp * 1000).toISOString() });
  const [cookie = "", ...others] = headers.getSetCookie();
  expect(others).toEqual([]);
  expect(cookie).toMatch(
    new RegExp(`^__Host-beseda-${world.id}=[\\w-]{43}; Max-Age=\\d+; Path=/; HttpOnly; Secure; SameSite=Strict$`),
  );
  const maxAge = Number(/Max-Age=(\d+)/.exec(cookie)?.[1]);
  expect(Math.abs(maxAge - (exp - Date.now() / 1000))).toBeLessThan(5);
  expect(headers.get("cache-control")).toBe("private, no-store");
  pass(maxAge - 5);
  expect((await browser.call("GET", "/users/me")).status).toBe(200);
  pass(10);
  expect((await browser.call("GET", "/users/me")).body.code).toBe("unauthenticated");
  expect((await browser.ask("GET", `/session?application=${world.id}`)).body.code).toBe("unauthenticated");
});

test("REG-42 a session speaks as its user, with the claims of the token and no more", async ({ world }) => {
  const vera = await signedIn(
    await world.again(world.vera, { contexts: ["/orders/*"], scopes: ["dataAdministration"] }),
  );
  expect((await vera.call("GET", "/users/me")).body.id).toBe(world.vera.id);
  expect((await vera.call("GET", "/users")).status).toBe(200);
  expect((await vera.call("POST", "/conversations", { conversationContext: "/orders/1" })).status).toBe(201);
  expect((await vera.call("POST", "/conversations", { conversationContext: "/secret/1" })).status).not.toBe(201);
  const boris = await signedIn(world.boris);
  expect((await boris.call("GET", "/users")).body.code).toBe("forbidden");
  expect((await boris.call("GET", "/users/me", undefined, { "beseda-privileged": "1" })).status).not.toBe(500);
  expect((await boris.ask("GET", `/session?application=${world.id}`)).body).toEqual(boris.session);
});

test("REG-42 one browser may be signed in to several applications, each by its own cookie", async ({ world }) => {
  const browser = await signedIn(world.boris);
  const other = sessionCookie("0123456789abcdefghjkmnpqrs");
  browser.cookies.set(other, browser.cookies.get(sessionCookie(world.id)) ?? "");
  const { body } = await browser.ask("GET", "/session?application=0123456789abcdefghjkmnpqrs");
  expect(body.code).toBe("unauthenticated");
  const named = { "beseda-session": `0123456789abcdefghjkmnpqrs.${world.boris.id}` };
  expect((await browser.call("GET", "/users/me", undefined, named)).body.code).toBe("unauthenticated");
  expect((await browser.call("GET", "/users/me")).status).toBe(200);
});

test("REG-42 signing in anew ends the session before, and a page of the former user does not speak for the new one", async ({
  world,
}) => {
  const browser = await signedIn(world.anna);
  const before = new Map(browser.cookies);
  const naming = browser.naming();
  await signedIn(world.boris, browser);
  expect((await browser.call("GET", "/users/me")).body.id).toBe(world.boris.id);
  const { body } = await browser.call("POST", "/conversations", { title: "Чужими руками" }, naming);
  expect(body.code).toBe("unauthenticated");
  const old = Object.assign(new Browser(), { session: { application: world.id, user: world.anna.id, expires: "" } });
  for (const [name, value] of before) old.cookies.set(name, value);
  expect((await old.call("GET", "/users/me")).body.code).toBe("unauthenticated");
});

test.for([
  ["a session", async (_, browser) => (await browser.call("POST", "/session-codes")).body],
  [
    "an application that acts as a user",
    async (world) => (await (await world.as(world.boris.id)).post("/session-codes")).body,
  ],
  ["an application", async (world) => (await world.plain.post("/session-codes")).body],
  ["privileged mode", async (world) => (await world.privileged.post("/session-codes")).body],
] as [
  string,
  (world: Parameters<Parameters<typeof test>[2] & object>[0]["world"], browser: Browser) => Promise<{ code: string }>,
][])("REG-42 only a user token makes a code: refused to %s", async ([, ask], { world }) => {
  const browser = await signedIn(world.boris);
  const before = (await rows()).length;
  expect((await ask(world, browser)).code).toBe("forbidden");
  expect((await rows()).length).toBe(before);
});

test("REG-42 a blocked user's session ends, and goes on when the block is lifted", async ({ world }) => {
  const browser = await signedIn(world.boris);
  const waiting = await codeFor(world.boris);
  await world.privileged.patch(`/users/${world.boris.id}`, { isLocked: true });
  expect((await browser.call("GET", "/users/me")).body.code).toBe("user_blocked");
  expect((await browser.ask("GET", `/session?application=${world.id}`)).body.code).toBe("user_blocked");
  expect((await new Browser().signIn(waiting)).body.code).toBe("user_blocked");
  await world.privileged.patch(`/users/${world.boris.id}`, { isLocked: false });
  expect((await browser.call("GET", "/users/me")).status).toBe(200);
});

test("REG-42 sessions end with the application's registration and with its old key", async ({ world }) => {
  const browser = await signedIn(world.boris);
  await world.application.rotateKey();
  pass(2);
  expect((await browser.call("GET", "/users/me")).body.code).toBe("unauthenticated");
  const next = await signedIn(await world.again(world.boris, {}));
  const privileged = new Caller(
    await world.application.mintApplicationToken({ privileged: true, scopes: ["registerSystem"] }),
    {
      "beseda-privileged": "1",
    },
  );
  expect((await privileged.delete("/application/registration")).status).toBe(204);
  expect((await next.call("GET", "/users/me")).body.code).toBe("not_registered");
});

test("REG-42 of a user's sessions the oldest go", async ({ world }) => {
  const first = await signedIn(world.boris);
  const second = await signedIn(world.boris);
  for (let i = 2; i <= limits.sessionsPerUser; i++) await signedIn(world.boris);
  pass(2);
  expect((await first.call("GET", "/users/me")).body.code).toBe("unauthenticated");
  expect((await second.call("GET", "/users/me")).status).toBe(200);
});

test("S7 neither codes, nor cookies, nor tokens are kept in clear", async ({ world }) => {
  const browser = await signedIn(world.boris);
  const secrets = [await codeFor(world.boris), await browser.ticket(), ...browser.cookies.values(), world.boris.token];
  const kept = JSON.stringify(await rows());
  expect(kept).toContain("session");
  for (const secret of secrets) expect(kept).not.toContain(secret);
});

test("R15 what has run out is taken away every minute: codes, tickets, sessions, and counts of letters", async ({
  world,
}) => {
  const browser = await signedIn(world.boris);
  await Promise.all([codeFor(world.boris), browser.ticket()]);
  const letters = () => env.DIRECTORY.prepare("SELECT count(*) AS count FROM code_letters").first("count");
  expect([(await rows()).length, await letters()]).toEqual([3, 1]);
  await everyMinute(env, Date.now() + (limits.sessionCodeSeconds + 1) * 1000);
  expect([(await rows()).length, await letters()]).toEqual([1, 1]);
  await everyMinute(env, Date.now() + 3 * 24 * 3_600_000);
  expect([(await rows()).length, await letters()]).toEqual([0, 0]);
});
