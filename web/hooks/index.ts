/** What a page of a host sets to change how users are chosen and which commands there are. */
export type { UsersChoicePurpose, UsersChoosing } from "./choosing.ts";
export { usersChoicePurposes } from "./choosing.ts";
export {
  type Command,
  type CommandCallback,
  type CommandDescription,
  type CommandParameters,
  type CommandSource,
  type StandardCommand,
  standardCommands,
} from "./commands.ts";
export type { GenerateCommands, GenerateCommandsHandler } from "./generate-commands.ts";
export { ApplicationHooks, type ViewHooks } from "./hooks.ts";
export { hookLimits } from "./limits.ts";
export type { Suggestion, UsersAutoComplete, UsersAutoCompleteHook } from "./users-auto-complete.ts";
export type {
  ChoiceForm,
  ChoiceFormOpening,
  ChoiceFormParameters,
  UsersChoiceForm,
  UsersChoiceFormHook,
} from "./users-choice-form.ts";
export type { ChoiceValue, UserValue } from "./values.ts";
