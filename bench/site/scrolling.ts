import type { Page } from "playwright-core";
import type { Measured } from "./measured.ts";
import { pause } from "./measured.ts";
import type { Scene } from "./scene.ts";

const stepPx = 900;
/** A wheel that somebody turns without a rest. */
const stepMs = 40;

/** Up through some thousand messages by the wheel, and down again. What holds the page up for long is a long task. */
export async function measureScrolling(scene: Scene, messages: number): Promise<Measured[]> {
  const page = await scene.open();
  await page.goto(`/c/${scene.conversation}`);
  await page.locator(".message").nth(20).waitFor();
  await page.waitForLoadState("networkidle");
  await page.locator(".log").hover();
  await page.evaluate(noteLongTasks);
  const seen = new Set<string>();
  const see = async () => {
    for (const key of await keysOf(page)) seen.add(key);
  };
  for (await see(); seen.size < messages; await see()) await turn(page, -stepPx);
  for (let i = 0; i < 60; i++) await turn(page, stepPx);
  const tasks = await page.evaluate(() => (globalThis as unknown as { tasks: number[] }).tasks);
  await page.context().close();
  return [
    { item: `long tasks, ${messages} messages scrolled`, value: tasks.length, unit: "tasks", limit: 0 },
    { item: "longest of them", value: Math.round(Math.max(0, ...tasks)), unit: "ms" },
  ];
}

async function turn(page: Page, px: number): Promise<void> {
  await page.mouse.wheel(0, px);
  await pause(stepMs);
}

const keysOf = (page: Page): Promise<string[]> =>
  page.evaluate(() =>
    [...document.querySelectorAll<HTMLElement>(".message")].map(({ dataset }) => dataset.key as string),
  );

/** Runs in the page: from now on tasks of more than 50 ms are noted. */
function noteLongTasks(): void {
  const tasks: number[] = [];
  Object.assign(globalThis, { tasks });
  new PerformanceObserver((list) => tasks.push(...list.getEntries().map(({ duration }) => duration))).observe({
    type: "longtask",
  });
}
