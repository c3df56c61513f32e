import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { openProduct } from "../../tools/product.ts";
import { buildMetered } from "../metered.ts";

/** The counting product on a direct port. Argument: the port. */
const [port] = process.argv.slice(2).map(Number) as [number];
const product = await openProduct({
  port: 0,
  withoutPages: true,
  directPort: port,
  stateDirectory: mkdtempSync(join(tmpdir(), "bench-")),
  bundle: buildMetered(),
  variables: {
    BESEDA_SECRET: "a secret of the bench, long enough to be one",
    BESEDA_ORIGIN: `http://127.0.0.1:${port}`,
    MAIL_THROUGH: "local",
    POSTS_PER_SECOND: "1000000",
    POSTS_BURST: "1000000",
  },
  limits: {
    CALLER_LIMIT: { limit: 1_000_000, period: 60 },
    REGISTRATION_LIMIT: { limit: 1_000_000, period: 60 },
    SEARCH_LIMIT: { limit: 1_000_000, period: 60 },
  },
});
process.on("SIGTERM", () => void product.stop().finally(() => process.exit(0)));
console.log("ready");
