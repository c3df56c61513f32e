import { expect } from "vitest";
import { limits } from "../../../src/protocol/limits.ts";
import { Browser, codeFor, signedIn } from "../../support/workers/browser.ts";
import { call, door, origin } from "../../support/workers/door.ts";
import { deployed } from "../../support/workers/files.ts";
import { test } from "../../support/workers/world.ts";

const foreign: [string, Record<string, string>][] = [
  ["another origin", { origin: "https://evil.example", "sec-fetch-site": "cross-site" }],
  ["another origin of an old browser", { origin: "https://evil.example" }],
  ["a page without an origin", { origin: "null", "sec-fetch-site": "cross-site" }],
  ["another port", { origin: `${origin}:8443` }],
  ["the same name in clear", { origin: origin.replace("https", "http") }],
  ["a neighbour under the same name", { origin, "sec-fetch-site": "same-site" }],
  ["an address typed by hand", { "sec-fetch-site": "none" }],
  ["nobody who says", {}],
];

test.for(foreign)(
  "REG-42 POST /session serves the server's own pages only, and wastes no code: %s",
  async ([, headers], { world }) => {
    const code = await codeFor(world.boris);
    const { status, body, headers: answer } = await new Browser().ask("POST", "/session", { code }, headers);
    expect([status, body.code, answer.getSetCookie()]).toEqual([403, "forbidden", []]);
    expect((await new Browser().signIn(code)).status).toBe(201);
  },
);

test.for(foreign)(
  "REG-42 no foreign page changes anything by the cookie, nor signs anybody out: %s",
  async ([, headers], { world }) => {
    const browser = await signedIn(world.boris);
    const { body: room } = await browser.call("POST", "/conversations", { title: "Склад" });
    const path = `/api/v1/conversations/${room.id}`;
    const { body } = await browser.ask("PATCH", path, { title: "Чужое" }, { ...browser.naming(), ...headers });
    expect(body.code).toBe("forbidden");
    const end = await browser.ask("DELETE", `/session?application=${world.id}`, undefined, headers);
    expect(end.body.code).toBe("forbidden");
    expect((await browser.call("GET", `/conversations/${room.id}`)).body.title).toBe("Склад");
  },
);

test("REG-42 a browser that names no origin for its own page is believed when it says that it is the same", async ({
  world,
}) => {
  const browser = await signedIn(world.boris);
  const headers = { ...browser.naming(), "sec-fetch-site": "same-origin" };
  expect((await browser.ask("POST", "/api/v1/conversations", { title: "Склад" }, headers)).status).toBe(201);
});

test("REG-42 the cookie alone is nobody, and so is a name without its cookie", async ({ world }) => {
  const browser = await signedIn(world.boris);
  expect((await browser.ask("GET", "/api/v1/users/me")).body.code).toBe("unauthenticated");
  const stranger = Object.assign(new Browser(), { session: browser.session });
  expect((await stranger.call("GET", "/users/me")).body.code).toBe("unauthenticated");
  const garbage = Object.assign(new Browser(), { session: browser.session });
  for (const name of browser.cookies.keys()) garbage.cookies.set(name, "A".repeat(43));
  expect((await garbage.call("GET", "/users/me")).body.code).toBe("unauthenticated");
});

test("REG-42 no browser lets a foreign page name a session, and /session answers no foreign page at all", async () => {
  const preflight = (path: string) =>
    door(`${origin}${path}`, {
      method: "OPTIONS",
      headers: {
        origin: "https://evil.example",
        "access-control-request-method": "POST",
        "access-control-request-headers": "beseda-session, content-type",
      },
    });
  const api = await preflight("/api/v1/conversations");
  expect(api.headers.get("access-control-allow-headers")?.toLowerCase()).not.toContain("beseda-session");
  expect(api.headers.get("access-control-allow-credentials")).toBeNull();
  const session = await preflight("/session");
  expect(session.headers.get("access-control-allow-origin")).toBeNull();
});

test("REG-42 a bearer token goes before the session that a request names", async ({ world }) => {
  const browser = await signedIn(world.boris);
  const asAnna = { authorization: `Bearer ${world.anna.token}` };
  expect((await browser.call("GET", "/users/me", undefined, asAnna)).body.id).toBe(world.anna.id);
  expect((await browser.call("GET", "/users/me", undefined, { authorization: "Bearer garbage" })).body.code).toBe(
    "unauthenticated",
  );
});

test.for([
  ["no code", {}],
  ["a number", { code: 42 }],
  ["nothing", { code: "" }],
  ["something else besides", { code: "x", user: "anna" }],
])("REG-42 POST /session refuses a body with %s", async ([, body]) => {
  const answer = await new Browser().ask("POST", "/session", body);
  expect([answer.status, answer.body.code]).toEqual([400, "validation"]);
});

test.for([limits.sessionCode + 1, limits.token])(
  "REG-42 POST /session takes no code of %d characters",
  async (length) => {
    const { status, body } = await new Browser().ask("POST", "/session", { code: "x".repeat(length) });
    expect([status, body.code]).toEqual([413, "limit_exceeded"]);
  },
);

test("REG-42 on a local server people of the demo sign in by a page, and on a deployed one there is none", async ({
  world,
}) => {
  const { boris } = world;
  expect((await boris.post("/local/people")).status).toBe(204);
  expect((await call("POST", "/local/people")).body.code).toBe("unauthenticated");
  expect((await world.privileged.post("/local/people")).body.code).toBe("forbidden");
  expect((await call("GET", "/local/sign-in")).body).toContain(`href="/local/sign-in?user=${boris.id}"`);
  const answer = await door(`${origin}/local/sign-in?user=${boris.id}`, { redirect: "manual" });
  expect(answer.status).toBe(303);
  const [path, fragment] = (answer.headers.get("location") ?? "").split("#");
  const { code, application } = Object.fromEntries(new URLSearchParams(fragment));
  expect([path, application]).toEqual(["/", world.id]);
  const browser = new Browser();
  await browser.signIn(code ?? "");
  expect((await browser.call("GET", "/users/me")).body.id).toBe(boris.id);
  const production = deployed({ MAIL_THROUGH: "resend" });
  for (const [method, at] of [
    ["GET", "sign-in"],
    ["GET", `sign-in?user=${boris.id}`],
    ["POST", "people"],
  ] as const) {
    const { status } = await production(`${origin}/local/${at}`, {
      method,
      headers: { authorization: `Bearer ${boris.token}` },
    });
    expect(status, at).toBe(404);
  }
});
