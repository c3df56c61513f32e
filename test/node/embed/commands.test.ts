import { expect, test } from "vitest";
import { addTaskCommand } from "../../../samples/hooks.ts";
import type { MessageView } from "../../../src/sdk/client/index.ts";
import {
  type CommandParameters,
  type ReadCommand,
  readCommands,
  readDefault,
  runnable,
  standardCommands,
} from "../../../src/sdk/embed/commands.ts";
import {
  formedBy,
  type GenerateCommands,
  type GenerateCommandsHandler,
} from "../../../src/sdk/embed/generate-commands.ts";
import { ApplicationHooks } from "../../../src/sdk/embed/hooks.ts";

const callback = () => undefined;
const parameters: CommandParameters = { source: "Message", conversation: "c".repeat(26), message: {} as MessageView };
const usual = (): GenerateCommands => ({
  parameters,
  commands: [{ command: "CopyMessage" }, { command: "DeleteMessage" }],
  defaultCommand: undefined,
});
const namesOf = (commands: readonly ReadCommand[]): string[] =>
  commands.map((entry) => (entry.type === "standard" ? entry.command : entry.type === "separator" ? "—" : entry.label));

/** The commands as one handler leaves them. */
async function formedWith(handler: GenerateCommandsHandler) {
  const hooks = new ApplicationHooks();
  hooks.onError = () => undefined;
  hooks.attachGenerateCommandsHandler(handler);
  return formedBy(hooks, usual());
}

const rows: [string, GenerateCommandsHandler, string[]][] = [
  ["CMD-6 nothing changed: the defaults", () => undefined, ["CopyMessage", "DeleteMessage"]],
  ["CMD-6 a command removed", ({ commands }) => commands.pop(), ["CopyMessage"]],
  [
    "CMD-6 a command added",
    ({ commands }) => commands.unshift({ command: callback, label: "Задача" }),
    ["Задача", "CopyMessage", "DeleteMessage"],
  ],
  [
    "CMD-6 the list replaced",
    (forming) => {
      forming.commands = [{ command: "GetMessageURL" }];
    },
    ["GetMessageURL"],
  ],
  [
    "CMD-6 a list that is none",
    (forming) => {
      forming.commands = "all" as never;
    },
    ["CopyMessage", "DeleteMessage"],
  ],
  [
    "CMD-6 entries of other types ignored",
    ({ commands }) =>
      commands.push(7 as never, null as never, {} as never, { command: 5 as never }, "CopyURL" as never),
    ["CopyMessage", "DeleteMessage"],
  ],
  [
    "CMD-4 a handler that throws",
    ({ commands }) => {
      commands.length = 0;
      throw new TypeError("A fault of the host");
    },
    ["CopyMessage", "DeleteMessage"],
  ],
  [
    "CMD-4 a handler that never ends",
    ({ commands }) => {
      commands.length = 0;
      return new Promise(() => undefined);
    },
    ["CopyMessage", "DeleteMessage"],
  ],
];

test.each(rows)("%s", async (_, handler, names) => {
  expect(namesOf((await formedWith(handler)).commands)).toEqual(names);
});

const separator = { command: undefined };
const copy = { command: "CopyMessage" as const };
const task = { command: callback, label: "Задача" };
test.each([
  ["an undefined command separates", [copy, separator, task], ["CopyMessage", "—", "Задача"]],
  [
    "separators at the ends and in a row are one too many",
    [separator, copy, separator, separator, task, separator],
    ["CopyMessage", "—", "Задача"],
  ],
  ["a callback without a label cannot be shown", [{ command: callback }, copy], ["CopyMessage"]],
  ["a submenu needs a label", [{ command: [copy] }, { command: [copy], label: "Ещё" }], ["Ещё"]],
  ["a submenu without commands is none", [{ command: [separator, 5], label: "Ещё" }, copy], ["CopyMessage"]],
])("CMD-6 CMD-7 the lines of a menu: %s", (_, list, names) => {
  expect(namesOf(readCommands(list))).toEqual(names);
});

test("CMD-7 menus within menus end somewhere, a menu within itself too", () => {
  const inner: unknown[] = [copy];
  inner.push({ command: inner, label: "Ещё" });
  const depthOf = (commands: readonly ReadCommand[]): number =>
    1 + Math.max(0, ...commands.map((entry) => (entry.type === "submenu" ? depthOf(entry.commands) : 0)));
  expect(depthOf(readCommands(inner))).toBe(4);
});

test.each(standardCommands)("CMD-8 %s can be added by name, and is shown where it can be done", (command) => {
  expect(readCommands([{ command }])).toEqual([{ type: "standard", command }]);
  expect(runnable(readCommands([{ command }]), () => false)).toEqual([]);
});

test.each([
  ["a standard command", "GotoURL", { type: "standard", command: "GotoURL" }],
  ["a callback", callback, { type: "callback", callback, label: "" }],
  ["a line of the menu", { command: "GotoURL", label: "Открыть" }, { type: "standard", command: "GotoURL" }],
  ["undefined", undefined, undefined],
  ["a submenu", { command: [copy], label: "Ещё" }, undefined],
  ["something else", 5, undefined],
])("CMD-9 the default command may be %s", (_, given, read) => {
  expect(readDefault(given)).toEqual(read);
});

test("CMD-10 CMD-11 handlers run in the order of attaching, each with its parameters, until they are detached", async () => {
  const hooks = new ApplicationHooks();
  const heard: unknown[] = [];
  const first: GenerateCommandsHandler<string> = ({ commands }, more) => heard.push([more, commands.shift()?.command]);
  const second: GenerateCommandsHandler<number> = ({ commands }, more) => heard.push([more, commands.length]);
  hooks.attachGenerateCommandsHandler(first, "old");
  hooks.attachGenerateCommandsHandler(second, 2);
  hooks.attachGenerateCommandsHandler(first, "new");
  await formedBy(hooks, usual());
  hooks.detachGenerateCommandsHandler(first);
  await formedBy(hooks, usual());
  expect(heard).toEqual([
    ["new", "CopyMessage"],
    [2, 1],
    [2, 2],
  ]);
  hooks.detachGenerateCommandsHandler(second);
  expect(hooks.handlers).toEqual([]);
});

test("CMD-9 the sample adds its command to messages, and follows its own links itself", async () => {
  const hooks = new ApplicationHooks();
  const made: string[] = [];
  addTaskCommand(hooks, async (project, text) => void made.push(`${project}: ${text}`));
  const message = { text: "Ворота 3" } as MessageView;
  const { commands } = await formedBy(hooks, {
    ...usual(),
    parameters: { ...parameters, message } as CommandParameters,
  });
  expect(namesOf(commands)).toEqual(["CopyMessage", "DeleteMessage", "—", "Создать задачу"]);
  const task = commands.at(-1);
  if (task?.type === "callback") await task.callback(parameters);
  expect(made).toEqual(["Склад: Ворота 3"]);
  const link = {
    ...parameters,
    source: "URL",
    url: "https://romashka.example/orders/7",
    presentation: "Заказ",
  } as const;
  const formed = await formedBy(hooks, { parameters: link, commands: [], defaultCommand: "GotoURL" });
  expect(formed.defaultCommand?.type).toBe("callback");
});
