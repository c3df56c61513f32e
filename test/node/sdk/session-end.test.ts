import { connectSession } from "beseda/client";
import { expect, test } from "vitest";
import { holdClock, pass, second } from "../../support/node/clock.ts";
import { FakeServer } from "../../support/node/fake-server.ts";

holdClock();

const refusal = { type: "about:blank", title: "Unauthenticated", status: 401, code: "unauthenticated", detail: "Over" };

test("REG-42 when the session is over a quiet connection ends and says why, instead of asking on and on", async () => {
  const server = new FakeServer();
  server.answer = () => Response.json({ ticket: "t", expires: "" }, { status: 201 });
  const session = { application: "a", user: "b", expires: new Date(Date.now() + 60 * second).toISOString() };
  const beseda = connectSession(session, { ...server.options, serverAddress: "https://beseda.test" });
  const endings: string[] = [];
  await beseda.subscribe("склад", { ended: ({ error }) => endings.push(error.code) });
  const { socket } = server;
  server.answer = () => Response.json(refusal, { status: 401 });
  for (let i = 0; i < 13; i++) {
    await pass(5 * second);
    socket.say({ type: "pong", n: 0 });
  }
  expect(endings).toEqual(["unauthenticated"]);
  expect(socket.closedWith).toBe(1000);
  expect(server.sockets).toHaveLength(1);
  beseda.close();
});

test("REG-41 every connection of a session brings a ticket of its own, and no address has it", async () => {
  const server = new FakeServer();
  let tickets = 0;
  server.answer = () => Response.json({ ticket: `t${++tickets}`, expires: "" }, { status: 201 });
  const session = { application: "a", user: "b", expires: new Date(Date.now() + 600 * second).toISOString() };
  const beseda = connectSession(session, { ...server.options, serverAddress: "https://beseda.test" });
  await beseda.subscribe("склад", {});
  server.socket.end(1006);
  await pass(5 * second);
  expect(server.sockets.map(({ protocols }) => protocols)).toEqual([
    ["beseda.v1", "ticket.t1"],
    ["beseda.v1", "ticket.t2"],
  ]);
  for (const { url } of server.sockets) expect(url.href).not.toMatch(/ticket|=t\d/);
  beseda.close();
});

test("REG-42 a session that ended while the connection was lost is not tried for ever", async () => {
  const server = new FakeServer();
  server.answer = () => Response.json({ ticket: "t", expires: "" }, { status: 201 });
  const session = { application: "a", user: "b", expires: new Date(Date.now() + 600 * second).toISOString() };
  const beseda = connectSession(session, { ...server.options, serverAddress: "https://beseda.test" });
  const endings: string[] = [];
  await beseda.subscribe("склад", { ended: ({ error }) => endings.push(error.code) });
  server.answer = () => Response.json(refusal, { status: 401 });
  server.socket.end(1006);
  await pass(30 * second);
  expect(endings).toEqual(["unauthenticated"]);
  expect(server.sockets).toHaveLength(1);
});
