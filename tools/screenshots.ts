import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Browser, BrowserContextOptions, Page } from "playwright-core";
import { openBrowser } from "./browser.ts";
import { buildPages, buildSdk, buildWorker, root } from "./build.ts";

/** Draws every screen of the site and of the demo application as a picture, to be looked at: `npx node tools/screenshots.ts [part of a name] [light or dark]`. */
const folder = join(root, ".local/screenshots");
const wanted = process.argv[2] ?? "";
const schemes = process.argv[3] === undefined ? (["light", "dark"] as const) : [process.argv[3] as "light" | "dark"];

const devices = {
  desktop: { viewport: { width: 1280, height: 800 } },
  phone: { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true, deviceScaleFactor: 2 },
} satisfies Record<string, BrowserContextOptions>;

type Shot = [name: string, draw: (page: Page, device: string) => Promise<unknown>];

const openConversation = (page: Page, title: string) => page.locator(".row", { hasText: title }).first().click();

const shots: Shot[] = [
  ["list", (page) => page.locator(".row").first().waitFor()],
  ["search", (page) => page.getByRole("searchbox").first().fill("е")],
  [
    "new-conversation",
    async (page) => {
      await page.getByRole("searchbox").first().fill("");
      await page.getByRole("button", { name: "Новое обсуждение" }).first().click();
      await page.getByRole("combobox").fill("в");
      await page.getByRole("option").first().waitFor();
    },
  ],
  [
    "conversation",
    async (page) => {
      await page.reload();
      await openConversation(page, "Склад");
      await page.locator(".message").first().waitFor();
    },
  ],
  [
    "menu",
    async (page) => {
      await page.locator(".message.own").last().hover();
      await page.locator(".message.own .commands button").last().click();
    },
  ],
  [
    "editing",
    async (page) => {
      await page.getByRole("menuitem", { name: "Изменить" }).click();
      await page.locator(".editing").waitFor();
    },
  ],
  [
    "details",
    async (page) => {
      await page.locator(".editing textarea").press("Escape");
      await page.getByRole("button", { name: "Сведения" }).click();
      await page.locator(".side-pane .person").first().waitFor();
    },
  ],
  [
    "searching",
    async (page, device) => {
      if (device === "phone") await page.locator(".side-pane .icon-button").first().click();
      await page.getByRole("button", { name: "Поиск в обсуждении" }).click();
      await page.getByRole("searchbox", { name: "Слова из сообщения" }).fill("машин");
      await page.locator(".result").first().waitFor();
    },
  ],
  [
    "context",
    async (page, device) => {
      if (device === "phone") await page.goto(new URL("/", page.url()).href);
      await page.getByRole("link", { name: /Оповещения/ }).click();
      await page.locator(".row.tall").first().waitFor();
    },
  ],
  [
    "order",
    async (page) => {
      await page.locator(".row.tall", { hasText: "Заказ" }).first().click();
      await page.locator(".message").first().waitFor();
    },
  ],
  [
    "profile",
    async (page, device) => {
      if (device === "phone") await page.goto(new URL("/", page.url()).href);
      await page.getByRole("link", { name: /Профиль/ }).click();
      await page.locator(".profile").waitFor();
    },
  ],
  [
    "switcher",
    async (page) => {
      await page.keyboard.press("Control+k");
      await page.locator(".switcher [role=option]").first().waitFor();
    },
  ],
  [
    "help",
    async (page) => {
      await page.keyboard.press("Escape");
      await page.locator("h1").first().click();
      await page.keyboard.press("?");
      await page.locator(".keys").waitFor();
    },
  ],
];

