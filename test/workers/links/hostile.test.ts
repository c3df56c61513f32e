import { expect, vi } from "vitest";
import { limits } from "../../../src/protocol/limits.ts";
import { origin } from "../../support/workers/door.ts";
import { page, someAddress, worldOf } from "../../support/workers/outside.ts";
import { type Caller, test } from "../../support/workers/world.ts";

const previewFor = (caller: Caller, url: string) => caller.get(`/link-previews?url=${encodeURIComponent(url)}`);

const hostile: Record<string, string[]> = {
  "IPv4 of the machine and the house": [
    "127.0.0.1",
    "127.255.0.9",
    "10.0.0.1",
    "172.16.0.1",
    "192.168.1.1",
    "0.0.0.0",
    "169.254.169.254",
    "100.64.0.1",
    "198.18.0.1",
    "224.0.0.1",
    "255.255.255.255",
    "240.0.0.1",
  ],
  "the same in decimal, octal, hexadecimal, short and wide": [
    "2130706433",
    "0177.0.0.1",
    "0x7f.0.0.1",
    "0x7f000001",
    "017700000001",
    "127.1",
    "0",
    "①②⑦.0.0.1",
    "127.0.0.1.",
  ],
  IPv6: ["[::1]", "[::]", "[fe80::1]", "[fc00::1]", "[fd12:3456::1]", "[fec0::1]", "[ff02::1]", "[2001:db8::1]"],
  "IPv4 within IPv6": [
    "[::ffff:127.0.0.1]",
    "[::ffff:7f00:1]",
    "[::127.0.0.1]",
    "[64:ff9b::7f00:1]",
    "[2002:7f00:1::]",
    "[::ffff:0:127.0.0.1]",
    "[2001:0:7f00:1::]",
    "[64:ff9b:1::a00:1]",
  ],
  names: [
    "localhost",
    "LOCALHOST",
    "localhost.",
    "localhost..",
    "a.localhost",
    "db",
    "printer.local",
    "metadata.google.internal",
    "router.lan",
    "nas.home.arpa",
    "crm.intranet",
  ],
};

test.for(Object.entries(hostile))("no page is fetched from a private address: %s", async ([, hosts], { world }) => {
  const asked = worldOf(() => page("<title>Тайное</title>"));
  for (const host of hosts)
    for (const scheme of ["http", "https"])
      expect(await previewFor(world.anna, `${scheme}://${host}/`), host).toMatchObject({
        status: 200,
        body: { preview: null },
      });
  expect(asked).toEqual([]);
});

test("only the usual ports, no passwords, and never this server itself", async ({ world }) => {
  const asked = worldOf(() => page("<title>Тайное</title>"));
  for (const url of [
    "https://a.example:8443/",
    "http://a.example:22/",
    "http://a.example:443/",
    "https://u:p@a.example/",
    "https://u@a.example/",
    `${origin}/c/1`,
    origin.replace("https", "http"),
    `${origin}:443/`,
  ])
    expect((await previewFor(world.anna, url)).body, url).toEqual({ preview: null });
  expect(asked).toEqual([]);
  // The usual port may be spelled out.
  const usual = someAddress().replace(".example/", ".example:443/");
  expect((await previewFor(world.anna, usual)).body.preview.title).toBe("Тайное");
});

test("what is no address of a page is refused", async ({ world }) => {
  for (const url of [
    "",
    "ворота",
    "ftp://a.example/",
    "javascript:alert(1)",
    "file:///etc/passwd",
    "data:text/html,<title>А</title>",
    "https://",
    `https://a.example/${"x".repeat(limits.linkAddress)}`,
  ])
    expect((await previewFor(world.anna, url)).body, url).toMatchObject({ field: "url" });
  expect((await world.anna.get("/link-previews")).body.code).toBe("validation");
});

test("of a page without an end only a quarter of a megabyte is read", async ({ world }) => {
  let sent = 0;
  let isCancelled = false;
  const chunk = new Uint8Array(16_384).fill(0x20);
  const endless = new ReadableStream({
    pull(controller) {
      sent += chunk.length;
      controller.enqueue(chunk);
    },
    cancel() {
      isCancelled = true;
    },
  });
  worldOf(() => page(endless));
  expect((await previewFor(world.anna, someAddress())).body.preview).toBe(null);
  expect(sent).toBeLessThanOrEqual(limits.linkPage + 2 * chunk.length);
  expect(isCancelled).toBe(true);
});

test("a page that unpacks to a hundred megabytes costs no more than its beginning", async ({ world }) => {
  const megabyte = 1_048_576;
  const spaces = new Uint8Array(megabyte).fill(0x20);
  let left = 100;
  const packed = new ReadableStream({
    pull(controller) {
      controller.enqueue(left === 100 ? new TextEncoder().encode("<title>Бомба</title>") : spaces);
      left--;
      if (left === 0) controller.close();
    },
  }).pipeThrough(new CompressionStream("gzip"));
  const bomb = new Uint8Array(await new Response(packed).arrayBuffer());
  expect(bomb.length).toBeLessThan(megabyte);
  let unpacked = 0;
  const counted = new TransformStream<Uint8Array, Uint8Array>({
    transform(chunk, controller) {
      unpacked += chunk.length;
      controller.enqueue(chunk);
    },
  });
  // As the runtime hands it over: unpacked piece by piece, while it is read.
  const body = new Blob([bomb]).stream().pipeThrough(new DecompressionStream("gzip")).pipeThrough(counted);
  worldOf(() => page(body));
  expect((await previewFor(world.anna, someAddress())).body.preview.title).toBe("Бомба");
  expect(unpacked).toBeLessThan(2 * megabyte);
});

test("a page that says nothing for three seconds is given up, with what it has said", async ({ world }) => {
  const ends: { ms: number; stop: AbortController }[] = [];
  vi.spyOn(AbortSignal, "timeout").mockImplementation((ms) => {
    const stop = new AbortController();
    ends.push({ ms, stop });
    return stop.signal;
  });
  const waits = (begin: string) =>
    new ReadableStream({
      start: (controller) => controller.enqueue(new TextEncoder().encode(begin)),
      pull: () => {
        ends.at(-1)?.stop.abort(new DOMException("late", "TimeoutError"));
        return new Promise(() => undefined);
      },
    });
  worldOf(() => page(waits("<title>Начало</title>")));
  expect((await previewFor(world.anna, someAddress())).body.preview.title).toBe("Начало");
  worldOf(() => page(waits("<tit")));
  expect((await previewFor(world.anna, someAddress())).body.preview).toBe(null);
  expect(ends.map(({ ms }) => ms)).toEqual([3_000, 3_000]);
});
