import { expect, test } from "vitest";
import { sizes } from "../../bench/sizes.ts";

test.for(await sizes())("SIZES $item stays within its budget", ({ gzBytes, budget }) => {
  expect(gzBytes).toBeLessThanOrEqual(budget);
});
