import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Browser, BrowserContextOptions } from "playwright-core";
import type { Demo } from "../demo/prepare.ts";
import { openBrowser } from "./browser.ts";
import { buildPages, buildSdk, buildWorker, root } from "./build.ts";
import { demoShots } from "./demo-shots.ts";
import { type Shot, shots } from "./shots.ts";

/** Draws every screen of the site and of the demo application as a picture, to be looked at: `npx node tools/screenshots.ts [part of a name] [light or dark]`. */
const folder = join(root, ".local/screenshots");
const wanted = process.argv[2] ?? "";
const schemes = process.argv[3] === undefined ? (["light", "dark"] as const) : [process.argv[3] as "light" | "dark"];

const devices = {
  desktop: { viewport: { width: 1280, height: 800 } },
  phone: { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true, deviceScaleFactor: 2 },
} satisfies Record<string, BrowserContextOptions>;

async function draw(
  browser: Browser,
  [first, drawn]: [first: string, Shot[]],
  demo: Demo,
  device: keyof typeof devices,
  colorScheme: "light" | "dark",
) {
  if (!drawn.some(([name]) => name.includes(wanted))) return;
  const context = await browser.newContext({
    ...devices[device],
    colorScheme,
    locale: "ru-RU",
    baseURL: new URL(first).origin,
  });
  context.setDefaultTimeout(3_000);
  const page = await context.newPage();
  page.on("console", (message) => message.type() === "error" && console.log(`${device}: ${message.text()}`));
  page.on("pageerror", (error) => console.log(`${device}: ${error.message}`));
  await page.goto(first);
  for (const [name, go] of drawn) {
    try {
      await go(page, device, demo);
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
  limits: {
    CALLER_LIMIT: { limit: 100_000, period: 60 },
    REGISTRATION_LIMIT: { limit: 1_000, period: 60 },
    SEARCH_LIMIT: { limit: 100_000, period: 60 },
  },
});
const browser = await openBrowser();
try {
  const demo = await prepareDemo(origin, state);
  const host = await openDemo({ application: romashka(state), beseda: origin, folder: state, port: 0 });
  for (const colorScheme of schemes)
    for (const device of ["desktop", "phone"] as const) {
      await draw(browser, [demo.users[0]?.signIn ?? "", shots], demo, device, colorScheme);
      await draw(browser, [`${host.origin}/`, demoShots], demo, device, colorScheme);
    }
  await host.close();
} finally {
  await browser.close();
  await product.stop();
  rmSync(state, { recursive: true, force: true });
}
