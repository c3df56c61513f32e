import type { CommandDescription, CommandParameters, StandardCommand } from "../../../src/sdk/embed/index.ts";
import type { IconName } from "../../design/icons.tsx";

/** What each standard command does at a place; what is absent cannot be done there. */
export type Doing = Partial<Record<StandardCommand, () => unknown>>;

/** What the site can do besides; handlers get it as a callback, and may take it away like everything else. */
export interface OwnCommand {
  icon: IconName;
  label: string;
  run: () => unknown;
}

/** A place that has commands. */
export interface Target {
  parameters: CommandParameters;
  /** The commands that are usual there, in the order of the menu. */
  usual: StandardCommand[];
  /** What a primary click runs usually. A message has none: a click on it means nothing. */
  usualDefault?: StandardCommand;
  doing: Doing;
  /** Stands before the usual commands. */
  own?: OwnCommand[];
}

/** The usual commands, as handlers get them. Only those that can be done are among them. */
export const usualOf = ({ usual, doing, own = [] }: Target): CommandDescription[] => [
  ...own.map(({ run, label }) => ({ command: run, label })),
  ...usual.filter((command) => doing[command]).map((command) => ({ command })),
];
