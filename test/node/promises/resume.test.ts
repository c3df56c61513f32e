import { expect } from "vitest";
import { test } from "../../support/node/test.ts";
import { ResumeHarness } from "../../support/resume/harness.ts";

const cuts = 40;

test("R4 a reader whose line breaks anywhere gets every event once, in order, without reloading", async ({
  server,
}) => {
  const report = await (await ResumeHarness.open(server, 1)).byHand(cuts);
  expect(report.complaints).toEqual([]);
  expect(report.cuts).toBeGreaterThanOrEqual(cuts);
  expect(report.events).toBeGreaterThan(100);
});

test("R3 R4 the SDK on such a line tells its handlers the log, and what it sends is stored once", async ({
  server,
}) => {
  const report = await (await ResumeHarness.open(server, 2)).bySdk(cuts);
  expect(report.complaints).toEqual([]);
  expect(report.cuts).toBeGreaterThanOrEqual(cuts);
});
