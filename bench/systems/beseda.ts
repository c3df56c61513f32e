import { mkdtempSync, readFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { openProduct } from "../../tools/product.ts";

/**
 * The whole product and the bare object, as two workers of one runtime, each with a direct socket past the dev proxy.
 * Arguments: port of the product, port of the bare object.
 */
const [port, barePort] = process.argv.slice(2).map(Number) as [number, number];
export const lifted = { POSTS_PER_SECOND: "1000000", POSTS_BURST: "1000000" };
const bare = {
  name: "bare",
  modules: [
    {
      type: "ESModule",
      path: "bare.js",
      contents: readFileSync(join(import.meta.dirname, "../worker/bare.js"), "utf8"),
    },
  ],
  compatibilityDate: "2026-11-01",
  durableObjects: { ROOM: { className: "Room", useSQLite: true } },
  unsafeDirectSockets: [{ host: "127.0.0.1", port: barePort, proxy: false }],
};
const product = await openProduct({
  port: 0,
  withoutPages: true,
  directPort: port,
  stateDirectory: mkdtempSync(join(tmpdir(), "bench-")),
  variables: {
    BESEDA_SECRET: "a secret of the bench, long enough to be one",
    BESEDA_ORIGIN: `http://127.0.0.1:${port}`,
    MAIL_THROUGH: "local",
    ...lifted,
  },
  limits: { CALLER_LIMIT: { limit: 1_000_000, period: 60 }, REGISTRATION_LIMIT: { limit: 1_000_000, period: 60 } },
  neighbours: [bare],
});
process.on("SIGTERM", () => void product.stop().finally(() => process.exit(0)));
console.log("ready");
