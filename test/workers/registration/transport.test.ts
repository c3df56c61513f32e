import { expect } from "vitest";
import { subprotocol } from "../../../src/protocol/wire.ts";
import { door } from "../../support/workers/door.ts";
import { test } from "../../support/workers/world.ts";

const elsewhere = ["http://beseda.test", "http://beseda.test:8080", "http://localhost.evil.example", "http://10.0.0.1"];
const here = [
  "http://localhost:8787",
  "http://app.localhost",
  "http://127.0.0.1:8787",
  "http://[::1]:8787",
  "https://beseda.test",
];

const refused = async (answer: Response): Promise<[number, string]> => [
  answer.status,
  ((await answer.json()) as { code: string }).code,
];

test.for(elsewhere)("REG-41 a request in clear is turned away: %s", async (address) => {
  for (const [method, path] of [
    ["GET", "/api/v1/server"],
    ["POST", "/api/v1/registrations"],
    ["OPTIONS", "/api/v1/users"],
    ["GET", "/api/nowhere"],
  ] as const) {
    const answer = await door(`${address}${path}`, { method });
    expect(await refused(answer)).toEqual([403, "forbidden"]);
    expect(answer.headers.get("access-control-allow-origin")).toBeNull();
  }
});

test.for(here)(
  "REG-41 TLS is asked of nobody on the machine itself, and encrypted requests pass: %s",
  async (address) => {
    expect((await door(`${address}/api/v1/server`)).status).toBe(200);
  },
);

test("REG-41 a WebSocket in clear is turned away, whatever its token", async ({ world }) => {
  const room = await world.anna.converse({ title: "Склад" });
  for (const path of ["/live", `/conversations/${room.id}/live`]) {
    const headers = { upgrade: "websocket", "sec-websocket-protocol": `${subprotocol}, bearer.${world.anna.token}` };
    const answer = await door(`http://beseda.test/api/v1${path}`, { headers });
    expect(answer.webSocket).toBeNull();
    expect(await refused(answer)).toEqual([403, "forbidden"]);
    const encrypted = await door(`https://beseda.test/api/v1${path}`, { headers });
    expect(encrypted.status).toBe(101);
    encrypted.webSocket?.accept();
    encrypted.webSocket?.close(1000);
  }
});

test("REG-41 a cookie opens no socket and no route", async ({ world }) => {
  const cookie = `session=${world.anna.token}; token=${world.anna.token}; __Host-beseda=${world.anna.token}`;
  for (const headers of [{ cookie }, { cookie, upgrade: "websocket", "sec-websocket-protocol": subprotocol }])
    expect(await refused(await door("https://beseda.test/api/v1/live", { headers }))).toEqual([401, "unauthenticated"]);
});

test("REG-41 a token in the address opens nothing", async ({ world }) => {
  for (const name of ["token", "access_token", "bearer", "authorization"]) {
    const headers = { upgrade: "websocket", "sec-websocket-protocol": subprotocol };
    const answer = await door(`https://beseda.test/api/v1/live?${name}=${world.anna.token}`, { headers });
    expect(answer.status).toBeGreaterThanOrEqual(400);
  }
});
