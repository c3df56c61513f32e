import { performance } from "node:perf_hooks";
import { percentile } from "../report.ts";
import { cpuSecondsOf } from "../systems.ts";
import type { Crowd } from "./crowds.ts";

export interface Measured {
  deliveriesPerSecond: number;
  p50Ms: number;
  p99Ms: number;
  cpuUsPerDelivery: number;
  /** 100 = one core: which side was the bottleneck. */
  serverCpuPercent: number;
  clientCpuPercent: number;
}

export interface Wanted {
  inFlight: number;
  seconds: number;
  /** The process whose CPU time is the system's. */
  server: number;
}

/** Number of the last message of this process: numbers never repeat, so that late ones are told apart. */
let lastNumber = 0;

/** Keeps W messages in flight for some seconds and counts what all clients parsed. */
export async function measure(crowd: Crowd, { inFlight, seconds, server }: Wanted): Promise<Measured> {
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
  const [cpu, start, own] = [cpuSecondsOf(server), performance.now(), process.cpuUsage()];
  await pause(seconds * 1_000);
  const elapsed = (performance.now() - start) / 1_000;
  const used = cpuSecondsOf(server) - cpu;
  const { user, system } = process.cpuUsage(own);
  state = "ended";
  await quiet(() => heard);
  return {
    deliveriesPerSecond: Math.round(counted / elapsed),
    p50Ms: percentile(latencies, 50),
    p99Ms: percentile(latencies, 99),
    cpuUsPerDelivery: Math.round((used / Math.max(1, counted)) * 1e8) / 100,
    serverCpuPercent: Math.round((used / elapsed) * 100),
    clientCpuPercent: Math.round((user + system) / 1e4 / elapsed),
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
