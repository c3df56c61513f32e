import { openProduct, type ProductOptions } from "../../../tools/product.ts";

/** The whole product in this process, for {@link Server}. Argument: the options as JSON. */
const options = JSON.parse(process.argv[2] ?? "") as ProductOptions;
const product = await openProduct(options);
const stop = () => void product.stop().finally(() => process.exit(0));
process.once("SIGTERM", stop);
process.stdin.resume().once("end", stop);
console.log("The product is open");
