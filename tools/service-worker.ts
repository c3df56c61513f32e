import { createHash } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { buildSync } from "esbuild";
import { root } from "./build.ts";

/**
 * Builds the service worker as one file at an address that stays, because a browser finds the next version there. It knows
 * the files of the site, those of the reference left out, and changes whenever one of them does.
 */
export function buildServiceWorker(outDir: string): void {
  const files = readdirSync(join(outDir, "assets"))
    .filter((name) => /\.(?:js|css|woff2)$/.test(name) && !name.startsWith("api-"))
    .map((name) => `/assets/${name}`)
    .sort();
  const version = createHash("sha256")
    .update(readFileSync(join(outDir, "index.html")))
    .update(files.join())
    .digest("hex")
    .slice(0, 16);
  buildSync({
    entryPoints: [join(root, "web/worker/service-worker.ts")],
    outfile: join(outDir, "service-worker.js"),
    bundle: true,
    minify: true,
    format: "iife",
    target: "es2023",
    define: { SITE_FILES: JSON.stringify(files), SITE_VERSION: JSON.stringify(version) },
  });
}
