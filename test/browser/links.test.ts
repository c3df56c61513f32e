import { expect } from "vitest";
import { violationsOn } from "../support/browser/axe.ts";
import { test as base, messageOf, type } from "../support/browser/test.ts";
import { Server } from "../support/node/server.ts";

/** The outside world: one site that tells of itself, with a page that unpacks to a hundred megabytes. */
const outside = `
const page = (head) => new Response("<!doctype html><head>" + head + "</head>", { headers: { "content-type": "text/html; charset=utf-8" } });
export default {
  async fetch(request) {
    const url = new URL(request.url);
    if (url.hostname !== "www.romashka.example") return new Response(null, { status: 404 });
    if (url.pathname === "/nothing") return page("");
    if (url.pathname === "/moved") return Response.redirect("https://www.romashka.example/gates", 302);
    if (url.pathname !== "/bomb") return page("<title>Ворота " + decodeURIComponent(url.search.slice(1)) + "</title><meta property='og:site_name' content='Ромашка'><meta name=description content='Открыты с 8:00 <b>ежедневно</b>'>");
    const spaces = new Uint8Array(1048576).fill(32);
    let left = 100;
    const packed = new ReadableStream({ pull(controller) {
      controller.enqueue(left === 100 ? new TextEncoder().encode("<title>Бомба</title>") : spaces);
      if (--left === 0) controller.close();
    } }).pipeThrough(new CompressionStream("gzip"));
    return new Response(packed, { encodeBody: "manual", headers: { "content-type": "text/html; charset=utf-8", "content-encoding": "gzip" } });
  },
};`;

const test = base.extend(
  "server",
  { scope: "file" },
  // biome-ignore lint/correctness/noEmptyPattern: vitest reads the pattern to find what a fixture needs
  async ({}, { onCleanup }) => {
    const server = await new Server({ outside }).start();
    onCleanup(() => server.stop());
    return server;
  },
);

test("a link shows what its page says of itself, at the end of the log without a gap, and the reader's browser never asks the page", async ({
  world,
  open,
}) => {
  const { id = "" } = await world.anna.beseda.createConversation({ title: "Склад", members: [world.boris.id] }).write();
  const boris = await open(world.boris, { path: `/c/${id}` });
  const asked: string[] = [];
  boris.on("request", (request) => asked.push(new URL(request.url()).origin));
  const anna = await open(world.anna, { path: `/c/${id}` });
  for (let n = 0; n < 30; n++) await world.anna.beseda.createMessage(id, { text: `Строка ${n}` }).write();
  await type(anna, "Смотри: https://www.romashka.example/moved?3");
  const card = messageOf(boris, "Смотри").getByRole("link", { name: "Ромашка · romashka.example" });
  await card.waitFor();
  expect(await card.textContent()).toBe("Ромашка · romashka.exampleВоротаОткрыты с 8:00 <b>ежедневно</b>");
  expect(await card.getAttribute("href")).toBe("https://www.romashka.example/moved?3");
  expect(await violationsOn(boris)).toEqual([]);
  const rest = () => boris.locator(".log").evaluate((log) => log.scrollHeight - log.scrollTop - log.clientHeight);
  await expect.poll(rest).toBeLessThan(2);
  expect(new Set(asked)).toEqual(new Set([world.boris.origin]));
});

test("a card that comes late moves nothing that is being read", async ({ world, open }) => {
  const { beseda } = world.anna;
  const { id = "" } = await beseda.createConversation({ title: "Склад", members: [world.boris.id] }).write();
  for (let n = 0; n < 60; n++)
    await beseda
      .createMessage(id, { text: n % 10 === 5 ? `Ворота https://www.romashka.example/?n${n}` : `Строка ${n}` })
      .write();
  const boris = await open(world.boris);
  let answer = () => {};
  const held = new Promise<void>((resolve) => {
    answer = resolve;
  });
  await boris.context().route(/\/link-previews\?/, async (route) => {
    await held;
    await route.continue();
  });
  await boris.goto(`${world.boris.origin}/c/${id}/25`);
  await boris.locator(".message.found").waitFor();
  const log = boris.locator(".log");
  const tops = () =>
    log.evaluate((box) => {
      const frame = box.getBoundingClientRect();
      const rows = [...box.querySelectorAll<HTMLElement>(".message")];
      const seen = rows.filter(
        (row) => row.getBoundingClientRect().bottom > frame.top && row.getBoundingClientRect().top < frame.bottom,
      );
      return seen.map((row) => ({ row: row.dataset.key, top: Math.round(row.getBoundingClientRect().top) }));
    });
  const before = await tops();
  answer();
  // Cards above and below what is in view have come.
  await expect.poll(() => boris.locator(".link-card").count()).toBeGreaterThan(0);
  const after = await tops();
  expect(after.map(({ row }) => row)).toEqual(before.map(({ row }) => row));
  // Browsers round where things are to whole pixels.
  for (const [index, { top }] of after.entries())
    expect(Math.abs(top - (before[index]?.top ?? 0))).toBeLessThanOrEqual(1);
  await log.evaluate((box) => box.scrollTo(0, box.scrollHeight));
  await messageOf(boris, "Ворота https://www.romashka.example/?n55").locator(".link-card").waitFor();
});

test("a link without a preview, and one to this server, is a link and nothing more; a bomb costs nothing", async ({
  world,
  open,
}) => {
  const { id = "" } = await world.anna.beseda.createConversation({ title: "Склад", members: [world.boris.id] }).write();
  const anna = await open(world.anna, { path: `/c/${id}` });
  const asked: string[] = [];
  anna.on("request", (request) => asked.push(request.url()));
  await type(anna, "Пусто https://www.romashka.example/nothing");
  await type(anna, `Своё ${world.anna.origin}/c/${id}`);
  await type(anna, "Письмо anna@romashka.example");
  await type(anna, "Бомба https://www.romashka.example/bomb");
  await messageOf(anna, "Бомба").locator(".link-card", { hasText: "Бомба" }).waitFor();
  expect(await anna.locator(".link-card").count()).toBe(1);
  expect(asked.filter((url) => url.includes("/link-previews?"))).toHaveLength(2);
  expect(await world.anna.beseda.getLinkPreview(`${world.anna.origin}/c/${id}`)).toBe(undefined);
});
