import { expect } from "vitest";
import { limits } from "../../../src/protocol/limits.ts";
import { origin } from "../../support/workers/door.ts";
import { deployed } from "../../support/workers/files.ts";
import { page, redirect, someAddress, worldOf } from "../../support/workers/outside.ts";
import { type Caller, test } from "../../support/workers/world.ts";

const previewFor = (caller: Caller, url: string) => caller.get(`/link-previews?url=${encodeURIComponent(url)}`);
const hostOf = (url: string) => new URL(url).hostname;

test("a link has a preview with what its page says of itself, fetched once by the server for everybody", async ({
  world,
}) => {
  const url = someAddress("/ворота?n=3#place");
  const asked = worldOf(() =>
    page(`<title>Ворота №3</title>
      <meta property="og:site_name" content="Склад &amp; Ко"><meta property="og:title" content="Третьи ворота">
      <meta name="description" content="Открыты с 8:00"><meta property="og:image" content="https://other.example/a.png">`),
  );
  const preview = { host: hostOf(url), siteName: "Склад & Ко", title: "Третьи ворота", description: "Открыты с 8:00" };
  expect((await previewFor(world.anna, url)).body).toEqual({ preview });
  expect((await previewFor(world.boris, url.replace("#place", "#other"))).body).toEqual({ preview });
  // One request, without anything of the reader: no credential, no cookie, no referrer, no part of the address for browsers.
  expect(asked.map(({ url: from }) => from)).toEqual([new URL(url.replace("#place", "")).href]);
  expect(Object.keys(asked[0]?.init.headers ?? {}).sort()).toEqual(["accept", "user-agent"]);
  expect(asked[0]?.init.redirect).toBe("manual");
});

test("the better names of a field come first, and a page without a title has no preview", async ({ world }) => {
  const heads: [head: string, preview: object | null][] = [
    ['<title>Один</title><meta name="twitter:title" content="Два">', { title: "Два" }],
    ["<title>Один</title><title>Два</title>", { title: "Один" }],
    ['<meta property="og:title" content=" "><title>\n Один \t раз </title>', { title: "Один раз" }],
    [
      '<title>А</title><meta name="twitter:description" content="Б"><meta name="description" content="В">',
      { title: "А", description: "Б" },
    ],
    ['<meta name="title" content="Не заголовок"><meta name="description" content="Описание">', null],
    ["", null],
  ];
  for (const [head, expected] of heads) {
    const url = someAddress();
    worldOf(() => page(head));
    const { body } = await previewFor(world.anna, url);
    expect(body.preview, head).toEqual(expected && { host: hostOf(url), ...expected });
  }
});

test("markup, unseen characters and endless words of a page come as short plain text", async ({ world }) => {
  const long = "ы".repeat(70_000);
  const head = `<title><b>Жирный</b> &lt;script&gt;alert(1)&lt;/script&gt;\u202eгпj\u0007.\u200bexe</title>
    <meta name="description" content="<img src=x onerror=alert(1)> ${long}"><meta property="og:site_name" content="${"😀".repeat(200)}">`;
  worldOf(() => page(head));
  const { preview } = (await previewFor(world.anna, someAddress())).body;
  expect(preview.title).toBe("<b>Жирный</b> <script>alert(1)</script>гпj.exe");
  expect(preview.description).toMatch(/^<img src=x onerror=alert\(1\)> ы+…$/);
  expect(preview.description.length).toBeLessThanOrEqual(limits.linkDescription);
  expect(preview.siteName.length).toBeLessThanOrEqual(limits.linkSite);
  expect(preview.siteName.isWellFormed()).toBe(true);
});

test("redirects are followed three times, and each is looked at like the first address", async ({ world }) => {
  const { anna } = world;
  const chain = (steps: number) => (url: string) => {
    const step = Number(new URL(url).searchParams.get("step") ?? 0);
    return step === steps ? page("<title>Дошли</title>") : redirect(`/?step=${step + 1}`, step % 2 ? 301 : 307);
  };
  worldOf(chain(limits.linkRedirects));
  expect((await previewFor(anna, someAddress())).body.preview.title).toBe("Дошли");
  const tooMany = worldOf(chain(limits.linkRedirects + 1));
  expect((await previewFor(anna, someAddress())).body.preview).toBe(null);
  expect(tooMany).toHaveLength(limits.linkRedirects + 1);
  const loop = worldOf((url) => redirect(url));
  expect((await previewFor(anna, someAddress())).body.preview).toBe(null);
  expect(loop).toHaveLength(limits.linkRedirects + 1);
  for (const location of [
    "http://127.0.0.1/",
    "http://[::1]/",
    "//169.254.169.254/",
    "file:///etc/passwd",
    `${origin}/c/1`,
    "https://a.example:8443/",
    "javascript:alert(1)",
    "https://u:p@a.example/",
  ]) {
    const asked = worldOf((url) =>
      new URL(url).pathname === "/" && asked.length === 1 ? redirect(location) : page("<title>Тайное</title>"),
    );
    expect((await previewFor(anna, someAddress())).body.preview, location).toBe(null);
    expect(asked, location).toHaveLength(1);
  }
});

