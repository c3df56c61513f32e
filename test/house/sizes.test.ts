import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { sizes } from "../../bench/sizes.ts";
import { root } from "../../tools/build.ts";

test.for(await sizes())("SIZES $item stays within its budget", ({ gzBytes, budget }) => {
  expect(gzBytes).toBeLessThanOrEqual(budget);
});

test("the pages are built as they are deployed, whoever builds them: no file of this machine is named in them", () => {
  const scripts = readdirSync(join(root, "dist/web"), { recursive: true, encoding: "utf8" }).filter((path) =>
    path.endsWith(".js"),
  );
  expect(scripts.length).toBeGreaterThan(10);
  expect(scripts.filter((path) => readFileSync(join(root, "dist/web", path), "utf8").includes(root))).toEqual([]);
});
