import { type ChildProcess, spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { childOf, freePort, memoryOf } from "../../../bench/systems.ts";
import { quietWrangler } from "../../../tools/build.ts";
import type { ProductOptions } from "../../../tools/product.ts";
import { newPushKeys } from "../../../tools/push-keys.ts";

const pushKeys = newPushKeys();

/** Rates that no test reaches by accident. */
const lifted = {
  variables: { POSTS_PER_SECOND: "1000000", POSTS_BURST: "1000000" },
  limits: {
    CALLER_LIMIT: { limit: 1_000_000, period: 60 },
    LINK_LIMIT: { limit: 1_000_000, period: 60 },
    REGISTRATION_LIMIT: { limit: 1_000_000, period: 60 },
    SEARCH_LIMIT: { limit: 1_000_000, period: 60 },
  },
} satisfies Partial<ProductOptions>;

export const serverSecret = "a secret of the tests, long enough to be one";

/**
 * The whole product, as it is deployed, in a process group of its own: it can be killed like a machine that loses power
 * and started again on the same state and port.
 */
export class Server {
  readonly variables: Record<string, string>;
  readonly limits: ProductOptions["limits"];
  private readonly bundle: ProductOptions["bundle"];
  private readonly outside: string | undefined;
  /** Everything it ever wrote to its two outputs. */
  output = "";
  private port = 0;
  private process: ChildProcess | undefined;
  private readonly stateDirectory = mkdtempSync(join(tmpdir(), "beseda-"));

  constructor({ variables = {}, limits = {}, bundle, outside }: Partial<ProductOptions> = {}) {
    this.bundle = bundle;
    this.outside = outside;
    this.variables = { ...lifted.variables, ...variables };
    this.limits = { ...lifted.limits, ...limits } as ProductOptions["limits"];
  }

  get origin(): string {
    return `http://127.0.0.1:${this.port}`;
  }

  /** Starts it, or starts it again. Resolves when it answers. */
  async start(): Promise<this> {
    if (this.port === 0) this.port = await freePort();
    const options = {
      port: this.port,
      stateDirectory: this.stateDirectory,
      variables: {
        BESEDA_SECRET: serverSecret,
        BESEDA_ORIGIN: this.origin,
        MAIL_THROUGH: "local",
        CALLBACK_PRIVATE: "allow",
        VAPID_PUBLIC_KEY: pushKeys.publicKey,
        VAPID_PRIVATE_KEY: pushKeys.privateKey,
        ...this.variables,
      },
      limits: this.limits,
      bundle: this.bundle,
      outside: this.outside,
    };
    const child = spawn(process.execPath, [join(import.meta.dirname, "serve.ts"), JSON.stringify(options)], {
      detached: true,
      // It ends when its standard input does, so it never outlives whoever started it.
      stdio: "pipe",
      env: { ...process.env, ...quietWrangler },
    });
    this.process = child;
    await new Promise<void>((resolve, reject) => {
      const take = (data: Buffer) => {
        this.output += data.toString();
        if (this.output.endsWith("The product is open\n")) resolve();
      };
      child.stdout?.on("data", take);
      child.stderr?.on("data", take);
      child.once("exit", (code) => reject(new Error(`The server ended with ${code}: ${this.output}`)));
    });
    return this;
  }

  /** Ends every process of it at once, without a word. */
  kill(): Promise<void> {
    return this.end("SIGKILL");
  }

  /** It keeps its connections and says nothing more, like a machine behind a line that died. */
  freeze(): void {
    process.kill(-(this.process?.pid as number), "SIGSTOP");
  }

  /** It goes on where it was. */
  thaw(): void {
    process.kill(-(this.process?.pid as number), "SIGCONT");
  }

  /** Ends it in peace and takes its state away. */
  async stop(): Promise<void> {
    await this.end("SIGTERM");
    rmSync(this.stateDirectory, { recursive: true, force: true });
  }

  /** Resident memory of the runtime, in bytes. */
  get memory(): number {
    return memoryOf(childOf(this.process?.pid ?? 0, "workerd"));
  }

  private async end(signal: "SIGKILL" | "SIGTERM"): Promise<void> {
    const child = this.process;
    if (child?.pid === undefined || child.exitCode !== null || child.signalCode !== null) return;
    const ended = new Promise((resolve) => child.once("exit", resolve));
    process.kill(signal === "SIGKILL" ? -child.pid : child.pid, signal);
    await ended;
  }
}