test("the preview names the host where the page really is", async ({ world }) => {
  worldOf((url) =>
    url.startsWith("https://www.real.example/")
      ? page('<title>А</title><meta property="og:site_name" content="Банк">')
      : redirect("https://www.real.example/"),
  );
  expect((await previewFor(world.anna, someAddress())).body.preview).toMatchObject({
    host: "real.example",
    siteName: "Банк",
  });
});

test("encodings are those of the header, of the page, or UTF-8", async ({ world }) => {
  // «Ёж» in windows-1251.
  const cyrillic = [0xa8, 0xe6];
  const bytesOf = (before: string, middle: number[]) =>
    new Uint8Array([
      ...new TextEncoder().encode(`${before}<title>`),
      ...middle,
      ...new TextEncoder().encode("</title>"),
    ]);
  const cases: [head: Uint8Array, type: string, title: string][] = [
    [bytesOf("", cyrillic), "text/html; charset=windows-1251", "Ёж"],
    [bytesOf("", cyrillic), 'TEXT/HTML;Charset="CP1251"', "Ёж"],
    [bytesOf('<meta charset="windows-1251">', cyrillic), "text/html", "Ёж"],
    [bytesOf('<meta http-equiv=content-type content="text/html; charset=windows-1251">', cyrillic), "text/html", "Ёж"],
    [bytesOf("", [...new TextEncoder().encode("Ёж")]), "text/html", "Ёж"],
    [bytesOf("", [...new TextEncoder().encode("Ёж")]), "text/html; charset=no-such-thing", "Ёж"],
    [bytesOf("\ufeff", [...new TextEncoder().encode("Ёж")]), "text/html", "Ёж"],
    [bytesOf("", cyrillic), "text/html", "��"],
  ];
  for (const [head, type, title] of cases) {
    worldOf(() => page(head, type));
    expect((await previewFor(world.anna, someAddress())).body.preview?.title, type).toBe(title);
  }
});

test("what cannot be shown is nothing, and is not asked for again for a while", async ({ world }) => {
  const replies: Record<string, () => Response> = {
    "no network": () => {
      throw new TypeError("fetch failed");
    },
    "not found": () => new Response("<title>404</title>", { status: 404, headers: { "content-type": "text/html" } }),
    "no HTML": () => page("<title>А</title>", "application/json"),
    "almost HTML": () => page("<title>А</title>", "text/html5"),
    "no type": () => new Response(new TextEncoder().encode("<title>А</title>")),
    "no body": () => new Response(null, { headers: { "content-type": "text/html" } }),
    "a redirect to nowhere": () => new Response(null, { status: 302 }),
  };
  for (const [name, reply] of Object.entries(replies)) {
    const url = someAddress();
    const asked = worldOf(reply);
    expect(await previewFor(world.anna, url), name).toMatchObject({ status: 200, body: { preview: null } });
    await previewFor(world.anna, url);
    expect(asked, name).toHaveLength(1);
  }
});

test("the operator can switch previews off, and the server's information says so", async ({ world }) => {
  const asked = worldOf(() => page("<title>А</title>"));
  const off = deployed({ LINK_PREVIEWS: "off" });
  const headers = { authorization: `Bearer ${world.anna.token}` };
  const answer = await off(`${origin}/api/v1/link-previews?url=${someAddress()}`, { headers });
  expect(await answer.json()).toMatchObject({ code: "not_supported" });
  expect(asked).toEqual([]);
  const server = async (through: typeof fetch) => (await through(`${origin}/api/v1/server`)).json();
  expect(await server(off)).toMatchObject({ linkPreviews: false });
  expect(await server(deployed({}))).toMatchObject({ linkPreviews: true });
});

test("a caller sends the server out only so often; what is known already costs nothing", async ({ world }) => {
  const keys: string[] = [];
  const full = deployed({
    LINK_LIMIT: { limit: async ({ key }: { key: string }) => ({ success: keys.push(key) === 1 }) },
  });
  worldOf(() => page("<title>А</title>"));
  const ask = (url: string) =>
    full(`${origin}/api/v1/link-previews?url=${url}`, { headers: { authorization: `Bearer ${world.anna.token}` } });
  const known = someAddress();
  expect((await ask(known)).status).toBe(200);
  const refused = await ask(someAddress());
  expect([refused.status, refused.headers.get("retry-after")]).toEqual([429, "60"]);
  expect((await ask(known)).status).toBe(200);
  expect(keys).toEqual([world.anna.id, world.anna.id]);
});
