import { join } from "node:path";
import { defineConfig, type Plugin } from "vite";

/**
 * Pages ask for one address that never changes. Behind it stands only the name of the code, which changes with every
 * release: so the code itself can be kept for ever, and no page gets parts of two releases.
 */
const stableAddress = (): Plugin => ({
  name: "stable-address",
  generateBundle(_, bundle) {
    const entry = Object.values(bundle).find((chunk) => chunk.type === "chunk" && chunk.isEntry);
    if (!entry) throw new Error("There is nothing to embed");
    this.emitFile({
      type: "asset",
      fileName: "embed.js",
      source: `export * from ${JSON.stringify(`./${entry.fileName}`)};\n`,
    });
  },
});

/** What pages of other applications load: `/embed.js` and its chunks, beside the pages in dist/web. */
export default defineConfig({
  root: import.meta.dirname,
  logLevel: "warn",
  // Chunks name each other by where they are, not by the page that they run in.
  base: "./",
  publicDir: false,
  oxc: { jsx: { runtime: "automatic", importSource: "preact" } },
  plugins: [stableAddress()],
  build: {
    outDir: join(import.meta.dirname, "../dist/web"),
    emptyOutDir: false,
    target: "es2023",
    // Light or dark is the page's own choice, which is not known when this is built.
    cssTarget: ["chrome123", "firefox120", "safari17.5"],
    modulePreload: false,
    rolldownOptions: {
      input: { embed: join(import.meta.dirname, "embed/main.ts") },
      preserveEntrySignatures: "strict",
      output: { entryFileNames: "embed/[name]-[hash].js", chunkFileNames: "embed/[name]-[hash].js" },
    },
  },
});
