import { connect, type Ending, isCollaborationError } from "beseda/client";
import { expect, test } from "vitest";
import { closeCodes } from "../../../src/protocol/wire.ts";
import { holdClock, pass, second } from "../../support/node/clock.ts";
import { FakeServer, fakeToken } from "../../support/node/fake-server.ts";

const room = "склад";

holdClock();

function open(provider: () => string | Promise<string> = () => fakeToken()) {
  const server = new FakeServer();
  const errors: unknown[] = [];
  const beseda = connect(provider, { ...server.options, onError: (error) => errors.push(error) });
  return { server, beseda, errors };
}

async function subscribed(provider?: () => string | Promise<string>) {
  const parts = open(provider);
  const told: string[] = [];
  const states: boolean[] = [];
  const endings: Ending[] = [];
  const subscription = await parts.beseda.subscribe(room, {
    event: (event) => event.type === "title" && told.push(event.title),
    state: (isConnected) => states.push(isConnected),
    ended: (ending) => endings.push(ending),
  });
  return { ...parts, subscription, told, states, endings };
}

test("R4 a lost connection is made again at once, and goes on from the last event", async () => {
  const { server, told, states } = await subscribed();
  await pass(11 * second);
  server.tell("раз");
  server.socket.end(1006);
  await pass(200);
  expect(server.sockets).toHaveLength(2);
  expect(Object.fromEntries(server.socket.url.searchParams)).toMatchObject({ epoch: "эпоха", n: "1" });
  server.tell("два");
  expect(told).toEqual(["раз", "два"]);
  expect(states).toEqual([true, false, true]);
});

test("R4 as long as the server is gone the waits double, up to half a minute, and then it is there again", async () => {
  const { server } = await subscribed();
  await pass(11 * second);
  server.down();
  await pass(180 * second);
  const [, ...tried] = server.tried;
  const waits = tried.map((at, index) => at - (tried[index - 1] ?? at));
  expect(waits.slice(0, 9)).toEqual([0, 1, 2, 4, 8, 16, 30, 30, 30].map((seconds) => seconds * second));
  server.up();
  await pass(30 * second);
  expect(server.socket.readyState).toBe(1);
});

test("R4 a server that lets in and drops at once is not tried again and again without a pause", async () => {
  const { server } = await subscribed();
  for (let times = 0; times < 6; times++) {
    server.socket.end(1011);
    await pass(0);
    while (server.socket.readyState !== 1) await pass(100);
  }
  const waits = server.tried.slice(1).map((at, index) => at - (server.tried[index] ?? 0));
  expect(waits).toEqual([200, 1 * second, 2 * second, 4 * second, 8 * second, 16 * second]);
});

test("R4 a connection that does not open within 20 seconds is given up, and another one tried", async () => {
  const { server } = await subscribed();
  await pass(11 * second);
  server.meets = "silence";
  server.socket.end(1006);
  await pass(200);
  const hung = server.socket;
  await pass(20 * second);
  expect(hung.closedWith).toBe(1000);
  server.meets = "open";
  await pass(2 * second);
  expect(server.socket).not.toBe(hung);
  expect(server.socket.readyState).toBe(1);
  hung.open();
  expect(server.socket.closedWith).toBeUndefined();
});

test("R6 a connection that only looks alive is noticed: no answer ten seconds after the question", async () => {
  const { server } = await subscribed();
  await pass(25 * second);
  const [silent] = server.sockets;
  expect(silent?.sent).toEqual(["ping"]);
  await pass(10 * second + 200);
  expect(silent?.closedWith).toBe(1000);
  expect(server.sockets).toHaveLength(2);
});

test("R6 a connection that answers is left alone", async () => {
  const { server } = await subscribed();
  for (let beats = 0; beats < 10; beats++) {
    await pass(25 * second);
    server.socket.say({ type: "pong", n: 0 });
  }
  expect(server.sockets).toHaveLength(1);
  expect(server.socket.sent).toHaveLength(10);
});

test("R6 a frame that was lost shows at the next answer, and the connection is made anew", async () => {
  const { server, told } = await subscribed();
  await pass(25 * second);
  server.n = 1;
  server.socket.say({ type: "pong", n: 1 });
  await pass(second + 200);
  expect(server.sockets).toHaveLength(2);
  expect(server.socket.url.searchParams.get("n")).toBe("0");
  server.n = 0;
  server.tell("дошло");
  expect(told).toEqual(["дошло"]);
});

