import { expect, test } from "vitest";
import { filesIn, textOf } from "../support/node/tree.ts";

const api = "docs/guide/api.md";
const programs = "docs/guide/programs.md";
const attachments = "docs/guide/attachments.md";
const hooks = "docs/guide/hooks.md";
const samples = filesIn("samples").filter((path) => path.endsWith(".ts"));

/** What stands under a heading; without one, what stands before the first. */
function sectionOf(document: string, heading?: string): string {
  const [beginning = "", ...sections] = textOf(document).split(/^## /m);
  return heading === undefined ? beginning : (sections.find((section) => section.startsWith(`${heading}\n`)) ?? "");
}

const codeOf = (text: string): string[] => [...text.matchAll(/^```ts\n(.*?)\n```$/gms)].map(([, code = ""]) => code);

test.for([programs, attachments, hooks])("the code of %s stands in the samples, word for word", (document) => {
  const excerpts = codeOf(textOf(document));
  expect(excerpts.length).toBeGreaterThan(0);
  const texts = samples.map(textOf);
  expect(excerpts.filter((excerpt) => !texts.some((text) => `\n${text}`.includes(`\n${excerpt}\n`)))).toEqual([]);
});

test.for([
  [
    "SUB-21 the guide poses the three questions of a command, and says what suits people and what programs",
    sectionOf(programs, "The contract of a command"),
    "What shall happen?",
    "Who shall do it?",
    "Which parameters come along, and how?",
    "Use `text` for commands that people type, and `data` or `key` for those of programs.",
    "parse it as a fallback for typed commands only",
  ],
  [
    "SUB-22 the guide shows the most general scheme, and why it is simple",
    sectionOf(programs, "The most general scheme"),
    "a single dedicated conversation with a known key, and command, participants and parameters all in `data`",
    "Attaching and handling stay simple",
  ],
  [
    "SUB-30 the guide cautions against restarting a client",
    sectionOf(programs, "Caution: restarting"),
    "Restarting a client in the middle of a user's work is bad practice",
    "Ask first, or save a draft.",
  ],
  [
    "SUB-32 the guide says at once that it demonstrates features",
    sectionOf(programs),
    "demonstrate features and are no finished tools",
  ],
  [
    "SUB-39 the guide prefers a bot object to a robot made of the handler",
    sectionOf(programs, "After a person has sent a message"),
    "`attachAfterSendMessageHandler`",
    "For a robot, prefer a bot object to this handler.",
  ],
  [
    "ATT-9 the guide recommends names and types for messages to people, and types for those between programs",
    sectionOf(attachments, "Names and types"),
    "**For people** give a file name with the fitting extension, and the true MIME type.",
    "**Between programs** give the true MIME type",
  ],
  [
    "CMD-4 the guide says that a handler of commands has to be fast and without questions",
    sectionOf(hooks, "Commands"),
    "A handler has to be fast and ask the user nothing",
  ],
  [
    "SRCH-7 the documentation asks to choose the direction before the first page and to keep it",
    sectionOf(api, "Requests and answers"),
    "Choose `sortDirection` (`Asc`, `Desc`) before the first page and keep it.",
  ],
  [
    "SRCH-8 the documentation promises no snapshot",
    sectionOf(api, "Requests and answers"),
    "A list is no snapshot: what changes in a part already read may be missed.",
  ],
])("%s", ([, section = "", ...statements]) => {
  for (const statement of statements) expect(section).toContain(statement);
});

test("SUB-21 the samples keep to the guide: programs command by data under a key, text is for what people type", () => {
  const commands = ["command-channel", "long-task", "restart-clients", "service-actions"];
  for (const name of commands) {
    const code = textOf(`samples/${name}.ts`);
    expect(code, name).toMatch(/createMessage\(\w+Key/);
    expect(code, name).toMatch(/\bdata\b/);
    expect(code, name).not.toMatch(/\btext\b/);
  }
  expect(textOf("samples/robot.ts")).toContain('message.text.startsWith("?")');
});

test("SUB-22 the scheme of the guide is that of the sample: contract, sender and receiver, under one known key", () => {
  const sample = textOf("samples/command-channel.ts");
  expect(sample).toMatch(/^export const channelKey = "КомандныйКанал";$/m);
  const [contract, sender, receiver] = codeOf(sectionOf(programs, "The most general scheme"));
  expect(contract).toContain("const Command ");
  expect(sender).toContain("createMessage(channelKey)");
  expect(receiver).toMatch(/channelKey,.*contract: Command/s);
  for (const code of [contract, sender, receiver]) expect(sample).toContain(code);
});

test.for(["samples/robot.ts", "src/sdk/client/collaboration.ts"])(
  "SUB-39 whoever meets the handler in %s reads that a bot object is the better tool",
  (path) => {
    expect(textOf(path).replaceAll(/\s+\*?\s*/g, " ")).toMatch(/For a robot\b[^.]* a bot object is the better tool\./);
  },
);
