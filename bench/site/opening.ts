import { median } from "../report.ts";
import type { Measured } from "./measured.ts";
import type { Scene } from "./scene.ts";

/** From the press on a row of the list to the picture with the conversation's last messages; each time as the first one. */
export async function measureOpening(scene: Scene, runs: number): Promise<Measured[]> {
  const times: number[] = [];
  for (let run = 0; run < runs; run++) {
    const page = await scene.open();
    await page.goto("/");
    const row = page.locator(".row", { hasText: scene.title });
    await row.waitFor();
    await page.waitForLoadState("networkidle");
    const painted = page.evaluate(waitForMessages);
    await row.click();
    times.push(await painted);
    await page.context().close();
  }
  return [{ item: "conversation of 100,000 opened", value: Math.round(median(times)), unit: "ms", limit: 300 }];
}

/** Runs in the page. @returns milliseconds from the press to the frame after the one that drew messages */
function waitForMessages(): Promise<number> {
  return new Promise((resolve) => {
    addEventListener(
      "pointerdown",
      ({ timeStamp }) => {
        const look = () => {
          if (document.querySelectorAll(".message").length > 20)
            requestAnimationFrame(() => resolve(performance.now() - timeStamp));
          else requestAnimationFrame(look);
        };
        look();
      },
      { capture: true, once: true },
    );
  });
}
