import { connect } from "beseda/client";
import { expect, test, vi } from "vitest";
import { bearerSubprotocol, closeCodes } from "../../../src/protocol/wire.ts";
import { holdClock, pass, second } from "../../support/node/clock.ts";
import { FakeServer, fakeToken } from "../../support/node/fake-server.ts";

const minute = 60 * second;
const room = "склад";

holdClock();

/** A provider that numbers its tokens; while it is broken it fails. */
class Provider {
  readonly given: string[] = [];
  lifeSeconds: number;
  broken: (() => string) | undefined;

  constructor(lifeSeconds = 3_600) {
    this.lifeSeconds = lifeSeconds;
  }

  readonly give = (): string => {
    if (this.broken) return this.broken();
    this.given.push(fakeToken(this.lifeSeconds, `t${this.given.length + 1}`));
    return this.given.at(-1) as string;
  };
}

const fails = (): never => {
  throw new TypeError("the provider is down");
};

/** A connection; the fake server counts requests by the token they bring. */
function open(provider: Provider) {
  const server = new FakeServer();
  const errors: unknown[] = [];
  const brought: string[] = [];
  const beseda = connect(provider.give, {
    ...server.options,
    fetch: async (url, init) => {
      brought.push(new Headers(init?.headers).get("authorization")?.replace("Bearer ", "") ?? "");
      return server.options.fetch(url, init);
    },
    onError: (error) => errors.push(error),
  });
  const tokenOfSocket = () => server.socket.protocols[1]?.slice(bearerSubprotocol.length);
  return { server, beseda, errors, brought, tokenOfSocket };
}

/** Keeps the connection's heart beating while time passes. */
async function passAlive(ms: number, server: FakeServer): Promise<void> {
  for (let passed = 0; passed < ms; passed += 5 * second) {
    await pass(5 * second);
    server.socket.say({ type: "pong", n: server.n });
  }
}

test("REG-42 the provider is asked at the first need, once for all who wait, and not again while its token is good", async () => {
  const provider = new Provider();
  const { beseda, brought } = open(provider);
  expect(provider.given).toEqual([]);
  await Promise.all([beseda.getUser("a"), beseda.getUser("b"), beseda.subscribe(room, {})]);
  await pass(59 * minute);
  await beseda.getUser("c");
  expect(provider.given).toHaveLength(1);
  await pass(minute);
  await beseda.getUser("d");
  expect(brought).toEqual([provider.given[0], provider.given[0], provider.given[0], provider.given[1]]);
});

test("R4 before the token ends a connection with a new one takes over, and nobody sees an interruption", async () => {
  const provider = new Provider();
  const { server, beseda, tokenOfSocket } = open(provider);
  const states: boolean[] = [];
  const told: number[] = [];
  await beseda.subscribe(room, { state: (isConnected) => states.push(isConnected), event: ({ n }) => told.push(n) });
  await passAlive(59 * minute + 25 * second, server);
  expect(server.sockets).toHaveLength(1);
  await passAlive(20 * second, server);
  expect(server.sockets).toHaveLength(2);
  expect(tokenOfSocket()).toBe(provider.given[1]);
  expect(server.sockets[0]?.closedWith).toBe(1000);
  server.tell();
  expect([states, told]).toEqual([[true], [1]]);
});

test("R4 a short-lived token is renewed after three quarters of its life", async () => {
  const provider = new Provider(8);
  const { server, beseda } = open(provider);
  await beseda.subscribe(room, {});
  await pass(5.9 * second);
  expect(provider.given).toHaveLength(1);
  await pass(6.4 * second);
  expect(provider.given).toHaveLength(2);
  expect(server.sockets).toHaveLength(2);
  await pass(6.4 * second);
  expect(server.sockets).toHaveLength(3);
});

test.for([
  ["throws at once", fails],
  ["gives a page of HTML", () => "<html>Log in</html>"],
])("R4 while the provider %s the old connection goes on, and the new token comes when it can", async ([, broken]) => {
  const provider = new Provider(100);
  const { server, beseda, errors, tokenOfSocket } = open(provider);
  const states: boolean[] = [];
  await beseda.subscribe(room, { state: (isConnected) => states.push(isConnected) });
  provider.broken = broken as () => string;
  await passAlive(90 * second, server);
  expect(errors.length).toBeGreaterThan(1);
  expect(server.sockets).toHaveLength(1);
  server.socket.end(closeCodes.tokenExpired.code, closeCodes.tokenExpired.reason);
  await pass(20 * second);
  expect(server.sockets).toHaveLength(1);
  provider.broken = undefined;
  await pass(30 * second);
  expect(tokenOfSocket()).toBe(provider.given[1]);
  expect(states).toEqual([true, false, true]);
});

test("R4 a provider that fails while the server is down ends no subscription", async () => {
  const provider = new Provider(100);
  const { server, beseda } = open(provider);
  const ended = vi.fn();
  await beseda.subscribe(room, { ended });
  server.down();
  provider.broken = fails;
  await pass(5 * minute);
  provider.broken = undefined;
  server.up();
  await pass(30 * second);
  expect(ended).not.toHaveBeenCalled();
  expect(server.socket.readyState).toBe(1);
});

test("REG-42 what the provider throws reaches who waits, and the next call asks it again", async () => {
  const provider = new Provider();
  const { beseda } = open(provider);
  for (const broken of [fails, () => "not a token"]) {
    provider.broken = broken;
    await expect(beseda.getUser("a")).rejects.toBeInstanceOf(TypeError);
    await expect(beseda.subscribe(room, {})).rejects.toBeInstanceOf(TypeError);
    provider.broken = undefined;
    await beseda.getUser("a");
    await pass(2 * 60 * minute);
  }
});

test("REG-42 a refused token is replaced once, however many requests it was refused to", async () => {
  const provider = new Provider();
  const { server, beseda, brought } = open(provider);
  await beseda.getUser("a");
  server.answer = () =>
    brought.at(-1) === provider.given[0]
      ? Response.json({ code: "unauthenticated", status: 401, detail: "revoked" }, { status: 401 })
      : Response.json({});
  await Promise.all(
    [beseda.getUser("a"), beseda.getUser("b"), beseda.getUser("c")].map((one) => pass(0).then(() => one)),
  );
  expect(provider.given).toHaveLength(2);
});

test("REG-42 a token that stays refused is an error, not a loop", async () => {
  const provider = new Provider();
  const { server, beseda } = open(provider);
  server.answer = () => Response.json({ code: "unauthenticated", status: 401, detail: "no" }, { status: 401 });
  const asking = expect(beseda.getUser("a")).rejects.toMatchObject({ code: "unauthenticated" });
  await pass(0);
  await asking;
  expect(provider.given).toHaveLength(2);
});

test.for([
  ["a day ahead", 86_400_000],
  ["a day behind", -86_400_000],
] as const)("R17 a client whose clock is %s neither asks for tokens without end nor uses them up", async ([, skew]) => {
  const provider = new Provider();
  const { server, beseda } = open(provider);
  const give = provider.give;
  const skewed = connect(
    () => {
      const now = Date.now();
      vi.setSystemTime(now - skew);
      const token = give();
      vi.setSystemTime(now);
      return token;
    },
    { ...server.options },
  );
  beseda.close();
  await skewed.subscribe(room, {});
  await passAlive(25 * minute, server);
  await skewed.getUser("a");
  expect(provider.given).toHaveLength(1);
  await passAlive(40 * minute, server);
  expect(provider.given.length).toBeLessThanOrEqual(3);
  expect(server.sockets.length).toBeLessThanOrEqual(3);
});
