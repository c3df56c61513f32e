import { parseArgs } from "node:util";
import { buildSdk, buildWorker } from "../tools/build.ts";

/** `npm run bench -- NAME [--sizes 100,1000] [--in-flight 1,64] [--repeats 3] [--seconds 4] [--systems a,b]` */
const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    sizes: { type: "string" },
    "in-flight": { type: "string" },
    repeats: { type: "string" },
    seconds: { type: "string" },
    systems: { type: "string" },
  },
});
const numbers = (list: string | undefined): number[] | undefined => list?.split(",").map(Number);
await Promise.all([buildWorker(), buildSdk()]);
const [name] = positionals;
switch (name) {
  case "fanout": {
    const { fanout, defaults } = await import("./fanout.ts");
    await fanout({
      sizes: numbers(values.sizes) ?? defaults.sizes,
      inFlight: numbers(values["in-flight"]) ?? defaults.inFlight,
      repeats: Number(values.repeats ?? defaults.repeats),
      seconds: Number(values.seconds ?? defaults.seconds),
      systems: values.systems?.split(",") ?? defaults.systems,
    });
    break;
  }
  default:
    console.error("Which bench? fanout, cost, history, idle, sizes");
    process.exitCode = 2;
}
