import type { Page } from "playwright-core";
import { expect } from "vitest";
import { violationsOn } from "../support/browser/axe.ts";
import { command, devices, fieldOf, messageOf, rowOf, test, type } from "../support/browser/test.ts";
import type { World } from "../support/node/world.ts";

type Go = (page: Page) => Promise<unknown>;
const heading = (page: Page, name: string) => page.getByRole("heading", { name }).waitFor();
const api = "**/api/v1";
const refused = (page: Page, path: string) =>
  page.route(api + path, (route) => route.fulfill({ status: 400, json: { code: "validation", status: 400 } }));
/** A request that is never answered. */
const unanswered = (page: Page, path: string) => page.route(api + path, () => undefined);
const choose = (page: Page, ...names: string[]) =>
  page
    .locator("input[type=file]")
    .setInputFiles(names.map((name) => ({ name, mimeType: "text/plain", buffer: Buffer.alloc(6) })));

/** In light all rules are asked, in dark those that depend on colours. */
async function expectNoBarrier(page: Page, name: string): Promise<void> {
  await page.emulateMedia({ colorScheme: "light", reducedMotion: "reduce" });
  expect(await violationsOn(page), `${name}, light`).toEqual([]);
  await page.emulateMedia({ colorScheme: "dark", reducedMotion: "reduce" });
  expect(await violationsOn(page, ["color-contrast"]), `${name}, dark`).toEqual([]);
}

const strangers: [name: string, fragment: string, go: Go][] = [
  ["nobody signed in", "", (page) => heading(page, "Beseda opens from your application")],
  ["a code that is none", "#code=wrong&application=none", (page) => heading(page, "This link does not work any more")],
];

test.for(Object.keys(devices) as (keyof typeof devices)[])(
  "no way of arriving has a barrier that axe knows: %s",
  async (device, { world, open }) => {
    for (const [name, fragment, go] of strangers) {
      const page = await open(world.vera, { device, fragment });
      await go(page);
      await expectNoBarrier(page, name);
    }
    const vera = await open(world.vera, { device, fragment: "" });
    await vera.route("**/session", (route) => route.abort());
    await vera.goto(await world.vera.signInAddress());
    await heading(vera, "Beseda could not be opened");
    await expectNoBarrier(vera, "no server");
    await vera.unroute("**/session");
    await vera.route("**/session", (route) => route.fulfill({ status: 409, json: { code: "not_registered" } }));
    await vera.getByRole("button", { name: "Try again" }).click();
    await heading(vera, "The application is not registered");
    await expectNoBarrier(vera, "not registered");
    await vera.unroute("**/session");
    await vera.goto(await world.vera.signInAddress());
    await heading(vera, "No conversations yet");
    await expectNoBarrier(vera, "an empty list");
  },
);

const lists: [name: string, path: string, go: Go][] = [
  [
    "a list on its way",
    "/",
    async (page) => {
      await unanswered(page, "/conversations?*");
      await page.reload();
      await page.getByRole("status", { name: "Loading" }).first().waitFor();
    },
  ],
  [
    "a list that failed",
    "/",
    async (page) => {
      await refused(page, "/conversations?*");
      await page.reload();
      await page.getByRole("button", { name: "Try again" }).first().waitFor();
    },
  ],
  [
    "nothing found",
    "/",
    async (page) => {
      await page.getByRole("searchbox").first().fill("щщщ");
      await heading(page, "Nothing found");
    },
  ],
  [
    "people found",
    "/",
    async (page) => {
      await page.getByRole("searchbox").first().fill("а");
      await heading(page, "People");
    },
  ],
  [
    "a new conversation without a title",
    "/",
    async (page) => {
      await page.getByRole("button", { name: "New conversation" }).first().click();
      await page.getByRole("button", { name: "Create" }).click();
      await page.getByRole("alert").waitFor();
    },
  ],
  [
    "everything read",
    "/notifications",
    async (page) => {
      await page.locator(".row.tall").first().waitFor();
      await page.getByRole("button", { name: "Mark all as read" }).click();
      await heading(page, "You have read everything");
    },
  ],
  [
    "a profile with a mistake",
    "/profile",
    async (page) => {
      await page.getByLabel("E-mail").fill("не адрес");
      await page.getByLabel("E-mail").press("Enter");
      await page.getByRole("alert").waitFor();
    },
  ],
];

