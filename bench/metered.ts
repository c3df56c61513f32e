import { execFileSync } from "node:child_process";
import { join } from "node:path";
import { quietWrangler, root } from "../tools/build.ts";
import type { ProductOptions } from "../tools/product.ts";

/** Bundles the product that counts what it costs, and how often its objects wake. */
export function buildMetered(): NonNullable<ProductOptions["bundle"]> {
  const directory = join(root, "dist/metered");
  execFileSync("wrangler", ["deploy", "bench/worker/metered.ts", "--dry-run", "--outdir", directory], {
    cwd: root,
    env: { ...process.env, ...quietWrangler },
    stdio: "ignore",
  });
  return { directory, file: "metered.js" };
}
