/** What pages that embed conversations know of them. There are types only: the code comes from the server, at `/embed.js`. */
export type { UsersChoicePurpose, UsersChoosing } from "./choosing.ts";
export type {
  Command,
  CommandCallback,
  CommandDescription,
  CommandParameters,
  CommandSource,
  StandardCommand,
} from "./commands.ts";
export type { GenerateCommands, GenerateCommandsHandler } from "./generate-commands.ts";
export type { ViewHooks } from "./hooks.ts";
export type { Look } from "./looks.ts";
export type { ApplicationHooks, ConversationElement, EmbedModule, EmbedOptions } from "./module.ts";
export type { Suggestion, UsersAutoComplete, UsersAutoCompleteHook } from "./users-auto-complete.ts";
export type {
  ChoiceForm,
  ChoiceFormOpening,
  ChoiceFormParameters,
  UsersChoiceForm,
  UsersChoiceFormHook,
} from "./users-choice-form.ts";
export type { ChoiceValue, UserValue } from "./values.ts";
