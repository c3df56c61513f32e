import { parseArgs } from "node:util";
import { buildSdk, buildWorker } from "../tools/build.ts";

/**
 * `npm run bench -- NAME [--sizes 100,1000] [--in-flight 1,64] [--repeats 3] [--seconds 4] [--systems a,b]`. The benches kill
 * (`--kills 50`) and cuts (`--cuts 1000`) measure no speed: they look for what gets lost, with chance from `--seed`.
 */
const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    sizes: { type: "string" },
    "in-flight": { type: "string" },
    repeats: { type: "string" },
    seconds: { type: "string" },
    systems: { type: "string" },
    histories: { type: "string" },
    kills: { type: "string" },
    cuts: { type: "string" },
    seed: { type: "string" },
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
  case "cost": {
    const { cost, defaults } = await import("./cost.ts");
    await cost({
      ...defaults,
      sizes: numbers(values.sizes) ?? defaults.sizes,
      histories: numbers(values.histories) ?? defaults.histories,
      loneMessages: Number(values.repeats ?? defaults.loneMessages),
      steadySeconds: Number(values.seconds ?? defaults.steadySeconds),
    });
    break;
  }
  case "history": {
    const { history, defaults } = await import("./history.ts");
    await history({ ...defaults, histories: numbers(values.histories) ?? defaults.histories });
    break;
  }
  case "search": {
    const { search, defaults } = await import("./search.ts");
    await search({ ...defaults, histories: numbers(values.histories) ?? defaults.histories });
    break;
  }
  case "idle": {
    const { idle, defaults } = await import("./idle.ts");
    await idle({
      sockets: Number(values.sizes ?? defaults.sockets),
      seconds: Number(values.seconds ?? defaults.seconds),
    });
    break;
  }
  case "site": {
    const { site, defaults } = await import("./site.ts");
    await site({
      history: numbers(values.histories)?.[0] ?? defaults.history,
      runs: Number(values.repeats ?? defaults.runs),
      seconds: Number(values.seconds ?? defaults.seconds),
      scrolled: defaults.scrolled,
    });
    break;
  }
  case "sizes": {
    const { measureSizes } = await import("./sizes.ts");
    await measureSizes();
    break;
  }
  case "kill": {
    const { kill, defaults } = await import("./kill.ts");
    await kill({
      kills: Number(values.kills ?? defaults.kills),
      seconds: Number(values.seconds ?? defaults.seconds),
      seed: Number(values.seed ?? defaults.seed),
    });
    break;
  }
  case "cuts": {
    const { cut, defaults } = await import("./cuts.ts");
    await cut({ cuts: Number(values.cuts ?? defaults.cuts), seed: Number(values.seed ?? defaults.seed) });
    break;
  }
  default:
    console.error("Which bench? fanout, cost, history, search, idle, site, sizes, kill, cuts");
    process.exitCode = 2;
}
