import { execFile } from "node:child_process";
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";
import { allowFiles } from "./files-origin.ts";

const run = promisify(execFile);
export const root = join(import.meta.dirname, "..");
export const workerDirectory = join(root, "dist/worker");

/** Wrangler without banner, telemetry and questions. */
export const quietWrangler = {
  WRANGLER_SEND_METRICS: "false",
  CLOUDFLARE_CF_FETCH_ENABLED: "false",
  WRANGLER_LOG: "error",
};

function newestIn(...paths: string[]): number {
  let newest = 0;
  for (const path of paths) {
    const whole = join(root, path);
    const files = statSync(whole).isDirectory()
      ? readdirSync(whole, { recursive: true, encoding: "utf8" }).map((file) => join(whole, file))
      : [whole];
    for (const file of files) newest = Math.max(newest, statSync(file).mtimeMs);
  }
  return newest;
}

const isOlder = (product: string, ...sources: string[]): boolean => {
  const whole = join(root, product);
  return !existsSync(whole) || statSync(whole).mtimeMs < newestIn(...sources);
};

/** The very bundle that is deployed; made anew when a source is younger. */
export async function buildWorker(): Promise<void> {
  if (!isOlder("dist/worker/worker.js", "src", "durable-objects", "migrations", "wrangler.toml", "package.json"))
    return;
  // Files of an earlier bundle would be loaded beside the new one.
  rmSync(workerDirectory, { recursive: true, force: true });
  // Wrangler asks for the folder of the pages, whether they are built by now or not.
  mkdirSync(join(root, "dist/web"), { recursive: true });
  await run("wrangler", ["deploy", "--dry-run", "--outdir", "dist/worker", "--metafile"], {
    cwd: root,
    env: { ...process.env, ...quietWrangler },
  });
}

/** The packages `beseda/client` and `beseda/server` as JavaScript with types, and the types of `beseda/embed`. */
export async function buildSdk(): Promise<void> {
  if (!isOlder("dist/package/sdk/client/index.js", "src/sdk", "src/protocol", "package.json")) return;
  await run("tsc", ["-p", "tsconfig.sdk.json"], { cwd: root });
}

/** Pages served as they are, and beside them what pages of other applications embed. */
export async function buildPages(filesOrigin = process.env.FILES_ORIGIN ?? ""): Promise<void> {
  if (isOlder("dist/web/embed.js", "web", "src/sdk", "src/protocol", "package.json")) {
    for (const config of ["web/vite.config.ts", "web/vite.embed.config.ts"])
      await run("vite", ["build", "-c", config], pages);
  }
  const headers = readFileSync(join(root, "web/public/_headers"), "utf8");
  writeFileSync(join(root, "dist/web/_headers"), allowFiles(headers, filesOrigin));
}

/** Tests set another NODE_ENV, with which pages would be made for development: larger, and full of this machine's paths. */
const pages = { cwd: root, env: { ...process.env, NODE_ENV: "production" } };

if (process.argv[1] === import.meta.filename) await Promise.all([buildWorker(), buildSdk(), buildPages()]);
