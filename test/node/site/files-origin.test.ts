import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { root } from "../../../tools/build.ts";
import { allowFiles } from "../../../tools/files-origin.ts";

const headers = readFileSync(join(root, "web/public/_headers"), "utf8");

test("pages may show files that come from an address of their own, and nothing else may come from there", () => {
  const policy = /Content-Security-Policy: (.*)/.exec(allowFiles(headers, "https://files.beseda.example/"))?.[1] ?? "";
  const rules = policy.split("; ").filter((rule) => rule.includes("https://files.beseda.example"));
  expect(rules).toEqual([
    "img-src 'self' https://files.beseda.example blob: data:",
    "media-src 'self' https://files.beseda.example blob:",
  ]);
});

test("the policy of pages whose files have no address of their own stands as it is written", () => {
  expect(allowFiles(headers, "")).toBe(headers);
  for (const odd of ["files.beseda.example", "data:text/plain,x", "https:"])
    expect(() => allowFiles(headers, odd)).toThrow();
});
