import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { convertV4MiniflareOptions, Log, LogLevel, Miniflare } from "miniflare";
import { unstable_getMiniflareWorkerOptions } from "wrangler";
import { root, workerDirectory } from "./build.ts";

export interface ProductOptions {
  /** 0 = any free port. */
  port: number;
  /** Folder in which everything is kept; it survives restarts. */
  stateDirectory: string;
  /** Variables and secrets, as an operator would set them. */
  variables: Record<string, string>;
  /** Rate limits by binding name, in place of what wrangler.toml says of them. */
  limits?: Record<string, { limit: number; period: 10 | 60 }>;
  /** Opens a port that leads into the worker without the dev proxy, for measuring. */
  directPort?: number;
  /** Opens the debugging port of the runtime, for profiles. */
  inspectorPort?: number;
  /** More workers in the same runtime, for comparison. */
  neighbours?: object[];
  /** Code of a worker that stands for the outside world, in place of the network. */
  outside?: string;
  /** Leaves the static pages out, and with them the router that the local runtime puts in front of the worker. */
  withoutPages?: boolean;
  /** Folder and file of another bundle than the deployed one, for example one that counts. */
  bundle?: { directory: string; file: string };
}

export interface Product {
  miniflare: Miniflare;
  url: URL;
  stop(): Promise<void>;
}

const name = "beseda";

/** The whole product in one local runtime: the bundle that is deployed, with the bindings of wrangler.toml. */
export async function openProduct({
  port,
  stateDirectory,
  variables,
  limits = {},
  directPort,
  neighbours = [],
  outside,
  inspectorPort,
  withoutPages = false,
  bundle = { directory: workerDirectory, file: "worker.js" },
}: ProductOptions): Promise<Product> {
  const { workerOptions, externalWorkers } = unstable_getMiniflareWorkerOptions(join(root, "wrangler.toml"));
  const {
    modulesRules: _,
    assets,
    ...options
  } = workerOptions as typeof workerOptions & {
    bindings?: Record<string, unknown>;
    assets?: object;
  };
  const files = readdirSync(bundle.directory).filter((file) => file.endsWith(".sql"));
  const worker = {
    ...options,
    ...(!withoutPages && { assets }),
    name,
    bindings: { ...(options.bindings as Record<string, unknown>), ...variables },
    ratelimits: {
      ...(options.ratelimits as object),
      ...Object.fromEntries(
        Object.entries(limits).map(([binding, simple]) => [binding, { namespace_id: binding, simple }]),
      ),
    },
    modulesRoot: bundle.directory,
    modules: [
      { type: "ESModule" as const, path: join(bundle.directory, bundle.file) },
      ...files.map((file) => ({ type: "Text" as const, path: join(bundle.directory, file) })),
    ],
    ...(outside !== undefined && { outboundService: outsideName }),
    ...(directPort !== undefined && { unsafeDirectSockets: [{ host: "127.0.0.1", port: directPort, proxy: false }] }),
  };
  const miniflare = new Miniflare(
    convertV4MiniflareOptions({
      host: "127.0.0.1",
      port,
      log: new Log(LogLevel.ERROR),
      cf: false,
      ...(inspectorPort !== undefined && { inspectorPort }),
      telemetry: { enabled: false },
      unsafeTriggerHandlers: true,
      resourcePersistencePath: stateDirectory,
      workers: [worker, ...neighbours, ...outsideWorker(outside), ...externalWorkers],
    } as never),
  );
  try {
    const url = await miniflare.ready;
    await migrateDirectory(miniflare);
    const stopCron = startCron(miniflare);
    const stop = async () => {
      stopCron();
      await miniflare.dispose();
    };
    return { miniflare, url, stop };
  } catch (error) {
    await miniflare.dispose().catch(() => undefined);
    throw error;
  }
}

const outsideName = "outside";

const outsideWorker = (script: string | undefined) =>
  script === undefined ? [] : [{ name: outsideName, modules: true, script, compatibilityDate: "2026-11-01" }];

/** Applies what is new of migrations/directory, one file at a time, remembered in wrangler's own table. */
async function migrateDirectory(miniflare: Miniflare): Promise<void> {
  const database = await miniflare.getD1Database("DIRECTORY", name);
  await database.exec(
    "CREATE TABLE IF NOT EXISTS d1_migrations (id INTEGER PRIMARY KEY AUTOINCREMENT, name TEXT UNIQUE, applied_at TIMESTAMP DEFAULT CURRENT_TIMESTAMP NOT NULL)",
  );
  const { results } = await database.prepare("SELECT name FROM d1_migrations").all<{ name: string }>();
  const done = new Set(results.map((row) => row.name));
  const directory = join(root, "migrations/directory");
  for (const file of readdirSync(directory)
    .filter((entry) => entry.endsWith(".sql"))
    .sort()) {
    if (done.has(file)) continue;
    const statements = readFileSync(join(directory, file), "utf8").split("--> statement-breakpoint");
    const remembered = database.prepare("INSERT INTO d1_migrations (name) VALUES (?)").bind(file);
    await database.batch([...statements.map((statement) => database.prepare(statement)), remembered]);
  }
}

/** Nothing calls the cron trigger of a local runtime, so this does. */
function startCron(miniflare: Miniflare): () => void {
  const timer = setInterval(() => {
    void miniflare
      .getWorker(name)
      .then((worker) => worker.scheduled({ cron: "* * * * *" }))
      .catch((error: unknown) => console.error("The minute's work failed", error));
  }, 60_000);
  timer.unref();
  return () => clearInterval(timer);
}
