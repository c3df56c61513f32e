import { renameSync, rmSync } from "node:fs";
import { join } from "node:path";
import { defineConfig, type Plugin, type Rolldown } from "vite";
import { buildServiceWorker } from "../tools/service-worker.ts";

const outDir = join(import.meta.dirname, "../dist/web");

/** Each page stands in the folder of its source; the site is the one that is served at `/`. */
const siteAtTheTop = (): Plugin => ({
  name: "site-at-the-top",
  apply: "build",
  closeBundle() {
    renameSync(join(outDir, "site/index.html"), join(outDir, "index.html"));
    rmSync(join(outDir, "site"), { recursive: true });
    buildServiceWorker(outDir);
  },
});

const site = join(import.meta.dirname, "site/main.tsx");
const isOfFirst = new Map<string, boolean>([[site, true]]);

/** Is a module loaded with the first screen, and not only by what comes later? */
function comesFirst(id: string, modules: Pick<Rolldown.PluginContext, "getModuleInfo">): boolean {
  const known = isOfFirst.get(id);
  if (known !== undefined) return known;
  // Whoever comes by again, in a circle, learns nothing new.
  isOfFirst.set(id, false);
  const answer = modules.getModuleInfo(id)?.importers.some((importer) => comesFirst(importer, modules)) ?? false;
  isOfFirst.set(id, answer);
  return answer;
}

/** What parts share is one file for the first screen, and one for all that comes behind it. */
const fileOf = (id: string, modules: Pick<Rolldown.PluginContext, "getModuleInfo">): string =>
  comesFirst(id, modules) ? "common" : "later";

/** Pages are built into dist/web, which the Worker serves as static assets. */
export default defineConfig({
  root: import.meta.dirname,
  logLevel: "warn",
  oxc: { jsx: { runtime: "automatic", importSource: "preact" } },
  plugins: [siteAtTheTop()],
  build: {
    outDir,
    emptyOutDir: true,
    target: "es2023",
    // A strict content security policy allows no inline script, and Vite's polyfill for old browsers is one.
    modulePreload: { polyfill: false },
    assetsInlineLimit: 0,
    rolldownOptions: {
      input: {
        api: join(import.meta.dirname, "api/index.html"),
        site: join(import.meta.dirname, "site/index.html"),
      },
      // What parts have in common comes in one file: each of many small ones costs a request before anything can be typed.
      output: { codeSplitting: { groups: [{ name: fileOf, minShareCount: 2, test: /\.tsx?$|node_modules/ }] } },
    },
  },
});
