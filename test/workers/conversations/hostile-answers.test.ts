import { env } from "cloudflare:workers";
import { expect, vi } from "vitest";
import { callBack, requirePublicAddress } from "../../../src/storage/callback.ts";
import { configOf } from "../../../src/storage/config.ts";
import { cast } from "../../support/cast.ts";
import { answerWith, askApplication } from "../../support/workers/endpoint.ts";
import { pass } from "../../support/workers/registering.ts";
import { test } from "../../support/workers/world.ts";

const boris = cast.boris.infoBaseUserId;
const good = { readers: [boris] };

/** A body that goes on for so many bytes after a good answer. */
const padded = (bytes: number): string => JSON.stringify({ ...good, padding: "x".repeat(bytes) });

const broken = (): ReadableStream =>
  new ReadableStream({
    pull(controller) {
      controller.enqueue(new TextEncoder().encode('{"readers":["'));
      controller.error(new Error("The connection was reset"));
    },
  });

/** Answers that give nobody anything, whatever they say. */
const useless: Record<string, () => Response | Promise<Response>> = {
  "no connection": () => Promise.reject(new TypeError("Network connection lost")),
  "a body that breaks off": () => new Response(broken()),
  "an empty body": () => new Response(""),
  "no content": () => new Response(null, { status: 204 }),
  "no JSON": () => new Response("yes"),
  "JSON with more behind it": () => new Response(`${JSON.stringify(good)},`),
  null: () => Response.json(null),
  true: () => Response.json(true),
  "a list": () => Response.json([boris]),
  "no readers": () => Response.json({ users: [boris] }),
  "readers as text": () => Response.json({ readers: boris }),
  "readers as an object": () => Response.json({ readers: { [boris]: true } }),
  "readers that are no UUIDs": () => Response.json({ readers: [boris, "*"] }),
  "readers in a list of lists": () => Response.json({ readers: [[boris]] }),
  "everybody by a word": () => Response.json({ readers: "*" }),
  "somebody else": () => Response.json({ readers: [cast.anna.infoBaseUserId] }),
  "a failure with a good body": () => Response.json(good, { status: 500 }),
  "a refusal with a good body": () => Response.json(good, { status: 403 }),
  "a redirect with a good body": () =>
    Response.json(good, { status: 302, headers: { location: "https://elsewhere.example/rights" } }),
  "a good body that is too long": () => new Response(padded(262_144)),
};

test("CNV-3 without a usable answer there is no access", async ({ world }) => {
  let reply: () => Response | Promise<Response> = () => Response.json(good);
  const questions = answerWith(() => reply());
  await askApplication(world);
  const { id } = await world.boris.converse({ conversationContext: "/orders/42" });
  for (const [answer, of] of Object.entries(useless)) {
    reply = of;
    pass(61);
    expect((await world.boris.get(`/conversations/${id}`)).body.code, answer).toBe("not_found");
  }
  expect(questions).toHaveLength(1 + Object.keys(useless).length);
  // Each time it was the answer that mattered.
  reply = () => Response.json(good);
  pass(6);
  expect((await world.boris.get(`/conversations/${id}`)).status).toBe(200);
});

const usable: Record<string, () => Response> = {
  "more fields": () => Response.json({ ...good, reason: "manager" }),
  "more users than asked about": () => Response.json({ readers: [cast.anna.infoBaseUserId, boris, boris] }),
  "capital letters": () => Response.json({ readers: [boris.toUpperCase()] }),
  "a long body within the bound": () => new Response(padded(200_000)),
  "another content type": () => new Response(JSON.stringify(good), { headers: { "content-type": "text/plain" } }),
};

test("CNV-3 a usable answer grants those it names among those asked about, and nobody else", async ({ world }) => {
  let reply = () => Response.json(good);
  answerWith((question) => (question.users.includes(boris) ? reply() : Response.json({ readers: [] })));
  await askApplication(world);
  const { id } = await world.boris.converse({ conversationContext: "/orders/42" });
  for (const [answer, of] of Object.entries(usable)) {
    reply = of;
    pass(61);
    expect((await world.boris.get(`/conversations/${id}`)).status, answer).toBe(200);
    expect((await world.anna.get(`/conversations/${id}`)).body.code, answer).toBe("not_found");
  }
});

