import { Application, type Collaboration, connect } from "beseda/server";
import { expect, test, vi } from "vitest";
import { holdClock, second } from "../../support/node/clock.ts";
import { FakeServer, fakeToken } from "../../support/node/fake-server.ts";

holdClock();

const problem = (status: number, code: string, more: object = {}) =>
  Response.json({ status, code, detail: code, ...more }, { status });
const lost = (): Response => {
  throw new TypeError("fetch failed");
};

/** A connection to a server that gives these answers, one after the other, and the last one for ever. */
function answering(...answers: (() => Response)[]) {
  const server = new FakeServer();
  const requests: { method: string; at: number; url: string; body: unknown }[] = [];
  const start = Date.now();
  const beseda = connect(() => fakeToken(), {
    ...server.options,
    fetch: async (url, init) => {
      const body: unknown = init?.body ? JSON.parse(String(init.body)) : undefined;
      requests.push({ method: init?.method ?? "", at: Date.now() - start, url: String(url), body });
      return ((answers.length > 1 ? answers.shift() : answers[0]) as () => Response)();
    },
  });
  return { beseda, requests };
}

/** The outcome of a call, while all the time passes that it may want to wait. */
async function outcomeOf(calling: Promise<unknown>): Promise<unknown> {
  const outcome = calling.catch((error: unknown) => error);
  await vi.advanceTimersByTimeAsync(300 * second);
  return outcome;
}

const message = (beseda: Collaboration) => beseda.createMessage("склад", { text: "Привет" });

test.for([
  ["is lost", lost],
  ["is a failure of the server", () => problem(500, "internal")],
  ["comes from a proxy", () => new Response("<html>", { status: 502 })],
] as const)("R3 a message whose answer %s is sent again under the same client id", async ([, failure]) => {
  const { beseda, requests } = answering(failure, failure, () => Response.json({ id: "m" }));
  const written = (await outcomeOf(message(beseda).write())) as { id: string };
  expect(written.id).toBe("m");
  const [first, ...others] = requests.map(({ body }) => (body as { clientId: string }).clientId);
  expect(first).toMatch(/^[0-9a-f-]{36}$/);
  expect(others).toEqual([first, first]);
  expect(requests.map(({ at }) => at)).toEqual([0, 0.5 * second, 1.5 * second]);
});

test("R3 after five tries the caller hears that no answer came, and writing the same object again repeats nothing", async () => {
  const { beseda, requests } = answering(lost);
  const draft = message(beseda);
  expect(await outcomeOf(draft.write())).toMatchObject({ code: "network", status: 0 });
  expect(await outcomeOf(draft.write())).toMatchObject({ code: "network" });
  expect(requests).toHaveLength(10);
  expect(new Set(requests.map(({ body }) => (body as { clientId: string }).clientId)).size).toBe(1);
});

test("R3 what may not be done twice is sent once", async () => {
  const { beseda, requests } = answering(lost);
  expect(await outcomeOf(beseda.getNewAdministrationKey())).toMatchObject({ code: "network" });
  expect(requests).toHaveLength(1);
});

test.for([
  ["validation", 400],
  ["forbidden", 403],
  ["not_found", 404],
  ["conflict", 409],
] as const)("R3 a refusal is told at once: %s", async ([code, status]) => {
  const { beseda, requests } = answering(() => problem(status, code, { field: "text", nextStep: "Do better." }));
  expect(await outcomeOf(message(beseda).write())).toMatchObject({
    code,
    status,
    field: "text",
    nextStep: "Do better.",
  });
  expect(requests).toHaveLength(1);
});

test("R3 a pause that the server asks for is kept, for every kind of request", async () => {
  const busy = () => problem(429, "limit_exceeded", { retryAfterSeconds: 7 });
  const { beseda, requests } = answering(busy, () => Response.json({ administrationKey: "key" }));
  expect(await outcomeOf(beseda.getNewAdministrationKey())).toBe("key");
  expect(requests.map(({ at }) => at)).toEqual([0, 7.5 * second]);
});

test("R3 taking away what an earlier try took away is a success, and without one it is not_found", async () => {
  const gone = () => problem(404, "not_found");
  const after = answering(lost, gone);
  expect(await outcomeOf(after.beseda.excludeFromSubscriberAdministrators("u"))).toBeUndefined();
  const never = answering(gone);
  expect(await outcomeOf(never.beseda.excludeFromSubscriberAdministrators("u"))).toMatchObject({ code: "not_found" });
});

test("REG-42 ids and keys stay one part of the address, whatever stands in them", async () => {
  const { beseda, requests } = answering(() => Response.json({ items: [] }));
  await beseda.getConversation("ключ/с ?#знаками");
  await beseda.getUser("../application");
  expect(requests.map(({ url }) => new URL(url).pathname)).toEqual([
    `/api/v1/conversations/${encodeURIComponent("ключ/с ?#знаками")}`,
    "/api/v1/users/..%2Fapplication",
  ]);
});

