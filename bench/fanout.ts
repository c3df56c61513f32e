import { type ChildProcess, fork } from "node:child_process";
import { join } from "node:path";
import type { Answer, Kind, Order } from "./fanout/clients.ts";
import type { Target } from "./fanout/crowds.ts";
import type { Measured } from "./fanout/measure.ts";
import { type Ground, prepareGround } from "./ground.ts";
import { median, report, table } from "./report.ts";
import { freePort, System } from "./systems.ts";

/** One delivery system, and where its crowd connects. */
interface Candidate {
  name: string;
  kind: Kind;
  system: System;
  target(count: number): Promise<Target>;
}

/** The product: a group of N distinct members, all watching; posts and events through the conversation's socket. */
const product = (system: System, { application, origin, users }: Ground): Candidate => ({
  name: "beseda",
  kind: "beseda",
  system,
  target: async (count) => {
    const members = users.slice(0, count);
    const owner = application.connectAs(members[0]?.id ?? "");
    const conversation = await owner
      .createConversation({ title: `Склад ${count}`, members: members.map(({ id }) => id) })
      .write();
    owner.close();
    return {
      url: `${origin.replace("http", "ws")}/api/v1/conversations/${conversation.id}/live?frames=bytes`,
      tokens: members.map(({ token }) => token),
    };
  },
});

const peer = (name: string, kind: Kind, system: System, url: string): Candidate => ({
  name,
  kind,
  system,
  target: async () => ({ url }),
});

/** The sockets of one system, in a process of their own. */
class Clients {
  private readonly process: ChildProcess;

  constructor(kind: Kind) {
    this.process = fork(join(import.meta.dirname, "fanout/clients.ts"), [kind]);
  }

  private order(order: Order): Promise<Answer> {
    return new Promise((resolve, reject) => {
      const ended = (code: number | null): void => reject(new Error(`The clients ended with ${code}`));
      this.process.once("exit", ended);
      this.process.once("message", (answer: Answer) => {
        this.process.off("exit", ended);
        resolve(answer);
      });
      this.process.send(order);
    });
  }

  open(target: Target, count: number): Promise<unknown> {
    return this.order({ do: "open", target, count });
  }

  async measure(system: System, inFlight: number, seconds: number): Promise<Measured> {
    return (await this.order({ do: "measure", wanted: { inFlight, seconds, server: system.worker } })) as Measured;
  }

  close(): Promise<unknown> {
    return this.order({ do: "close" });
  }

  stop(): void {
    this.process.disconnect();
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
    product(runtime, ground),
    peer("bare-durable-object", "plain", runtime, `ws://127.0.0.1:${barePort}`),
    peer("ws-sqlite", "plain", started[0], `ws://127.0.0.1:${wsPort}`),
    peer("ws-sqlite-gathering", "plain", started[1], `ws://127.0.0.1:${gatherPort}`),
    peer("socketio-sqlite", "socketio", started[2], `http://127.0.0.1:${socketioPort}`),
  ].filter(({ name }) => systems.includes(name));
  const crowds = candidates.map(({ kind }) => new Clients(kind));
  const rows: object[] = [];
  for (const N of sizes) {
    // All crowds stay connected while they take turns, so that drift of the machine meets them alike.
    for (const [index, candidate] of candidates.entries()) await crowds[index]?.open(await candidate.target(N), N);
    for (const W of inFlight) {
      const measured = new Map<string, Measured[]>(candidates.map(({ name }) => [name, []]));
      for (let repeat = 0; repeat < repeats; repeat++) {
        for (const [index, candidate] of candidates.entries()) {
          const run = await crowds[index]?.measure(candidate.system, W, seconds);
          if (run) measured.get(candidate.name)?.push(run);
        }
      }
      for (const [system, runs] of measured) rows.push(report({ bench: "fanout", system, N, W, ...medians(runs) }));
    }
    for (const crowd of crowds) await crowd.close();
  }
  for (const crowd of crowds) crowd.stop();
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
