import type { Page } from "playwright-core";
import { percentile } from "../report.ts";
import type { Measured } from "./measured.ts";
import { pause } from "./measured.ts";
import type { Scene } from "./scene.ts";

const perSecond = 200;
const betweenKeysMs = 120;
/** The Event Timing API tells of nothing shorter, and counts in steps of eight. */
const shortestMs = 16;

/** Somebody types while others write 200 messages a second. How long until a key is painted? */
export async function measureTyping(scene: Scene, seconds: number): Promise<Measured[]> {
  const page = await scene.open();
  await page.goto(`/c/${scene.conversation}`);
  await page.locator(".composer textarea").focus();
  await page.waitForLoadState("networkidle");
  const keys = Math.round((seconds * 1000) / betweenKeysMs);
  const alone = await press(page, Math.round(keys / 3));
  const rain = await makeItRain(scene);
  await pause(2_000);
  const [heardBefore, start] = [await newest(page), performance.now()];
  const { times, longTasks } = await press(page, keys);
  const arrived = ((await newest(page)) - heardBefore) / ((performance.now() - start) / 1000);
  await rain.stop();
  await page.context().close();
  return [
    { item: "key painted while nobody writes, p50", value: percentile(alone.times, 50), unit: "ms" },
    { item: "key painted while nobody writes, p95", value: percentile(alone.times, 95), unit: "ms" },
    { item: "messages a second that arrived", value: Math.round(arrived), unit: "messages" },
    { item: "key painted, p50", value: percentile(times, 50), unit: "ms" },
    { item: "key painted, p95", value: percentile(times, 95), unit: "ms", limit: 32 },
    { item: "key painted, p99", value: percentile(times, 99), unit: "ms", limit: 32 },
    { item: "key painted, slowest", value: Math.max(...times), unit: "ms" },
    { item: "long tasks meanwhile", value: longTasks, unit: "tasks" },
  ];
}

/** Presses keys at an even pace. @returns how long each took to be painted */
async function press(page: Page, keys: number): Promise<{ times: number[]; longTasks: number }> {
  const field = page.locator(".composer textarea");
  await field.fill("");
  await page.evaluate(noteKeys);
  for (let i = 0; i < keys; i++) {
    await page.keyboard.press("a");
    await pause(betweenKeysMs);
  }
  await pause(500);
  const { slow, tasks } = await page.evaluate(() => {
    const { slow, tasks } = globalThis as unknown as { slow: number[]; tasks: number[] };
    return { slow, tasks };
  });
  if ((await field.inputValue()).length !== keys) throw new Error("Keys got lost");
  const quick = Array.from({ length: Math.max(0, keys - slow.length) }, () => shortestMs);
  return { times: [...slow, ...quick], longTasks: tasks.length };
}

/** Number of the newest message on the page. */
const newest = async (page: Page): Promise<number> =>
  Number(await page.locator(".message").last().getAttribute("data-key"));

/** Messages at an even pace, whatever the timers do. */
async function makeItRain({ writer, conversation }: Scene): Promise<{ stop: () => Promise<void> }> {
  const live = await writer.subscribe(conversation, {});
  const start = performance.now();
  const sent: Promise<unknown>[] = [];
  const timer = setInterval(() => {
    const due = ((performance.now() - start) * perSecond) / 1000;
    while (sent.length < due) {
      const answer = live.send({ text: `Накладная ${sent.length}: двенадцать коробок, ворота 3.` });
      // Whether it went is looked at in the end.
      answer.catch(() => undefined);
      sent.push(answer);
    }
  }, 5);
  return {
    stop: async () => {
      clearInterval(timer);
      await Promise.all(sent);
      live.detach();
    },
  };
}

/** Runs in the page: from now on the time of each key is noted, from the press to the picture. */
function noteKeys(): void {
  const slow: number[] = [];
  const tasks: number[] = [];
  Object.assign(globalThis, { slow, tasks });
  new PerformanceObserver((list) => {
    for (const { name, duration } of list.getEntries()) if (name === "keydown") slow.push(duration);
  }).observe({ type: "event", durationThreshold: 16 } as PerformanceObserverInit);
  new PerformanceObserver((list) => tasks.push(...list.getEntries().map(({ duration }) => duration))).observe({
    type: "longtask",
  });
}
