import type { Page } from "playwright-core";
import { median } from "../report.ts";
import { zipped } from "../sizes.ts";
import type { Measured } from "./measured.ts";
import type { Scene } from "./scene.ts";

interface Load {
  scriptBytes: number;
  interactiveMs: number;
  paintedMs: number;
}

/** The conversation's own address in a browser with an empty cache, again and again. */
export async function measureLoading(scene: Scene, runs: number): Promise<Measured[]> {
  const loads: Load[] = [];
  for (let run = 0; run < runs; run++) loads.push(await load(scene));
  const of = (name: keyof Load) => Math.round(median(loads.map((one) => one[name])));
  return [
    { item: "script before the message line, gz", value: of("scriptBytes"), unit: "bytes", limit: 60 * 1024 },
    { item: "message line takes a key", value: of("interactiveMs"), unit: "ms", limit: 1_000 },
    { item: "last messages painted", value: of("paintedMs"), unit: "ms" },
  ];
}

async function load(scene: Scene): Promise<Load> {
  const page = await scene.open();
  const scripts = watchScripts(page);
  await page.addInitScript(noteTimes);
  await page.goto(`${scene.origin}/c/${scene.conversation}`, { waitUntil: "commit" });
  // A key that comes too early goes nowhere, as it would for an impatient person.
  const taken = () => page.evaluate(() => (globalThis as unknown as { times: Times }).times.taken);
  let interactiveMs = await taken();
  for (; interactiveMs === undefined; interactiveMs = await taken()) await page.keyboard.press("a");
  const scriptBytes = await scripts();
  await page.locator(".message").last().waitFor();
  const paintedMs = await page.evaluate(
    () => new Promise<number>((resolve) => requestAnimationFrame(() => setTimeout(() => resolve(performance.now())))),
  );
  await page.context().close();
  return { scriptBytes, interactiveMs, paintedMs };
}

interface Times {
  taken?: number;
}

/** Runs in the page, before its own scripts. */
function noteTimes(): void {
  const times: Times = {};
  (globalThis as unknown as { times: Times }).times = times;
  addEventListener(
    "input",
    ({ target }) => {
      if ((target as Element).matches(".composer textarea")) times.taken ??= performance.now();
    },
    true,
  );
}

/** @returns how many bytes of script have come so far, each zipped as a server does it that the public reaches */
function watchScripts(page: Page): () => Promise<number> {
  const bodies: Promise<Buffer>[] = [];
  page.on("response", (response) => {
    if (response.request().resourceType() === "script") bodies.push(response.body());
  });
  return async () => (await Promise.all(bodies)).reduce((sum, body) => sum + zipped(body), 0);
}
