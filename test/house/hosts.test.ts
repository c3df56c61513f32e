import { connect } from "beseda/client";
import { expect, test } from "vitest";
import { requirePublicAddress } from "../../src/storage/callback.ts";
import { FakeServer, fakeToken } from "../support/node/fake-server.ts";
import { codeIn, textOf } from "../support/node/tree.ts";

/** The table of what has to be reachable, in the document on running a server. */
const [, section = ""] = textOf("docs/running.md").split("## Hosts and ports that clients need");
const rows = [...section.matchAll(/^\|(.+)\|$/gm)].map(([, line = ""]) => {
  const [from = "", to = "", port = "", purpose = ""] = line.split("|").map((cell) => cell.trim());
  return { from, to, port, purpose };
});
const rowTo = (words: string) => rows.find(({ to }) => to.includes(words));

/** Kinds of bindings that the Worker has, such as `assets`. */
const bindings = [...textOf("wrangler.toml").matchAll(/^\[+(\w+)/gm)].map(([, kind = ""]) => kind);

/** Every address that a client asks while it calls the API and listens to a conversation. */
async function addressesOfClient(): Promise<URL[]> {
  const asked: URL[] = [];
  const server = new FakeServer();
  const fetch = async (input: RequestInfo | URL) => {
    asked.push(new URL(String(input)));
    return Response.json({ items: [] });
  };
  const beseda = connect(() => fakeToken(), { ...server.options, fetch });
  await beseda.getConversations();
  await beseda.subscribe("склад", {});
  beseda.close();
  return [...asked, ...server.sockets.map(({ url }) => url)];
}

test("REG-45 what a client asks, by request and by WebSocket, is one host and port, and the guide names them", async () => {
  const addresses = await addressesOfClient();
  // The address that the tokens name, which is BESEDA_ORIGIN; an empty port is that of TLS.
  expect(new Set(addresses.map(({ host, port }) => `${host} ${port}`))).toEqual(new Set(["beseda.test "]));
  const row = rowTo("`BESEDA_ORIGIN`");
  expect(row?.from).toMatch(/browsers and servers of applications/);
  expect(row?.port).toMatch(/^443\b.*\bTLS\b/);
  const protocols = new Set(addresses.map(({ protocol }) => protocol.replace(":", "")));
  expect(protocols).toEqual(new Set(["https", "wss"]));
  for (const protocol of protocols) expect(row?.purpose).toContain(`\`${protocol}\``);
});

test("REG-45 pages come from the same host and load nothing from another one", () => {
  expect(bindings).toContain("assets");
  expect(rowTo("`BESEDA_ORIGIN`")?.purpose).toContain("pages");
  const [, policy = ""] = /Content-Security-Policy: (.*)/.exec(textOf("web/public/_headers")) ?? [];
  // Which scripts may be made of text is no host.
  const directives = policy.split(/;\s*/).filter((directive) => !directive.startsWith("trusted-types"));
  const sources = directives.flatMap((directive) => directive.split(" ").slice(1));
  expect(sources.filter((source) => !["'none'", "'self'", "data:", "blob:", "'script'"].includes(source))).toEqual([]);
});

test("REG-45 the file storage has a row of its own as soon as there is one", () => {
  expect(rows.some(({ purpose }) => /\bfiles\b/.test(purpose))).toBe(bindings.includes("r2_buckets"));
});

test("REG-45 every host that the server itself asks has its row, and there is no other", () => {
  const asked = codeIn("src", "durable-objects").flatMap((path) =>
    [...textOf(path).matchAll(/\bfetch\(\s*["'`]https:\/\/([^/"'`]+)/g)].map(([, host = ""]) => host),
  );
  expect(asked.length).toBeGreaterThan(0);
  for (const host of asked) expect(rowTo(`\`${host}\``)).toMatchObject({ from: "the server", port: "443" });
  const named = rows.flatMap(({ to }) => /^`([\w.-]+\.\w+)`$/.exec(to)?.[1] ?? []);
  expect(named).toEqual([...new Set(asked)]);
});

const isAllowed = (port: number): boolean => {
  try {
    return Boolean(requirePublicAddress(`https://romashka.example:${port}/rights`, false));
  } catch {
    return false;
  }
};

test("REG-45 the ports of an application's own endpoint are those that the server will call", () => {
  const allowed = Array.from({ length: 65_535 }, (_, index) => index + 1).filter(isAllowed);
  expect(rowTo("callback address")).toMatchObject({ from: "the server", port: allowed.join(" or ") });
});

test("REG-45 the port of a server on one machine is the one it takes", () => {
  const [, port] = /defaultPort = (\d+)/.exec(textOf("tools/start.ts")) ?? [];
  expect(textOf("docs/running.md")).toContain(`\`PORT\` chooses the port (${port} unless set)`);
});
