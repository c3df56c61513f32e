import { writeFileSync } from "node:fs";
import { join } from "node:path";
import * as v from "valibot";
import { ConfigSchema } from "../src/storage/config.ts";
import { root } from "./build.ts";

export const configurationFile = "docs/configuration.md";

/** The parts of a valibot schema that this page reads. */
interface Part {
  type: string;
  requirement?: unknown;
  default?: unknown;
  wrapped?: Part;
  options?: readonly unknown[];
  pipe?: readonly Part[];
}

const secretMark = "Secret. ";
const partsOf = (schema: Part): Part[] =>
  [schema, ...(schema.pipe?.slice(1) ?? []), ...(schema.wrapped ? partsOf(schema.wrapped) : [])] as Part[];

/** What a variable may be: a list of words, a range, or any text. */
function valuesOf(parts: readonly Part[]): string {
  const find = (type: string) => parts.find((part) => part.type === type);
  const words = find("picklist")?.options;
  if (words) return words.map((word) => `\`${word}\``).join(", ");
  const [min, max] = [find("min_value")?.requirement, find("max_value")?.requirement];
  return min === undefined ? "text" : `${count(min)} to ${count(max)}`;
}

const count = (value: unknown): string => Number(value).toLocaleString("en-US");

function rowOf(name: string, schema: v.GenericSchema): string {
  const description = v.getDescription(schema) ?? "";
  const parts = partsOf(schema as unknown as Part);
  const fallback = parts.find((part) => part.type === "optional")?.default;
  const values = description.startsWith(secretMark) ? "secret" : valuesOf(parts);
  const shown = fallback === "" ? "–" : `\`${fallback}\``;
  return `| \`${name}\` | ${values} | ${shown} | ${description.replace(secretMark, "")} |`;
}

/** The page for operators, as the schema has it. */
export function configurationPage(): string {
  const rows = Object.entries(ConfigSchema.entries).map(([name, schema]) => rowOf(name, schema));
  return `# Configuration

Everything an operator can set. This page is printed from \`src/storage/config.ts\` by \`npm run docs\`.

- **Variables** stand under \`[vars]\` in \`wrangler.toml\` and are published by \`wrangler deploy\`.
- **Secrets** never stand in a file of the repository: \`wrangler secret put BESEDA_SECRET\`.
- **\`npm start\`** makes a secret of its own, keeps letters in the local mailbox, and takes the other variables from the environment: \`POSTS_PER_SECOND=5 npm start\`. \`PORT\` (8787) is the port it listens on.

With a value that is not valid requests fail, and the log names every such variable.

| Name | Values | Default | What it does |
| --- | --- | --- | --- |
${rows.join("\n")}

Databases, objects, queues and the abuse limits by caller and by address are bindings in \`wrangler.toml\`, each with the reason it exists. The numbers of the product itself, such as the length of a message, are the same everywhere and stand in \`src/protocol/limits.ts\`.
`;
}

if (process.argv[1] === import.meta.filename) {
  writeFileSync(join(root, configurationFile), configurationPage());
  console.log(`Written: ${configurationFile}`);
}