test("R6 an answer that overtakes its event is no gap", async () => {
  const { server, told } = await subscribed();
  await pass(25 * second);
  server.socket.say({ type: "pong", n: 1 });
  server.tell("чуть позже");
  await pass(5 * second);
  expect(server.sockets).toHaveLength(1);
  expect(told).toEqual(["чуть позже"]);
});

test("R6 an event that is not the next one makes the connection anew, and nothing is told out of order", async () => {
  const { server, told } = await subscribed();
  server.tell("раз");
  server.n = 2;
  server.tell("три");
  await pass(200);
  expect(server.sockets).toHaveLength(2);
  expect(server.socket.url.searchParams.get("n")).toBe("1");
  expect(told).toEqual(["раз"]);
});

test.for(Object.values(closeCodes).filter(({ resumable }) => !resumable))(
  "R4 an end with $code is final: nothing is tried again, and the handler hears why",
  async ({ code, reason }) => {
    const { server, endings, subscription, states } = await subscribed();
    const sending = subscription.send({ text: "не дойдёт" });
    server.socket.end(code, reason);
    await expect(sending).rejects.toBe(endings[0]?.error);
    await pass(60 * second);
    expect(server.sockets).toHaveLength(1);
    expect(endings).toMatchObject([{ code, reason }]);
    expect(isCollaborationError(endings[0]?.error)).toBe(true);
    expect(subscription.signal.aborted).toBe(true);
    expect(states.at(-1)).toBe(false);
    await expect(subscription.send({ text: "поздно" })).rejects.toBe(endings[0]?.error);
  },
);

test("R4 codes of later versions from 4010 on are final as well", async () => {
  const { server, endings } = await subscribed();
  server.socket.end(4099, "no more");
  await pass(60 * second);
  expect(server.sockets).toHaveLength(1);
  expect(endings).toMatchObject([{ code: 4099, reason: "no more" }]);
});

test("R4 when coming back is refused for good, the subscription ends with the server's reason", async () => {
  const { server, endings } = await subscribed();
  server.meets = "refuse";
  server.answer = () => Response.json({ code: "user_blocked", status: 403, detail: "blocked" }, { status: 403 });
  server.socket.end(1006);
  await pass(60 * second);
  expect(endings).toMatchObject([{ code: 1008, reason: "blocked", error: { code: "user_blocked" } }]);
});

test.for([500, 502, 503])("R4 a server that answers %i is tried again", async (status) => {
  const { server, endings } = await subscribed();
  server.meets = "refuse";
  server.answer = () => new Response("<html>", { status });
  server.socket.end(1006);
  await pass(20 * second);
  server.up();
  await pass(30 * second);
  expect(endings).toEqual([]);
  expect(server.socket.readyState).toBe(1);
});

test("SUB-5 attaching tells after five tries that the server cannot be reached", async () => {
  const { server, beseda } = open();
  server.meets = "refuse";
  server.answer = () => {
    throw new TypeError("fetch failed");
  };
  const attaching = beseda.subscribe(room, {});
  const outcome = expect(attaching).rejects.toMatchObject({ code: "network" });
  await pass(60 * second);
  await outcome;
  expect(server.sockets).toHaveLength(5);
});

test("SUB-5 a server that lets in and dies before it greets has confirmed nothing yet", async () => {
  const { server, beseda } = open();
  server.meets = "silence";
  const attaching = beseda.subscribe(room, {});
  await pass(0);
  server.socket.open();
  server.socket.end(1006);
  server.meets = "open";
  await pass(second);
  await expect(attaching).resolves.toMatchObject({ n: 0 });
});

test("SUB-5 an end before the greeting rejects the promise", async () => {
  const { server, beseda } = open();
  server.meets = "silence";
  const attaching = beseda.subscribe(room, {});
  await pass(0);
  server.socket.open();
  const outcome = expect(attaching).rejects.toMatchObject({ code: "not_found" });
  server.socket.end(closeCodes.removed.code, closeCodes.removed.reason);
  await outcome;
});