const talks: [name: string, go: Go][] = [
  ["a menu of a message", (page) => messageMenu(page)],
  [
    "a message that is edited",
    async (page) => {
      await command(page, "Моё", "Edit");
      await page.locator(".editing").waitFor();
    },
  ],
  [
    "a message that was just deleted",
    async (page) => {
      await command(page, "Лишнее", "Delete");
      await page.getByRole("button", { name: "Undo" }).waitFor();
    },
  ],
  [
    "a menu of the conversation",
    async (page) => {
      await page.getByRole("button", { name: "More", exact: true }).click();
      await page.getByRole("menuitem").first().waitFor();
    },
  ],
  [
    "emoticons",
    async (page) => {
      await page.getByRole("button", { name: "Emoticons" }).click();
      await page.getByRole("dialog", { name: "Emoticons" }).waitFor();
    },
  ],
  [
    "people to mention",
    async (page) => {
      await fieldOf(page).pressSequentially("@а");
      await page.getByRole("option").first().waitFor();
    },
  ],
  ["a text that is nearly too long", (page) => fieldOf(page).fill("я".repeat(4_000))],
  [
    "files that are chosen, on their way and refused",
    async (page) => {
      await choose(page, "готов.txt");
      await page.locator(".tile.ready").waitFor();
      await refused(page, "/**/attachments?*");
      await choose(page, "отказ.txt");
      await page.locator(".tile.failed").waitFor();
      await page.unroute(`${api}/**/attachments?*`);
      await unanswered(page, "/**/attachments?*");
      await choose(page, "в-пути.txt");
      await page.locator(".tile.uploading").waitFor();
    },
  ],
  [
    "messages that wait and that failed",
    async (page) => {
      await refused(page, "/**/messages");
      await type(page, "Отказ");
      await messageOf(page, "Отказ").getByRole("alert").waitFor();
      await page.unroute(`${api}/**/messages`);
      await unanswered(page, "/**/messages");
      await type(page, "В пути");
      await messageOf(page, "В пути").waitFor();
    },
  ],
  [
    "a picture as large as the window",
    async (page) => {
      await page.getByRole("button", { name: "Open ворота.png" }).click();
      await page.getByRole("dialog", { name: "ворота.png" }).waitFor();
    },
  ],
  [
    "somebody to be added",
    async (page) => {
      await page.getByRole("button", { name: "Details" }).click();
      await page.getByRole("button", { name: "Add people" }).first().click();
      await page.getByRole("combobox").fill("а");
      await page.getByRole("button", { name: "Leave the conversation" }).click();
    },
  ],
  [
    "no connection",
    async (page) => {
      await unanswered(page, "/tickets");
      await page.goto(new URL("/", page.url()).href);
      await page.getByText("Connecting…").waitFor();
    },
  ],
];

async function messageMenu(page: Page): Promise<void> {
  await messageOf(page, "Моё").focus();
  await messageOf(page, "Моё").getByRole("button", { name: "Commands of the message" }).click();
  await page.getByRole("menuitem").first().waitFor();
}

/** A conversation with everything that a message can show. @returns its address */
async function furnished({ anna, boris }: World): Promise<string> {
  const room = anna.beseda.createConversation({ title: "Склад", members: [boris.id] });
  const { id = "" } = await room.write();
  const bytes = "iVBORw0KGgoAAAANSUhEUgAAAAIAAAACCAIAAAD91JpzAAAAEElEQVR4nGP4z8AARAwQCgAf7gP9i18U1AAAAABJRU5ErkJggg==";
  const files = [
    { name: "ворота.png", content: Buffer.from(bytes, "base64") },
    { name: "остатки.xlsx", content: Buffer.alloc(3) },
    { name: "звонок.ogg", content: Buffer.alloc(4) },
  ];
  const uploads = await Promise.all(files.map((file) => anna.beseda.upload(id, file)));
  const attachments = uploads.map(({ id }) => id);
  await anna.beseda.createMessage(id, { text: "Фото ворот", attachments }).write();
  for (const text of ["Моё", "Лишнее"]) await boris.beseda.createMessage(id, { text }).write();
  await anna.beseda.createMessage(id, { text: "Последнее :)" }).write();
  return `/c/${id}`;
}

test.for(Object.keys(devices) as (keyof typeof devices)[])(
  "no state of a list or a conversation has a barrier that axe knows: %s",
  async (device, { world, open }) => {
    const path = await furnished(world);
    const states = [...lists, ...talks.map(([name, go]) => [name, path, go] as const)];
    const boris = await open(world.boris, { device });
    await rowOf(boris, "Склад").waitFor();
    for (const [name, at, go] of states) {
      await boris.goto(world.origin + at);
      await boris
        .locator(at === path ? ".message >> nth=2" : ".panes")
        .first()
        .waitFor();
      await go(boris);
      await expectNoBarrier(boris, name);
      await boris.unrouteAll({ behavior: "ignoreErrors" });
    }
  },
);