/** The demo application, in which conversations are embedded. */
const demoShots: Shot[] = [
  ["demo-orders", (page) => page.locator("tbody tr").first().waitFor()],
  [
    "demo-order",
    async (page) => {
      await page.getByRole("link", { name: "Заказ 1041" }).click();
      await page.locator(".message").first().waitFor();
    },
  ],
  [
    "demo-recipients",
    async (page) => {
      await page.getByRole("button", { name: "Никто не будет оповещён" }).click();
      await page.getByRole("combobox").last().fill("б");
      await page.locator(".panel [role=option]").first().waitFor();
    },
  ],
  [
    "demo-menu",
    async (page) => {
      await page.getByRole("combobox").last().fill("");
      await page.locator(".message.own").last().hover();
      await page.locator(".message.own .commands button").last().click();
    },
  ],
  [
    "demo-empty",
    async (page) => {
      await page.goto(new URL("/orders/1044", page.url()).href);
      await page.locator(".log-frame .state").waitFor();
    },
  ],
  [
    "demo-closed",
    async (page) => {
      await page.goto(new URL("/orders/1041", page.url()).href);
      await page.locator("#person select").selectOption("Вера");
      await page.locator(".panel > .state").waitFor();
    },
  ],
  [
    "demo-asked",
    async (page) => {
      await page.goto(new URL("/", page.url()).href, { waitUntil: "networkidle" });
      // As somebody else would: whoever asks sees a fresh page anyway.
      await page.evaluate(() => fetch("/reload", { method: "POST" }));
      await page.locator(".asked").waitFor();
    },
  ],
];

async function draw(
  browser: Browser,
  [first, drawn]: [first: string, Shot[]],
  device: keyof typeof devices,
  colorScheme: "light" | "dark",
) {
  if (!drawn.some(([name]) => name.includes(wanted))) return;
  const context = await browser.newContext({ ...devices[device], colorScheme, locale: "ru-RU" });
  context.setDefaultTimeout(3_000);
  const page = await context.newPage();
  page.on("console", (message) => message.type() === "error" && console.log(`${device}: ${message.text()}`));
  page.on("pageerror", (error) => console.log(`${device}: ${error.message}`));
  await page.goto(first);
  for (const [name, go] of drawn) {
    try {
      await go(page, device);
    } catch (error) {
      console.log(`${device} ${colorScheme} ${name}: ${(error as Error).message.split("\n")[0]}`);
    }
    await page.waitForTimeout(350);
    if (name.includes(wanted)) await page.screenshot({ path: join(folder, `${device}-${colorScheme}-${name}.png`) });
  }
  await context.close();
}

await Promise.all([buildWorker(), buildSdk(), buildPages()]);
const [{ openProduct }, { prepareDemo, romashka }, { openDemo }, { freePort }] = await Promise.all([
  import("./product.ts"),
  import("../demo/prepare.ts"),
  import("../demo/server.ts"),
  import("../bench/systems.ts"),
]);
const port = await freePort();
const origin = `http://127.0.0.1:${port}`;
const state = mkdtempSync(join(tmpdir(), "beseda-"));
mkdirSync(folder, { recursive: true });
const product = await openProduct({
  port,
  stateDirectory: state,
  variables: {
    BESEDA_SECRET: "only for pictures, and gone a minute later",
    BESEDA_ORIGIN: origin,
    MAIL_THROUGH: "local",
    CALLBACK_PRIVATE: "allow",
  },
  limits: { CALLER_LIMIT: { limit: 100_000, period: 60 }, REGISTRATION_LIMIT: { limit: 1_000, period: 60 } },
});
const browser = await openBrowser();
try {
  const demo = await prepareDemo(origin, state);
  const host = await openDemo({ application: romashka(state), beseda: origin, folder: state, port: 0 });
  for (const colorScheme of schemes)
    for (const device of ["desktop", "phone"] as const) {
      await draw(browser, [demo.users[0]?.signIn ?? "", shots], device, colorScheme);
      await draw(browser, [`${host.origin}/`, demoShots], device, colorScheme);
    }
  await host.close();
} finally {
  await browser.close();
  await product.stop();
  rmSync(state, { recursive: true, force: true });
}
