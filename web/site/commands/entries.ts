import { type ReadCommand, type ReadDefault, runnable } from "../../../src/sdk/embed/commands.ts";
import { type FormedCommands, formedBy } from "../../../src/sdk/embed/generate-commands.ts";
import type { ApplicationHooks } from "../../../src/sdk/embed/hooks.ts";
import type { StandardCommand } from "../../../src/sdk/embed/index.ts";
import type { IconName } from "../../design/icons.tsx";
import type { MenuEntry } from "../../design/menu-list.tsx";
import { words } from "../words/words.ts";
import { type Target, usualOf } from "./target.ts";

const iconOf: Record<StandardCommand, IconName> = {
  ExecuteAction: "check",
  CopyURL: "copy",
  CopyURLPresentation: "text",
  CopyMessage: "copy",
  OpenAttachment: "open",
  GotoURL: "open",
  GetMessageURL: "link",
  EditMessage: "write",
  SaveAttachment: "download",
  DeleteMessage: "bin",
};

/** The commands of a place as the handlers of the page form them, from those that are usual there. */
export function formed(target: Target, hooks: ApplicationHooks): Promise<FormedCommands> {
  const { parameters, usualDefault: defaultCommand } = target;
  return formedBy(hooks, { parameters, commands: usualOf(target), defaultCommand });
}

/** Runs a command. Callbacks are the host's: what they throw is told, and stops nothing. */
export async function run(command: ReadDefault, { parameters, doing }: Target, hooks: ApplicationHooks): Promise<void> {
  if (command.type === "standard") return void doing[command.command]?.();
  try {
    await command.callback(parameters);
  } catch (error) {
    hooks.onError(error);
  }
}

/** The lines of the menu: of the commands, those that can be run at the place. */
export function entriesOf(commands: readonly ReadCommand[], target: Target, hooks: ApplicationHooks): MenuEntry[] {
  const entryOf = (command: ReadCommand): MenuEntry => {
    if (command.type === "separator") return "separator";
    const { picture } = command;
    const look = picture === undefined ? {} : { picture };
    if (command.type === "submenu") return { ...look, label: command.label, entries: command.commands.map(entryOf) };
    const onPick = () => void run(command, target, hooks);
    if (command.type === "callback") {
      const own = target.own?.find(({ run }) => run === command.callback);
      return { ...(own && { icon: own.icon }), ...look, label: command.label, onPick };
    }
    const { command: name, label = words.commands[name] } = command;
    return { icon: iconOf[name], ...look, label, onPick, isDangerous: name === "DeleteMessage" };
  };
  return runnable(commands, (name) => target.doing[name] !== undefined).map(entryOf);
}
