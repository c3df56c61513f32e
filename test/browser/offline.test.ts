import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Page } from "playwright-core";
import { expect } from "vitest";
import { root } from "../../tools/build.ts";
import { violationsOn } from "../support/browser/axe.ts";
import { messageOf, rowOf, test, type } from "../support/browser/test.ts";

/** Waits until the site opens without a server: its worker is at work and has its files. */
const installed = (page: Page) =>
  page.waitForFunction(async () => {
    const registration = await navigator.serviceWorker.getRegistration();
    return registration?.active?.state === "activated" && navigator.serviceWorker.controller !== null;
  });

/** Everything this browser keeps for itself of the people of an application: names of databases, and what stands in them. */
const keptIn = (page: Page) =>
  page.evaluate(async () => {
    const kept: string[] = [];
    for (const { name = "" } of await indexedDB.databases()) {
      const database = await new Promise<IDBDatabase>((resolve) => {
        const request = indexedDB.open(name);
        request.onsuccess = () => resolve(request.result);
      });
      const rows = await new Promise<unknown[]>((resolve) => {
        const request = database.transaction("kept").objectStore("kept").getAll();
        request.onsuccess = () => resolve(request.result);
      });
      database.close();
      kept.push(name, JSON.stringify(rows));
    }
    return kept.join("\n");
  });

test("without a connection the site opens, shows the list and a conversation that was seen, says of when, and goes on later", async ({
  world,
  open,
}) => {
  const { beseda } = world.anna;
  const { id = "" } = await beseda.createConversation({ title: "Склад", members: [world.boris.id] }).write();
  await beseda.createMessage(id, { text: "Машина пришла" }).write();
  const boris = await open(world.boris, { device: "phone", path: `/c/${id}` });
  await messageOf(boris, "Машина пришла").waitFor();
  await installed(boris);
  await expect.poll(() => keptIn(boris), { timeout: 10_000 }).toMatch(/"messages":.*Машина пришла/);

  await boris.context().setOffline(true);
  await boris.goto(`${world.origin}/`);
  await rowOf(boris, "Склад").click();
  await messageOf(boris, "Машина пришла").waitFor();
  const mark = boris.locator(".conversation-pane .connection");
  await expect.poll(() => mark.textContent(), { timeout: 10_000 }).toMatch(/^Offline: you see what was here at \d/);
  expect(await violationsOn(boris)).toEqual([]);
  await type(boris, "Принято");
  await messageOf(boris, "Принято").waitFor();

  await beseda.createMessage(id, { text: "Пока тебя не было" }).write();
  await boris.context().setOffline(false);
  await messageOf(boris, "Пока тебя не было").waitFor({ timeout: 30_000 });
  await mark.waitFor({ state: "detached" });
  await expect
    .poll(async () => (await beseda.getMessages({ conversation: id })).items.map(({ text }) => text))
    .toContain("Принято");
});

test("after signing out nothing stays in the browser, and it opens for nobody", async ({ world, open }) => {
  const { id = "" } = await world.anna.beseda.createConversation({ title: "Склад", members: [world.boris.id] }).write();
  await world.anna.beseda.createMessage(id, { text: "Тайна" }).write();
  const boris = await open(world.boris, { path: `/c/${id}` });
  await messageOf(boris, "Тайна").waitFor();
  await installed(boris);
  await expect.poll(() => keptIn(boris), { timeout: 10_000 }).toMatch(/"messages":.*Тайна/);
  await boris.getByRole("link", { name: "Profile" }).click();
  await boris.getByRole("button", { name: "Sign out" }).click();
  await boris.getByRole("heading", { name: "Beseda opens from your application" }).waitFor();
  await expect.poll(() => boris.evaluate(async () => (await indexedDB.databases()).length)).toBe(0);
  await boris.context().setOffline(true);
  await boris.goto(`${world.origin}/c/${id}`);
  await boris.getByRole("heading").first().waitFor();
  expect(await boris.locator("body").textContent()).not.toMatch(/Тайна|Склад/);
});

test("somebody else who signs in in the same browser finds nothing of the one before", async ({ world, open }) => {
  await world.anna.beseda.createConversation({ title: "Склад", members: [world.boris.id] }).write();
  const page = await open(world.boris);
  await rowOf(page, "Склад").waitFor();
  await expect.poll(() => keptIn(page), { timeout: 10_000 }).toContain("Склад");
  const { hash } = new URL(await world.vera.signInAddress());
  await page.goto("about:blank");
  await page.goto(`${world.origin}/${hash}`);
  await page.getByRole("heading", { name: "No conversations yet" }).waitFor();
  await expect.poll(() => keptIn(page)).not.toContain(world.boris.id);
});

test("CNV-13 a conversation that the user was taken out of is not kept any longer", async ({ world, open }) => {
  const conversation = await world.anna.beseda
    .createConversation({ title: "Склад", members: [world.boris.id, world.vera.id] })
    .write();
  const id = conversation.id ?? "";
  await world.anna.beseda.createMessage(id, { text: "Тайна" }).write();
  const boris = await open(world.boris, { path: `/c/${id}` });
  await messageOf(boris, "Тайна").waitFor();
  await expect.poll(() => keptIn(boris), { timeout: 10_000 }).toMatch(/"messages":.*Тайна/);
  await boris.goto("about:blank");
  await conversation.removeMember(world.boris.id);
  await boris.goto(`${world.origin}/`);
  await expect.poll(() => keptIn(boris), { timeout: 10_000 }).not.toMatch(/Тайна|Склад/);
});

test("a new version of the site is there at the next opening, whatever the worker of the old one kept", async ({
  server,
  world,
  open,
}) => {
  const anna = await open(world.anna);
  await anna.getByRole("navigation").waitFor();
  await installed(anna);
  const [page, worker] = ["index.html", "service-worker.js"].map((name) => join(root, "dist/web", name));
  const [oldPage, oldWorker] = [readFileSync(page as string, "utf8"), readFileSync(worker as string, "utf8")];
  expect(existsSync(page as string)).toBe(true);
  try {
    writeFileSync(
      page as string,
      oldPage.replace("<title>Beseda", '<meta name="generator" content="next" /><title>Beseda'),
    );
    writeFileSync(worker as string, oldWorker.replace(/site-([^"`]*)/, "site-next$1"));
    // The local runtime names the versions of files when it starts.
    await server.kill();
    await server.start();
    // A server that is slow at first would be taken for none, and the kept page shown.
    await fetch(`${world.origin}/`);
    await anna.reload();
    await anna.locator('meta[name="generator"][content="next"]').waitFor({ state: "attached" });
    await anna.getByRole("navigation").waitFor();
    await expect
      .poll(() => anna.evaluate(async () => (await caches.keys()).filter((name) => name.startsWith("site-"))), {
        timeout: 15_000,
      })
      .toHaveLength(1);
  } finally {
    writeFileSync(page as string, oldPage);
    writeFileSync(worker as string, oldWorker);
  }
});
