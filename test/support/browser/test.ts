import type { Browser, Page } from "playwright-core";
import { expect } from "vitest";
import { openBrowser } from "../../../tools/browser.ts";
import { test as base } from "../node/test.ts";
import type { Person } from "../node/world.ts";

export const devices = {
  desktop: { viewport: { width: 1280, height: 800 } },
  phone: { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true },
} as const;

export interface Opening {
  device?: keyof typeof devices;
  colorScheme?: "light" | "dark";
  locale?: string;
  path?: string;
  /** What the address brings behind the path, instead of a code that signs in. */
  fragment?: string;
  /** The page's clock can be put forward: nobody waits for the pauses of a client that comes back. */
  hasOwnClock?: true;
  /** What the person's token says besides: contexts that may be read. */
  claims?: Parameters<Person["token"]>[0];
}

/** A window of the site, opened by one person. */
export type OpenSite = (person: Person, opening?: Opening) => Promise<Page>;

/** What a page complained about: errors, and what its security policy stopped. */
const complaints: string[] = [];

/** An empty window whose complaints are heard. */
export async function openWindow(
  browser: Browser,
  { device = "desktop", hasOwnClock, ...look }: Pick<Opening, "device" | "colorScheme" | "locale" | "hasOwnClock">,
): Promise<Page> {
  const context = await browser.newContext({ ...devices[device], locale: "en", ...look });
  context.setDefaultTimeout(8_000);
  const page = await context.newPage();
  if (hasOwnClock) await page.clock.install();
  page.on("console", (message) => {
    // That something was refused or is not there is no complaint about the page: what it shows then is for the tests.
    const isOfNetwork =
      /^(?:Failed to load resource|WebSocket connection to \S+ failed|An unknown error occurred when fetching the script)/.test(
        message.text(),
      );
    if (message.type() === "error" && !isOfNetwork) complaints.push(message.text());
  });
  page.on("pageerror", (error) => complaints.push(error.message));
  return page;
}

async function openSite(browser: Browser, person: Person, opening: Opening) {
  const { path = "/", claims = {}, fragment, ...look } = opening;
  const page = await openWindow(browser, look);
  const hash = fragment ?? new URL(await person.signInAddress(claims)).hash;
  await page.goto(`${person.origin}${path}${hash}`);
  return page;
}

/** One browser for each file, a server with an application for each test; nothing may be complained about. */
export const test = base
  .extend(
    "browser",
    { scope: "file" },
    // biome-ignore lint/correctness/noEmptyPattern: vitest reads the pattern to find what a fixture needs
    async ({}, { onCleanup }) => {
      const browser = await openBrowser();
      onCleanup(() => browser.close());
      return browser;
    },
  )
  .extend("open", async ({ browser }, { onCleanup }): Promise<OpenSite> => {
    complaints.length = 0;
    onCleanup(async () => {
      await Promise.all(browser.contexts().map((context) => context.close()));
      expect(complaints).toEqual([]);
    });
    return (person, opening = {}) => openSite(browser, person, opening);
  });

export const fieldOf = (page: Page) => page.getByRole("textbox", { name: "Write a message" });

/** Texts of the messages on the page, those that wait included. */
export const textsOn = (page: Page): Promise<string[]> => page.locator(".message .text").allTextContents();

/** What the page says of its connection: beside the list, or in the conversation where there is no list beside it. */
export const connectionOf = (page: Page) => page.locator(".list-column .connection");

/** Lets the longest pause pass that a client makes between two tries. */
export const skipPause = (page: Page): Promise<void> => page.clock.fastForward(30_000);

/** Writes into the message line and sends. */
export async function type(page: Page, text: string): Promise<void> {
  await fieldOf(page).fill(text);
  await page.getByRole("button", { name: "Send", exact: true }).click();
}

export const rowOf = (page: Page, title: string) =>
  page.locator(".row", { has: page.locator(".title", { hasText: title }) }).first();
export const messageOf = (page: Page, text: string) => page.locator(".message", { hasText: text }).last();

/** A command out of the menu of a message. */
export async function command(page: Page, text: string, name: string): Promise<void> {
  const message = messageOf(page, text);
  await message.focus();
  await message.getByRole("button", { name: "Commands of the message" }).click();
  await page.getByRole("menuitem", { name }).click();
}
