import type { CommandHandlers, GenerateCommandsHandler } from "./generate-commands.ts";
import type { UsersAutoCompleteHook } from "./users-auto-complete.ts";
import type { ChoiceForm, UsersChoiceFormHook } from "./users-choice-form.ts";

/** The hooks of one view of a conversation; those for choosing are asked for recipients in a context conversation only. */
export interface ViewHooks {
  usersAutoComplete?: UsersAutoCompleteHook | undefined;
  usersChoiceForm?: UsersChoiceFormHook | undefined;
}

/** The hooks of a page. There is one of these on a page, and each view of a conversation is given it. */
export class ApplicationHooks implements ViewHooks, CommandHandlers {
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

  /** The handlers with their parameters, in the order of attaching. */
  get handlers(): [GenerateCommandsHandler, unknown][] {
    return [...this.#handlers];
  }
}
