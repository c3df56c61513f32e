import type { Page } from "playwright-core";
import { expect } from "vitest";
import { violationsOn } from "../support/browser/axe.ts";
import { command, devices, messageOf, test } from "../support/browser/test.ts";

const screens: [name: string, path: string, go: (page: Page) => Promise<unknown>][] = [
  ["list", "/", (page) => page.locator(".row").first().waitFor()],
  ["conversation", "/c", (page) => messageOf(page, "Последнее").waitFor()],
  [
    "details",
    "/c",
    async (page) => {
      await messageOf(page, "Последнее").waitFor();
      await page.getByRole("button", { name: "Details" }).click();
      await page.locator(".side-pane .person").first().waitFor();
      await page.locator(".file-row").first().waitFor();
    },
  ],
  [
    "searching",
    "/c",
    async (page) => {
      await page.getByRole("button", { name: "Search in this conversation" }).click();
      await page.getByRole("searchbox", { name: "Words of a message" }).fill("посл");
      await page.locator(".result").first().waitFor();
    },
  ],
  [
    "reactions",
    "/c",
    async (page) => {
      const message = page.locator(".message.own").first();
      await message.getByRole("button", { name: "👍 1: Анна" }).waitFor();
      await message.focus();
      await message.getByRole("button", { name: "React", exact: true }).click();
      await page.getByRole("dialog", { name: "React" }).waitFor();
    },
  ],
  [
    "more emoji",
    "/c",
    async (page) => {
      const message = page.locator(".message.own").first();
      await message.focus();
      await message.getByRole("button", { name: "React", exact: true }).click();
      await page.getByRole("button", { name: "More emoji" }).click();
      await page.getByRole("button", { name: "🔥" }).waitFor();
    },
  ],
  [
    "answering",
    "/c",
    async (page) => {
      await command(page, "Последнее", "Reply");
      await page.getByRole("blockquote", { name: "The message you answer" }).waitFor();
    },
  ],
  [
    "who has read",
    "/c",
    async (page) => {
      await page.getByRole("button", { name: "Read by Анна" }).click();
      await page.getByRole("dialog", { name: "Who has read it" }).waitFor();
    },
  ],
  [
    "found messages",
    "/",
    async (page) => {
      await page.getByRole("searchbox").fill("последнее");
      await page.getByRole("button", { name: "Messages", exact: true }).click();
      await page.locator(".result mark").first().waitFor();
    },
  ],
  ["notifications", "/notifications", (page) => page.locator(".row.tall").first().waitFor()],
  ["profile", "/profile", (page) => page.locator(".profile").waitFor()],
  [
    "new conversation",
    "/",
    async (page) => {
      await page.getByRole("button", { name: "New conversation" }).first().click();
      await page.getByRole("combobox", { name: "Members" }).fill("вер");
      await page.getByRole("option").first().waitFor();
    },
  ],
  [
    "switcher",
    "/",
    async (page) => {
      await page.locator(".row").first().waitFor();
      await page.keyboard.press("Control+k");
      await page.locator(".switcher [role=option]").first().waitFor();
    },
  ],
  [
    "help",
    "/",
    async (page) => {
      await page.locator(".row").first().waitFor();
      await page.keyboard.press("?");
      await page.locator(".keys").waitFor();
    },
  ],
];

test.for(["light", "dark"] as const)(
  "no screen has a barrier that axe knows: %s",
  async (colorScheme, { world, open }) => {
    const { beseda } = world.anna;
    const { id = "" } = await beseda.createConversation({ title: "Склад", members: [world.boris.id] }).write();
    const other = await beseda.createConversation({ title: "Касса", members: [world.boris.id] }).write();
    const own = await world.boris.beseda.createMessage(id, { text: "Моё" }).write();
    await beseda.addReaction(own.id ?? "", "👍");
    await beseda.markRead(id, 1);
    const withFile = beseda.createMessage(id, { text: "С файлом" });
    await withFile.attachments.add({ name: "остатки.csv", content: new TextEncoder().encode("Ворота;3") });
    await withFile.write();
    await beseda.createMessage(id, { replyTo: own.n, text: "Последнее https://romashka.example :)" }).write();
    await beseda.createMessage(other.id ?? "", { text: "Новое" }).write();
    for (const device of Object.keys(devices) as (keyof typeof devices)[]) {
      const page = await open(world.boris, { device, colorScheme });
      await page.locator(".row").first().waitFor();
      for (const [name, path, go] of screens) {
        await page.goto(world.boris.origin + (path === "/c" ? `/c/${id}` : path));
        await go(page);
        expect(await violationsOn(page), `${device} ${name}`).toEqual([]);
      }
      await page.context().close();
    }
  },
);
