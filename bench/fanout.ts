import { performance } from "node:perf_hooks";
import { io, type Socket } from "socket.io-client";
import { WebSocket } from "ws";
import { type Ground, prepareGround } from "./ground.ts";
import { median, percentile, report, table } from "./report.ts";
import { freePort, System } from "./systems.ts";

/** One delivery system as the clients see it. */
interface Candidate {
  name: string;
  system: System;
  /** Opens the sockets of N users. */
  open(count: number): Promise<Crowd>;
}

interface Crowd {
  /** Sends message number `i`; `stored` is called when it is durable. */
  send(i: number, stored: () => void): void;
  /** Is told of every message number that a socket received. */
  heard: (i: number) => void;
  close(): Promise<void>;
}

/** The sender is one of the crowd, in the middle of it: neither served first nor last. */
const senderOf = (count: number): number => Math.floor(count / 2);

const body = (i: number): string =>
  JSON.stringify({ i, text: "Накладная 1041: двенадцать коробок, ворота 3. ".padEnd(60, ".") });
const numberOf = (text: string): number => Number(/"i\\?":(\d+)/.exec(text)?.[1] ?? -1);

/** The number in a plain body, or in an event that carries it as its text. */
const numberIn = (event: { i?: number; message?: { text: string } }): number =>
  event.i ?? numberOf(event.message?.text ?? "");

/** Reads frames of sockets that mostly hear the same bytes: equal frames are parsed once and counted for each socket. */
class Reader {
  private last: Buffer = Buffer.alloc(0);
  private numbers: number[] = [];
  private readonly parse: (text: string) => number[];

  constructor(parse: (text: string) => number[]) {
    this.parse = parse;
  }

  read(data: Buffer): number[] {
    if (data.length !== this.last.length || !data.equals(this.last)) {
      this.numbers = this.parse(data.toString("utf8"));
      this.last = Buffer.from(data);
    }
    return this.numbers;
  }
}

const connect = (url: string, protocols: string[] = []): Promise<WebSocket> =>
  new Promise((resolve, reject) => {
    const socket = new WebSocket(url, protocols, { perMessageDeflate: false, skipUTF8Validation: true });
    socket.once("open", () => resolve(socket));
    socket.once("error", reject);
  });

async function connectAll<Value>(count: number, one: (index: number) => Promise<Value>): Promise<Value[]> {
  const all: Value[] = [];
  for (let i = 0; i < count; i += 20) {
    all.push(...(await Promise.all(Array.from({ length: Math.min(20, count - i) }, (_, k) => one(i + k)))));
  }
  return all;
}

const closeAll = (sockets: WebSocket[]): Promise<unknown> =>
  Promise.all(
    sockets.map(
      (socket) =>
        new Promise((resolve) => {
          socket.once("close", resolve);
          socket.close();
        }),
    ),
  );

/** Systems that echo a message as it was sent, alone or in a list. */
function plain(name: string, system: System, url: string): Candidate {
  return {
    name,
    system,
    open: async (count) => {
      const waiting = new Map<number, () => void>();
      const crowd: Crowd = { send: () => undefined, heard: () => undefined, close: async () => undefined };
      const reader = new Reader((text) => [JSON.parse(text)].flat().map(numberIn));
      const sockets = await connectAll(count, async (index) => {
        const socket = await connect(url);
        socket.on("message", (data: Buffer) => {
          for (const i of reader.read(data)) {
            crowd.heard(i);
            // The sender's own copy is its answer: it left after the row was durable.
            if (index === senderOf(count)) waiting.get(i)?.();
          }
        });
        return socket;
      });
      crowd.send = (i, stored) => {
        waiting.set(i, stored);
        sockets[senderOf(count)]?.send(body(i));
      };
      crowd.close = async () => void (await closeAll(sockets));
      return crowd;
    },
  };
}

function socketio(system: System, url: string): Candidate {
  return {
    name: "socketio-sqlite",
    system,
    open: async (count) => {
      const waiting = new Map<number, () => void>();
      const crowd: Crowd = { send: () => undefined, heard: () => undefined, close: async () => undefined };
      const sockets = await connectAll(
        count,
        (index) =>
          new Promise<Socket>((resolve) => {
            const socket = io(url, { transports: ["websocket"], forceNew: true });
            socket.on("m", (text: string) => {
              const i = numberIn(JSON.parse(text));
              crowd.heard(i);
              if (index === senderOf(count)) waiting.get(i)?.();
            });
            socket.once("connect", () => resolve(socket));
          }),
      );
      crowd.send = (i, stored) => {
        waiting.set(i, stored);
        sockets[senderOf(count)]?.emit("m", body(i));
      };
      crowd.close = async () => {
        for (const socket of sockets) socket.disconnect();
      };
      return crowd;
    },
  };
}

/** The product: a group of N distinct members, all watching; posts and events through the conversation's socket. */
function beseda(system: System, ground: Ground): Candidate {
  return {
    name: "beseda",
    system,
    open: async (count) => {
      const members = ground.users.slice(0, count);
      const owner = ground.application.connectAs(members[0]?.id ?? "");
      const conversation = await owner
        .createConversation({ title: `Склад ${count}`, members: members.map(({ id }) => id) })
        .write();
      owner.close();
      const url = `${ground.origin.replace("http", "ws")}/api/v1/conversations/${conversation.id}/live?frames=bytes`;
      const waiting = new Map<number, () => void>();
      const crowd: Crowd = { send: () => undefined, heard: () => undefined, close: async () => undefined };
      const reader = new Reader((text) => {
        const frame = JSON.parse(text) as { type: string; events?: { message: { text: string } }[] };
        return frame.type === "events" ? (frame.events ?? []).map(({ message }) => numberOf(message.text)) : [];
      });
      // In flight until the sender has both the durable answer and its own copy, as with the other systems.
      const half = new Set<number>();
      const answered = (i: number): void => {
        if (!half.delete(i)) half.add(i);
        else waiting.get(i)?.();
      };
      const sockets = await connectAll(count, async (index) => {
        const socket = await connect(url, ["beseda.v1", `bearer.${members[index]?.token}`]);
        let unacknowledged = 0;
        socket.on("message", (data: Buffer) => {
          unacknowledged += data.length;
          if (unacknowledged > 1_000_000) {
            socket.send(JSON.stringify({ type: "acknowledge", received: unacknowledged }));
            unacknowledged = 0;
          }
          if (index === senderOf(count) && data.subarray(0, 16).toString() === '{"type":"answer"') {
            answered(Number(/"request":"(\d+)"/.exec(data.subarray(0, 64).toString())?.[1]));
            return;
          }
          for (const i of reader.read(data)) {
            crowd.heard(i);
            if (index === senderOf(count)) answered(i);
          }
        });
        return socket;
      });
      crowd.send = (i, stored) => {
        waiting.set(i, stored);
        sockets[senderOf(count)]?.send(
          JSON.stringify({ type: "post", request: String(i), message: { text: body(i), clientId: String(i) } }),
        );
      };
      crowd.close = async () => void (await closeAll(sockets));
      return crowd;
    },
  };
}

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
