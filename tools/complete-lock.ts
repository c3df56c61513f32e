import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { root } from "./build.ts";

/** One package of package-lock.json, as far as it matters here. */
interface Entry {
  version?: string;
  dev?: boolean;
  optional?: boolean;
  os?: string[];
  cpu?: string[];
  libc?: string[];
  optionalDependencies?: Record<string, string>;
}

export interface Lock {
  packages: Record<string, Entry>;
}

/** A platform package that another one may need on some machine, and that the lock file does not mention. */
interface Missing {
  path: string;
  name: string;
  version: string;
  isDev: boolean;
}

const systems = ["android", "darwin", "freebsd", "linux", "netbsd", "openbsd", "openharmony", "sunos", "win32"];
const processors = ["arm", "arm64", "ia32", "loong64", "mips64el", "ppc64", "riscv64", "s390x", "x64"];
/** How package names spell some of them. */
const spellings: Record<string, string> = { windows: "win32", "64": "x64" };

export const readLock = (): Lock => JSON.parse(readFileSync(join(root, "package-lock.json"), "utf8")) as Lock;

/** Where a package is looked for, nearest first: below the one that needs it, then further out. */
function placesFor(name: string, neededBy: string): string[] {
  const folders = neededBy.split("/node_modules/");
  const below = folders.map((_, steps) => [...folders.slice(0, folders.length - steps), name].join("/node_modules/"));
  return [...below, `node_modules/${name}`];
}

/**
 * Optional packages without an entry. A registry may lack the builds for other platforms; npm then leaves them out of the
 * lock file, and `npm ci` refuses the lock file because of them.
 */
export function missingFrom({ packages }: Lock): Missing[] {
  return Object.entries(packages).flatMap(([neededBy, entry]) =>
    Object.entries(entry.optionalDependencies ?? {}).flatMap(([name, version]) => {
      const place = placesFor(name, neededBy).find((place) => place in packages);
      const isThere = place !== undefined && (packages[place]?.version === version || !isExact(version));
      const path = place === undefined ? `node_modules/${name}` : `${neededBy}/node_modules/${name}`;
      return isThere ? [] : [{ path, name, version, isDev: entry.dev === true }];
    }),
  );
}

const isExact = (version: string): boolean => /^\d+\.\d+\.\d+(?:-.*)?$/.test(version);

/** The entry that npm would have written: the platform stands in the name. @throws when it does not */
function entryOf({ name, version, isDev }: Missing): Entry {
  const words = (name.split("/").at(-1) ?? "").split("-").map((word) => spellings[word] ?? word);
  const os = words.filter((word) => systems.includes(word));
  const cpu = words.filter((word) => processors.includes(word));
  if (!isExact(version) || os.length === 0)
    throw new Error(`package-lock.json lacks ${name}@${version}, and its platform cannot be told from its name`);
  const libc = /-musl/.test(name) ? "musl" : /-gnu/.test(name) ? "glibc" : undefined;
  return { version, cpu, ...(isDev && { dev: true }), ...(libc && { libc: [libc] }), optional: true, os };
}

/** Adds what is missing; packages stay in npm's order. */
export function completed(lock: Lock): Lock {
  const added = missingFrom(lock).map((missing) => [missing.path, entryOf(missing)] as const);
  const packages = [...Object.entries(lock.packages), ...added].sort(([a], [b]) => a.localeCompare(b, "en"));
  return { ...lock, packages: Object.fromEntries(packages) };
}

if (process.argv[1] === import.meta.filename) {
  const lock = readLock();
  const missing = missingFrom(lock);
  if (missing.length > 0)
    writeFileSync(join(root, "package-lock.json"), `${JSON.stringify(completed(lock), null, 2)}\n`);
  console.log(
    missing.length === 0 ? "package-lock.json is complete." : `Added: ${missing.map(({ name }) => name).join(", ")}`,
  );
}
