import { performance } from "node:perf_hooks";
import { beseda, type Candidate, type Crowd, plain, socketio } from "./crowds.ts";
import { prepareGround } from "./ground.ts";
import { median, percentile, report, table } from "./report.ts";
import { freePort, System } from "./systems.ts";

interface Measured {
  deliveriesPerSecond: number;
  p50Ms: number;
  p99Ms: number;
  cpuUsPerDelivery: number;
  /** 100 = one core: which side was the bottleneck. */
  serverCpuPercent: number;
  clientCpuPercent: number;
}

/** Number of the last message of this run: numbers never repeat, so that late ones are told apart. */
let lastNumber = 0;

/** Keeps W messages in flight for some seconds and counts what all clients parsed. */
async function measure({ system }: Candidate, crowd: Crowd, inFlight: number, seconds: number): Promise<Measured> {
  const sentAt = new Map<number, number>();
  const latencies: number[] = [];
  let heard = 0;
  let counted = 0;
  let state: "warming" | "counting" | "ended" = "warming";
  const sendNext = (): void => {
    const i = ++lastNumber;
    sentAt.set(i, performance.now());
    crowd.send(i, () => state !== "ended" && sendNext());
  };
  crowd.heard = (i) => {
    heard++;
    if (state !== "counting") return;
    counted++;
    if (counted % 97 === 0) latencies.push(performance.now() - (sentAt.get(i) ?? 0));
  };
  for (let k = 0; k < inFlight; k++) sendNext();
  await pause(500);
  state = "counting";
  const [cpu, start, own] = [system.cpuSeconds(), performance.now(), process.cpuUsage()];
  await pause(seconds * 1_000);
  const elapsed = (performance.now() - start) / 1_000;
  const used = system.cpuSeconds() - cpu;
  const { user, system: kernel } = process.cpuUsage(own);
  state = "ended";
  await quiet(() => heard);
  return {
    deliveriesPerSecond: Math.round(counted / elapsed),
    p50Ms: percentile(latencies, 50),
    p99Ms: percentile(latencies, 99),
    cpuUsPerDelivery: Math.round((used / Math.max(1, counted)) * 1e8) / 100,
    serverCpuPercent: Math.round((used / elapsed) * 100),
    clientCpuPercent: Math.round((user + kernel) / 1e4 / elapsed),
  };
}

const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

/** Waits until nothing more arrives: what is under way must not fall into the next measurement. */
async function quiet(count: () => number): Promise<void> {
  for (let before = -1, i = 0; before !== count() && i < 60; i++) {
    before = count();
    await pause(400);
  }
}

export interface FanoutOptions {
  sizes: number[];
  inFlight: number[];
  repeats: number;
  seconds: number;
  systems: string[];
}

export const defaults: FanoutOptions = {
  sizes: [100, 1000, 3000],
  inFlight: [1, 8, 64],
  repeats: 5,
  seconds: 2,
  systems: ["beseda", "bare-durable-object", "ws-sqlite", "ws-sqlite-gathering", "socketio-sqlite"],
};

/** All systems in one run, in turn, each combination several times; medians are printed. */
export async function fanout({ sizes, inFlight, repeats, seconds, systems }: FanoutOptions): Promise<void> {
  const [port, barePort, wsPort, gatherPort, socketioPort] = await Promise.all([
    freePort(),
    freePort(),
    freePort(),
    freePort(),
    freePort(),
  ]);
  const runtime = await System.start("beseda.ts", [port, barePort], true);
  const ground = await prepareGround(`http://127.0.0.1:${port}`, Math.max(...sizes));
  const started = [
    await System.start("ws-sqlite.ts", [wsPort]),
    await System.start("ws-sqlite.ts", [gatherPort, "gathers"]),
    await System.start("socketio-sqlite.ts", [socketioPort]),
  ] as const;
  const candidates = [
    beseda(runtime, ground),
    plain("bare-durable-object", runtime, `ws://127.0.0.1:${barePort}`),
    plain("ws-sqlite", started[0], `ws://127.0.0.1:${wsPort}`),
    plain("ws-sqlite-gathering", started[1], `ws://127.0.0.1:${gatherPort}`),
    socketio(started[2], `http://127.0.0.1:${socketioPort}`),
  ].filter(({ name }) => systems.includes(name));
  const rows: object[] = [];
  for (const N of sizes) {
    // All crowds stay connected while they take turns, so that drift of the machine meets them alike.
    const crowds: Crowd[] = [];
    for (const candidate of candidates) crowds.push(await candidate.open(N));
    for (const W of inFlight) {
      const measured = new Map<string, Measured[]>(candidates.map(({ name }) => [name, []]));
      for (let repeat = 0; repeat < repeats; repeat++) {
        for (const [index, candidate] of candidates.entries()) {
          measured.get(candidate.name)?.push(await measure(candidate, crowds[index] as Crowd, W, seconds));
        }
      }
      for (const [system, runs] of measured) rows.push(report({ bench: "fanout", system, N, W, ...medians(runs) }));
    }
    for (const crowd of crowds) await crowd.close();
  }
  table(rows);
  console.log(
    "Lifted for this bench: posts per sender (20 a second, burst 100) and requests per caller (1,200 a minute). Dispatch to inboxes on, all N members watch.",
  );
  await Promise.all([runtime, ...started].map((system) => system.stop()));
}

const medians = (runs: Measured[]): Measured => ({
  deliveriesPerSecond: median(runs.map((run) => run.deliveriesPerSecond)),
  p50Ms: median(runs.map((run) => run.p50Ms)),
  p99Ms: median(runs.map((run) => run.p99Ms)),
  cpuUsPerDelivery: median(runs.map((run) => run.cpuUsPerDelivery)),
  serverCpuPercent: median(runs.map((run) => run.serverCpuPercent)),
  clientCpuPercent: median(runs.map((run) => run.clientCpuPercent)),
});
