import { buildPages } from "../tools/build.ts";
import { report, table } from "./report.ts";
import { measureLoading } from "./site/loading.ts";
import type { Measured } from "./site/measured.ts";
import { measureOpening } from "./site/opening.ts";
import { openScene } from "./site/scene.ts";
import { measureScrolling } from "./site/scrolling.ts";
import { measureTyping } from "./site/typing.ts";

export interface SiteOptions {
  /** Messages of the conversation. */
  history: number;
  runs: number;
  /** How long somebody types. */
  seconds: number;
  scrolled: number;
}

export const defaults: SiteOptions = { history: 100_000, runs: 9, seconds: 30, scrolled: 3_000 };

/** What people feel of the site, in a real browser that shares the machine with the server. */
export async function site({ history, runs, seconds, scrolled }: SiteOptions): Promise<void> {
  await buildPages();
  const scene = await openScene(history);
  try {
    const measured: Measured[] = [];
    for (const measure of [
      () => measureLoading(scene, runs),
      () => measureOpening(scene, runs),
      () => measureScrolling(scene, scrolled),
      () => measureTyping(scene, seconds),
    ])
      measured.push(...(await measure()).map((one) => report({ bench: "site", ...one })));
    table(measured);
  } finally {
    await scene.close();
  }
}
