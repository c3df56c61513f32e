import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { root } from "./build.ts";

/** One file of docs/requirements: a group of rules that share the first part of their IDs. */
export interface Area {
  /** For example `CNV`. */
  prefix: string;
  title: string;
  file: string;
  ids: string[];
}

export const requirementsDirectory = "docs/requirements";
const readRequirements = (file: string): string => readFileSync(join(root, requirementsDirectory, file), "utf8");

/** All areas with their IDs, in the order of the files. */
export function readAreas(): Area[] {
  return readdirSync(join(root, requirementsDirectory))
    .sort()
    .flatMap((file) => {
      const text = readRequirements(file);
      const [, prefix, title] = /^# ([A-Z]+) · (.+)$/m.exec(text) ?? [];
      if (prefix === undefined || title === undefined) return [];
      const ids = [...text.matchAll(/^- \*\*([A-Z]+-\d+)\*\* /gm)].map(([, id = ""]) => id);
      return [{ prefix, title, file, ids }];
    });
}

/** Requirements of which a part waits for something that is not built yet: ID → what is open. */
export function readHalves(): Map<string, string> {
  const rows = readRequirements("halves.md").matchAll(/^\| ([A-Z]+-\d+) +\| (.+?) +\|$/gm);
  return new Map([...rows].map(([, id = "", open = ""]) => [id, open]));
}

/** The IDs that a test claims to prove: those its name begins with, or that of the group it stands in. */
export const claimsOf = (name: string): string[] =>
  name.split(" > ").flatMap((part) => {
    const [claims = ""] = /^[A-Z]{3,4}-\d+(?:,? [A-Z]{3,4}-\d+)*/.exec(part) ?? [];
    return claims.split(/,? /).filter((id) => id !== "");
  });
