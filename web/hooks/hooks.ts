import { runsWithin } from "./calling.ts";
import type { Situation } from "./choosing.ts";
import {
  type FormedCommands,
  formedBy,
  type GenerateCommands,
  type GenerateCommandsHandler,
} from "./generate-commands.ts";
import { hookLimits } from "./limits.ts";
import {
  completedBy,
  type ReadSuggestion,
  readSuggestions,
  type Suggestion,
  type UsersAutoCompleteHook,
} from "./users-auto-complete.ts";
import { type ChoiceForm, type FoundForm, formNamedBy, type UsersChoiceFormHook } from "./users-choice-form.ts";

/** The hooks of one view of a conversation; those for choosing are asked for recipients in a context conversation only. */
export interface ViewHooks {
  usersAutoComplete?: UsersAutoCompleteHook | undefined;
  usersChoiceForm?: UsersChoiceFormHook | undefined;
}

/** The hooks of a page. There is one of these on a page, and each view of a conversation is given it. */
export class ApplicationHooks implements ViewHooks {
  usersAutoComplete: UsersAutoCompleteHook | undefined;
  usersChoiceForm: UsersChoiceFormHook | undefined;
  /** The picker where no hook decides. */
  defaultUsersChoiceForm: ChoiceForm | undefined;
  /** Hears what hooks, handlers and callbacks throw, and a `TimeoutError` when one is late. */
  onError: (error: unknown) => void = (error) => globalThis.reportError(error);
  readonly #handlers = new Map<GenerateCommandsHandler, unknown>();

  /**
   * Has a handler form the commands of links, attachments, actions and messages. Handlers run in the order in which they
   * were attached; attaching the same one again replaces its parameters.
   * @param additionalParameters passed to the handler at every call
   */
  attachGenerateCommandsHandler<Parameters>(
    handler: GenerateCommandsHandler<Parameters>,
    additionalParameters?: Parameters,
  ): void {
    this.#handlers.set(handler as GenerateCommandsHandler, additionalParameters);
  }

  /** From now on the commands are formed without this handler. */
  detachGenerateCommandsHandler<Parameters>(handler: GenerateCommandsHandler<Parameters>): void {
    this.#handlers.delete(handler as GenerateCommandsHandler);
  }

  /** Without handlers nothing has to wait for anybody. */
  get formsCommands(): boolean {
    return this.#handlers.size > 0;
  }

  /** The commands of a place, from those that are usual there. */
  commandsFrom(usual: GenerateCommands): Promise<FormedCommands> {
    return formedBy([...this.#handlers], usual, runsWithin(hookLimits.generateCommandsMs, this.onError));
  }

  /** The suggestions to show for a text, from the system's own. @param view the hooks of the view, where there is one */
  async suggestionsFrom(
    systemList: readonly Suggestion[],
    text: string,
    situation: Situation,
    view: ViewHooks = {},
  ): Promise<ReadSuggestion[]> {
    const levels = { view: view.usersAutoComplete, application: this.usersAutoComplete };
    const hasRun = runsWithin(hookLimits.usersAutoCompleteMs, this.onError);
    return readSuggestions(await completedBy(levels, situation, text, systemList, hasRun), situation);
  }

  /** The picker that "Show all" opens; undefined = there is none, and no link. */
  choiceFormFor(situation: Situation, view: ViewHooks = {}): Promise<FoundForm | undefined> {
    const levels = { view: view.usersChoiceForm, application: this.usersChoiceForm };
    const hasRun = runsWithin(hookLimits.usersChoiceFormMs, this.onError);
    return formNamedBy(levels, this.defaultUsersChoiceForm, situation, hasRun);
  }
}
