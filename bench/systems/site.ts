import { openProduct } from "../../tools/product.ts";
import { buildMetered } from "../metered.ts";

/**
 * The product with its pages, on a direct port. Arguments: the port, a folder for its state, and "counting" for the bundle
 * that can write a long history at once.
 */
const [port, stateDirectory = "", bundle] = process.argv.slice(2);
const product = await openProduct({
  port: 0,
  directPort: Number(port),
  stateDirectory,
  ...(bundle === "counting" && { bundle: buildMetered() }),
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
  },
});
process.on("SIGTERM", () => void product.stop().finally(() => process.exit(0)));
console.log("ready");
