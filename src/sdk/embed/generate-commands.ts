import { runsWithin } from "./calling.ts";
import type { ReadCommand, ReadDefault } from "./commands.ts";
import {
  type Command,
  type CommandDescription,
  type CommandParameters,
  readCommands,
  readDefault,
} from "./commands.ts";
import { hookLimits } from "./limits.ts";

/** What a handler is given, and may change. */
export interface GenerateCommands {
  readonly parameters: CommandParameters;
  /** Filled with the commands that are usual here; they may be removed, added and replaced. */
  commands: CommandDescription[];
  /** What a primary click runs; undefined = both clicks open the menu. */
  defaultCommand: Command | CommandDescription | undefined;
}

/**
 * Forms the commands of an attachment, an action, a link or a message. It runs whenever somebody clicks there, so it has
 * to be fast, and to ask the user nothing. Late, or after an error, it has changed nothing.
 * @example
 * hooks.attachGenerateCommandsHandler(({ parameters, commands }) => {
 *   if (parameters.source !== "Message") return;
 *   commands.push({ command: undefined }, { command: () => createTask(parameters.message), label: "Создать задачу" });
 * });
 */
export type GenerateCommandsHandler<Parameters = unknown> = (
  forming: GenerateCommands,
  additionalParameters: Parameters,
) => unknown;

/** Commands ready to be shown and run. */
export interface FormedCommands {
  commands: ReadCommand[];
  defaultCommand: ReadDefault | undefined;
}

/** The handlers of a page, with their parameters, in the order of attaching. */
export interface CommandHandlers {
  readonly handlers: [GenerateCommandsHandler, unknown][];
  readonly onError: (error: unknown) => void;
}

/** The commands of a place, as the handlers of the page leave them, one after another. */
export async function formedBy(
  { handlers, onError }: CommandHandlers,
  { parameters, commands, defaultCommand }: GenerateCommands,
): Promise<FormedCommands> {
  const hasRun = runsWithin(hookLimits.generateCommandsMs, onError);
  let formed = { commands, defaultCommand };
  for (const [handler, additionalParameters] of handlers) {
    const forming: GenerateCommands = {
      parameters,
      commands: formed.commands.map((entry) => ({ ...entry })),
      defaultCommand: formed.defaultCommand,
    };
    if (!(await hasRun(() => handler(forming, additionalParameters)))) continue;
    formed = {
      commands: Array.isArray(forming.commands) ? [...forming.commands] : formed.commands,
      defaultCommand: forming.defaultCommand,
    };
  }
  return { commands: readCommands(formed.commands), defaultCommand: readDefault(formed.defaultCommand) };
}
