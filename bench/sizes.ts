import { readdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
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

/** What a file of dist/web loads at once, itself included. */
function loadedWith(path: string, known = new Set<string>()): Set<string> {
  if (known.has(path)) return known;
  known.add(path);
  const code = readFileSync(join(root, "dist/web", path), "utf8");
  for (const [, to = ""] of code.matchAll(/(?:from|import) ?"(\.[^"]+)"/g)) loadedWith(join(dirname(path), to), known);
  return known;
}

/** Every script of an embedded conversation: before it is opened, and once it is. */
function embedded(): { command: number; conversation: number } {
  const command = loadedWith("embed.js");
  const panel = readdirSync(join(root, "dist/web/embed")).find((file) => file.startsWith("panel-"));
  const sum = (paths: Set<string>) =>
    [...paths].reduce((total, path) => total + zipped(readFileSync(join(root, "dist/web", path))), 0);
  return { command: sum(command), conversation: sum(loadedWith(`embed/${panel}`, new Set(command))) };
}

/** What travels to browsers and to the edge, zipped. The Worker's bundle must have been built. */
export async function sizes(): Promise<Size[]> {
  const { command, conversation } = embedded();
  return [
    { item: "beseda/client", gzBytes: await bundled("src/sdk/client/index.ts"), budget: 15 * 1024 },
    { item: "site, first screen", gzBytes: firstScreen(), budget: 60 * 1024 },
    { item: "embedded, before it is opened", gzBytes: command, budget: 30 * 1024 },
    { item: "embedded, opened", gzBytes: conversation, budget: 60 * 1024 },
    { item: "worker", gzBytes: zipped(readFileSync(join(workerDirectory, "worker.js"))), budget: 350 * 1024 },
  ];
}

export async function measureSizes(): Promise<void> {
  table((await sizes()).map((size) => report({ bench: "sizes", ...size })));
}