test("SUB-3 aborting the connection's signal ends requests, waits and subscriptions, and nothing goes on", async () => {
  const server = new FakeServer();
  const program = new AbortController();
  const onError = vi.fn();
  const beseda = connect(() => fakeToken(), { ...server.options, signal: program.signal, onError });
  const ended = vi.fn();
  const subscription = await beseda.subscribe("склад", { ended, event: onError });
  const sending = expect(subscription.send({ text: "не дойдёт" })).rejects.toBe("enough");
  server.answer = lost;
  const waiting = expect(beseda.currentUserId()).rejects.toBe("enough");
  await vi.advanceTimersByTimeAsync(0);
  program.abort("enough");
  await Promise.all([sending, waiting]);
  expect(server.socket.closedWith).toBe(1000);
  server.tell();
  await vi.advanceTimersByTimeAsync(300 * second);
  expect(server.sockets).toHaveLength(1);
  expect(vi.getTimerCount()).toBe(0);
  await expect(beseda.subscribe("склад", {})).rejects.toBe("enough");
  expect([ended, onError].map(({ mock }) => mock.calls)).toEqual([[], []]);
});

test("SUB-3 a signal given to one write ends that one, and not the question for a token that others wait for", async () => {
  const server = new FakeServer();
  const { promise: token, resolve } = Promise.withResolvers<string>();
  const beseda = connect(() => token, server.options);
  const one = new AbortController();
  const aborted = expect(message(beseda).write({ signal: one.signal })).rejects.toBe("not now");
  const other = message(beseda).write();
  one.abort("not now");
  await aborted;
  server.answer = () => Response.json({ id: "m" });
  resolve(fakeToken());
  expect((await other).id).toBe("m");
});

test.for(["before the token", "before the door opens", "before the greeting"])(
  "SUB-3 closing %s leaves no socket behind",
  async (moment) => {
    const server = new FakeServer();
    server.meets = "silence";
    const { promise: token, resolve } = Promise.withResolvers<string>();
    const beseda = connect(() => token, server.options);
    const attaching = expect(beseda.subscribe("склад", {})).rejects.toMatchObject({ name: "AbortError" });
    if (moment !== "before the token") resolve(fakeToken());
    await vi.advanceTimersByTimeAsync(0);
    if (moment === "before the greeting") server.socket.open();
    beseda.close();
    resolve(fakeToken());
    await attaching;
    await vi.advanceTimersByTimeAsync(60 * second);
    // Some WebSocket classes open although they were closed before.
    if (moment === "before the door opens") server.socket.open();
    expect(server.sockets.every(({ closedWith }) => closedWith === 1000)).toBe(true);
    expect(vi.getTimerCount()).toBe(0);
  },
);

test("SUB-3 after detaching no handler is called, not even for the rest of a frame", async () => {
  const server = new FakeServer();
  const told: number[] = [];
  const beseda = connect(() => fakeToken(), server.options);
  const subscription = await beseda.subscribe("склад", {
    event: ({ n }) => {
      told.push(n);
      subscription.detach();
    },
  });
  const events = [1, 2, 3].map((n) => ({ type: "title" as const, n, title: String(n) }));
  server.socket.say({ type: "events", events });
  expect(told).toEqual([1]);
  await expect(subscription.send({ text: "поздно" })).rejects.toMatchObject({ name: "AbortError" });
});

test.for(["wss://beseda.example:443", "https://beseda.example/", "wss://beseda.example"])(
  "REG-13 the address %s names one and the same server",
  async (serverAddress) => {
    const server = new FakeServer();
    const urls: string[] = [];
    const beseda = connect(() => fakeToken(), {
      ...server.options,
      serverAddress,
      fetch: async (url) => {
        urls.push(String(url));
        return Response.json({ id: "me" });
      },
    });
    await beseda.currentUserId();
    await beseda.subscribe("склад", {});
    expect(urls).toEqual(["https://beseda.example/api/v1/users/me"]);
    expect(server.socket.url.href).toMatch(/^wss:\/\/beseda\.example\/api\/v1\/conversations\//);
  },
);

test.for(["", "beseda.example", "ftp://beseda.example", undefined])(
  "REG-13 %o is no address of a server",
  async (serverAddress) => {
    const store = { load: async () => ({}), save: async () => undefined };
    const application = new Application(store, { rights: ["registerSystem"], fetch: async () => lost() });
    const parameters = { email: "anna@romashka.example", infoBaseName: "Ромашка", userCount: 1 };
    const registering = application.registerInfoBase({ ...parameters, serverAddress: serverAddress as string });
    await expect(registering).rejects.toMatchObject({ code: "validation", field: "serverAddress" });
  },
);
