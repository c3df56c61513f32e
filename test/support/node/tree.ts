import { readdirSync, readFileSync } from "node:fs";
import { dirname, join, normalize } from "node:path";
import { root } from "../../../tools/build.ts";

/** What is made, installed or kept here by programs; none of it is in the repository. */
const leftOut = new Set(["node_modules", "dist", "coverage", ".git", ".local", ".wrangler"]);

/** Files below some folders or the whole tree, as paths from its top, for example `src/worker.ts`. */
export function filesIn(...folders: string[]): string[] {
  return (folders.length === 0 ? [""] : folders).flatMap((folder) =>
    readdirSync(join(root, folder), { withFileTypes: true }).flatMap((entry) => {
      const path = join(folder, entry.name);
      if (entry.isDirectory()) return leftOut.has(entry.name) ? [] : filesIn(path);
      return [path];
    }),
  );
}

export const textOf = (path: string): string => readFileSync(join(root, path), "utf8");

const isWritten = (path: string): boolean => path !== "src/bindings.d.ts";

/** Code that people write. */
export const codeIn = (...folders: string[]): string[] =>
  filesIn(...folders).filter((path) => /\.(?:ts|tsx|js|css)$/.test(path) && isWritten(path));

export interface Import {
  from: string;
  /** A path from the top of the tree, or the name of a package. */
  to: string;
}

/** Every import of a file, those of types and dynamic ones included. */
export function importsOf(from: string): Import[] {
  const code = textOf(from).replace(/\/\*.*?\*\/|^\s*\/\/.*$/gms, "");
  const names = code.matchAll(/(?:\bfrom|\bimport)\s*\(?\s*"([^"]+)"/g);
  return [...names].map(([, name = ""]) => ({
    from,
    to: name.startsWith(".") ? normalize(join(dirname(from), name)) : name,
  }));
}

/** A value out of a sorted list: 0.5 is the median, 0.9 the value that nine in ten do not exceed. */
export const quantile = (values: readonly number[], share: number): number =>
  [...values].sort((a, b) => a - b)[Math.ceil(values.length * share) - 1] ?? 0;
