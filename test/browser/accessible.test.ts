import type { Page } from "playwright-core";
import { expect } from "vitest";
import { violationsOn } from "../support/browser/axe.ts";
import { devices, messageOf, test } from "../support/browser/test.ts";

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
    await world.boris.beseda.createMessage(id, { text: "Моё" }).write();
    await beseda.createMessage(id, { text: "Последнее https://romashka.example :)" }).write();
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
