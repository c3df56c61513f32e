import type { AttachmentView, MessageView } from "../client/index.ts";
import { hookLimits } from "./limits.ts";
import { type Look, lookOf } from "./looks.ts";

/** What commands are for. */
export type CommandSource = "Attachment" | "Action" | "URL" | "Message";

/** Where commands are asked for. */
export type CommandParameters = {
  /** Id of the conversation. */
  readonly conversation: string;
  readonly message: MessageView;
} & (
  | { readonly source: "Attachment"; readonly attachment: AttachmentView }
  /** A button of a message, by its text. */
  | { readonly source: "Action"; readonly action: string }
  | { readonly source: "URL"; readonly url: string; readonly presentation: string }
  | { readonly source: "Message" }
);

/** What the page can do by itself. */
export const standardCommands = [
  "ExecuteAction",
  "CopyURL",
  "CopyURLPresentation",
  "CopyMessage",
  "OpenAttachment",
  "GotoURL",
  "GetMessageURL",
  "EditMessage",
  "SaveAttachment",
  "DeleteMessage",
] as const;
export type StandardCommand = (typeof standardCommands)[number];

/** Called with what it was asked for. */
export type CommandCallback = (parameters: CommandParameters) => unknown;

/** A standard command, a callback, or the commands of a submenu. */
export type Command = StandardCommand | CommandCallback | CommandDescription[];

/**
 * One line of a menu; with an undefined command, a separator. Callbacks and submenus need a label.
 * @example { command: ({ message }) => createTask(message), label: "Создать задачу", picture: "/pictures/task.svg" }
 */
export interface CommandDescription extends Look {
  command: Command | undefined;
}

/** A line of a menu that can be shown. */
export type ReadCommand =
  | { type: "separator" }
  | ({ type: "standard"; command: StandardCommand } & Look)
  | ({ type: "callback"; callback: CommandCallback; label: string } & Look)
  | ({ type: "submenu"; commands: ReadCommand[]; label: string } & Look);

/** What runs on a primary click. */
export type ReadDefault = Extract<ReadCommand, { type: "standard" | "callback" }>;

const isStandard = (command: unknown): command is StandardCommand =>
  (standardCommands as readonly unknown[]).includes(command);

function readOne(entry: object, menus: number): ReadCommand | undefined {
  const { command, ...rest } = entry as CommandDescription;
  if (command === undefined) return "command" in entry ? { type: "separator" } : undefined;
  const look = lookOf(rest);
  if (isStandard(command)) return { type: "standard", command, ...look };
  const { label } = look;
  if (label === undefined) return undefined;
  if (typeof command === "function") return { type: "callback", callback: command, ...look, label };
  if (!Array.isArray(command) || menus === 0) return undefined;
  const commands = readCommands(command, menus - 1);
  return commands.length > 0 ? { type: "submenu", commands, ...look, label } : undefined;
}

/** What of the commands can be run here; of a submenu in which nothing is left, nothing is left. */
export const runnable = (commands: readonly ReadCommand[], can: (command: StandardCommand) => boolean): ReadCommand[] =>
  commands
    .flatMap((entry): ReadCommand[] => {
      if (entry.type === "standard") return can(entry.command) ? [entry] : [];
      if (entry.type !== "submenu") return [entry];
      const inner = runnable(entry.commands, can);
      return inner.length > 0 ? [{ ...entry, commands: inner }] : [];
    })
    .filter(isNeeded);

/** Separators separate: none stands at an end or beside another. */
const isNeeded = ({ type }: ReadCommand, index: number, all: ReadCommand[]): boolean =>
  type !== "separator" ||
  (index > 0 && all[index - 1]?.type !== "separator" && all.slice(index).some((other) => other.type !== "separator"));

/** What of a list can be shown, in its order; entries of other types are ignored (CMD-6). */
export const readCommands = (list: readonly unknown[], menus: number = hookLimits.menus): ReadCommand[] =>
  list
    .slice(0, hookLimits.commands)
    .map((entry) => (typeof entry === "object" && entry !== null ? readOne(entry, menus) : undefined))
    .filter((entry) => entry !== undefined)
    .filter(isNeeded);

/** The default command, whether it was set bare or as a line of the menu; undefined = there is none, and the menu opens. */
export function readDefault(given: unknown): ReadDefault | undefined {
  const command = typeof given === "object" && given !== null && "command" in given ? given.command : given;
  if (isStandard(command)) return { type: "standard", command };
  if (typeof command === "function") return { type: "callback", callback: command as CommandCallback, label: "" };
  return undefined;
}