test("CNV-3 an endpoint that does not answer in time has not answered", async ({ world }) => {
  answerWith(() => Response.json(good));
  await askApplication(world);
  const { id } = await world.boris.converse({ conversationContext: "/orders/42" });
  const stop = new AbortController();
  const timeout = vi.spyOn(AbortSignal, "timeout").mockReturnValue(stop.signal);
  answerWith(
    ({ init }) =>
      new Promise((_, reject) => {
        init.signal?.addEventListener("abort", () => reject(init.signal?.reason as Error));
        stop.abort(new DOMException("The time is up", "TimeoutError"));
      }),
  );
  pass(61);
  expect((await world.boris.get(`/conversations/${id}`)).body.code).toBe("not_found");
  expect(timeout).toHaveBeenCalledWith(configOf(env).callbackTimeoutMs);
});

const refused = [
  "http://romashka.example/rights",
  "ftp://romashka.example/rights",
  "https://user:password@romashka.example/rights",
  "https://romashka.example:22/rights",
  "https://localhost/",
  "https://localhost./",
  "https://localhost../",
  "https://LOCALHOST:8443/",
  "https://a.localhost/",
  "https://romashka/",
  "https://romashka.internal/",
  "https://printer.local/",
  "https://router.lan/",
  "https://127.0.0.1/",
  "https://127.1/",
  "https://2130706433/",
  "https://0x7f000001/",
  "https://0177.0.0.1/",
  "https://127.0.0.1./",
  "https://0.0.0.0/",
  "https://10.0.0.1/",
  "https://172.16.0.1/",
  "https://192.168.1.1/",
  "https://169.254.169.254/latest/meta-data",
  "https://100.64.0.1/",
  "https://224.0.0.1/",
  "https://255.255.255.255/",
  "https://[::1]/",
  "https://[::]/",
  "https://[::ffff:127.0.0.1]/",
  "https://[::127.0.0.1]/",
  "https://[::ffff:a00:1]/",
  "https://[64:ff9b::7f00:1]/",
  "https://[2002:7f00:1::]/",
  "https://[fd00::1]/",
  "https://[fe80::1]/",
  "https://[ff02::1]/",
];

test("CNV-3 the endpoint is public and reached through TLS, in whatever spelling", async ({ world }) => {
  for (const url of refused) {
    const answer = await world.privileged.put("/application/context-access", { way: "callback", url });
    expect(answer.body, url).toMatchObject({ code: "validation", field: "url" });
  }
  for (const url of ["rights", "", undefined]) {
    const answer = await world.privileged.put("/application/context-access", { way: "callback", url });
    expect(answer.body.code).toBe("validation");
  }
  expect((await world.privileged.get("/application")).body.contextAccess).toEqual({ way: "claims" });
  for (const url of ["https://romashka.example/rights", "https://romashka.example:8443/", "https://93.184.216.34/"])
    expect((await world.privileged.put("/application/context-access", { way: "callback", url })).status).toBe(200);
});

test("CNV-3 only an operator who allows it lets questions go to private addresses", async () => {
  const questions = answerWith(() => Response.json(good));
  const question = { url: "http://127.0.0.1:8080/rights", body: "{}", signature: "", timeoutMs: 1_000 };
  expect(await callBack({ ...question, allowPrivate: false })).toBeUndefined();
  expect(questions).toEqual([]);
  expect(await callBack({ ...question, allowPrivate: true })).toEqual(good);
  expect(() => requirePublicAddress("ftp://127.0.0.1/", true)).toThrow("https://");
});

test("CNV-3 the way is chosen in privileged mode only", async ({ world }) => {
  const code = await world.again(world.anna, { scopes: ["code", "dataAdministration", "registerSystem"] });
  for (const caller of [world.anna, code, world.plain]) {
    const answer = await caller.put("/application/context-access", { way: "callback", url: "https://a.example/" });
    expect(answer.body.code).toBe("forbidden");
  }
});
