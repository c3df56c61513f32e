import { expect, test } from "vitest";
import { KillHarness } from "../../support/kill/harness.ts";

/** Lives of the server in this test; `npm run bench -- kill --kills 50` takes more. */
const kills = 3;
const seconds = 4;

test("R1 R2 R3 a server killed under load has lost nothing acknowledged, keeps one order and stores no repeat twice", async () => {
  const harness = await KillHarness.open(1);
  let unanswered = 0;
  try {
    for (let kill = 0; kill < kills; kill++) {
      const report = await harness.round(seconds);
      expect(report.complaints).toEqual([]);
      expect(report.acknowledged).toBeGreaterThan(100);
      unanswered += report.unanswered;
    }
  } finally {
    await harness.close();
  }
  // The premise: the kills came in the middle of work.
  expect(unanswered).toBeGreaterThan(0);
});
