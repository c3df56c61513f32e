import { join } from "node:path";
import { defineConfig } from "vite";

/** Pages are built into dist/web, which the Worker serves as static assets. */
export default defineConfig({
  root: import.meta.dirname,
  logLevel: "warn",
  oxc: { jsx: { runtime: "automatic", importSource: "preact" } },
  build: {
    outDir: join(import.meta.dirname, "../dist/web"),
    emptyOutDir: true,
    // A strict content security policy allows no inline script, and Vite's polyfill for old browsers is one.
    modulePreload: { polyfill: false },
    rolldownOptions: { input: { api: join(import.meta.dirname, "api/index.html") } },
  },
});
