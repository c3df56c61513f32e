import { type ChildProcess, spawn } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import { createServer } from "node:net";
import { join } from "node:path";
import { root } from "../tools/build.ts";

/** A port nobody uses. */
export const freePort = (): Promise<number> =>
  new Promise((resolve, reject) => {
    const server = createServer();
    server.once("error", reject);
    server.listen(0, "127.0.0.1", () => {
      const { port } = server.address() as { port: number };
      server.close(() => resolve(port));
    });
  });

/** Clock ticks a second, as Linux counts CPU time in /proc. */
const ticks = 100;

/** A system under measurement, in a process of its own. */
export class System {
  readonly process: ChildProcess;
  /** The process that does the work: the runtime below node, or node itself. */
  worker = 0;

  private constructor(process: ChildProcess) {
    this.process = process;
  }

  /** Starts a script of bench/systems and waits until it says that it is ready. */
  static async start(script: string, args: (string | number)[], inRuntime = false): Promise<System> {
    const child = spawn(process.execPath, [join(root, "bench/systems", script), ...args.map(String)], {
      stdio: ["ignore", "pipe", "inherit"],
    });
    const system = new System(child);
    await new Promise<void>((resolve, reject) => {
      child.stdout?.on("data", (data) => String(data).includes("ready") && resolve());
      child.once("exit", (code) => reject(new Error(`${script} ended with ${code}`)));
    });
    system.worker = inRuntime ? childOf(child.pid as number, "workerd") : (child.pid as number);
    return system;
  }

  /** CPU seconds of the working process so far. */
  cpuSeconds(): number {
    return cpuSecondsOf(this.worker);
  }

  /** Resident memory of the working process, in bytes. */
  memory(): number {
    return memoryOf(this.worker);
  }

  async stop(): Promise<void> {
    const ended = new Promise((resolve) => this.process.once("exit", resolve));
    this.process.kill("SIGTERM");
    const timer = setTimeout(() => this.process.kill("SIGKILL"), 5_000);
    await ended;
    clearTimeout(timer);
  }
}

/** CPU seconds of a process so far. */
export function cpuSecondsOf(process: number): number {
  const fields = readFileSync(`/proc/${process}/stat`, "utf8").split(") ")[1]?.split(" ") ?? [];
  return (Number(fields[11]) + Number(fields[12])) / ticks;
}

/** Resident memory of a process, in bytes. */
export function memoryOf(process: number): number {
  const kilobytes = /VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${process}/status`, "utf8"))?.[1];
  return Number(kilobytes) * 1024;
}

/** The child of a process whose command has this name. */
export function childOf(parent: number, name: string): number {
  for (const entry of readdirSync("/proc").filter((entry) => /^\d+$/.test(entry))) {
    try {
      const stat = readFileSync(`/proc/${entry}/stat`, "utf8");
      if (stat.includes(`(${name}`) && Number(stat.split(") ")[1]?.split(" ")[1]) === parent) return Number(entry);
    } catch {
      // It ended meanwhile.
    }
  }
  throw new Error(`No ${name} below ${parent}`);
}
