import { readFileSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { build } from "esbuild";
import { root, workerDirectory } from "../tools/build.ts";
import { report, table } from "./report.ts";

export interface Size {
  item: string;
  gzBytes: number;
  /** What it may be at most. */
  budget: number;
}

/** Bytes as they travel. */
export const zipped = (content: string | Uint8Array): number => gzipSync(content, { level: 9 }).byteLength;

/** An entry of the SDK as a page would load it: one file, minified. */
async function bundled(entry: string): Promise<number> {
  const { outputFiles } = await build({
    absWorkingDir: root,
    entryPoints: [entry],
    bundle: true,
    minify: true,
    format: "esm",
    target: "es2022",
    write: false,
  });
  return zipped(outputFiles[0]?.contents ?? "");
}

/** Every script that a browser loads before it shows the site. The pages must have been built. */
function firstScreen(): number {
  const page = readFileSync(join(root, "dist/web/index.html"), "utf8");
  const scripts = [...page.matchAll(/(?:src|href)="(\/assets\/[^"]+\.js)"/g)].map(([, path = ""]) => path);
  return scripts.reduce((sum, path) => sum + zipped(readFileSync(join(root, "dist/web", path))), 0);
}

/** What travels to browsers and to the edge, zipped. The Worker's bundle must have been built. */
export async function sizes(): Promise<Size[]> {
  return [
    { item: "beseda/client", gzBytes: await bundled("src/sdk/client/index.ts"), budget: 15 * 1024 },
    { item: "site, first screen", gzBytes: firstScreen(), budget: 60 * 1024 },
    { item: "worker", gzBytes: zipped(readFileSync(join(workerDirectory, "worker.js"))), budget: 350 * 1024 },
  ];
}

export async function measureSizes(): Promise<void> {
  table((await sizes()).map((size) => report({ bench: "sizes", ...size })));
}
