import type { HasRun } from "./calling.ts";
import { hooksFor, type Levels, type Situation, told, type UsersChoosing } from "./choosing.ts";

/** How a picker is opened. The hook may change these, and add what its own picker understands. */
export interface ChoiceFormParameters {
  choiceMode: boolean;
  multipleChoice: boolean;
  /** The picker closes when the view of the conversation does. */
  closeOnOwnerClose: boolean;
  [more: string]: unknown;
}

/** What a picker is told when it opens. */
export interface ChoiceFormOpening extends UsersChoosing {
  readonly parameters: ChoiceFormParameters;
  /** Aborted when the picker is to go without a choice. */
  readonly signal: AbortSignal;
}

/**
 * A picker: the name of a custom element, or a function. The element gets `opening` as a property, and closes with a
 * `choice` event whose `detail` is the choice. The function gives such an element, or, when it shows something of its
 * own, the choice; either may be a promise.
 * @example "romashka-people"
 * @example async ({ parameters }) => (await showPeople(parameters)).map(({ uuid }) => uuid)
 */
export type ChoiceForm = string | ((opening: ChoiceFormOpening) => unknown);

/** What the hook is given, and may change. */
export interface UsersChoiceForm extends UsersChoosing {
  parameters: ChoiceFormParameters;
  /** The picker that "Show all" opens. */
  chosenForm: ChoiceForm | undefined;
  /** false = this picker it is, or none, and nobody else is asked. */
  standardProcessing: boolean;
}

/**
 * Names a picker of the host's own. May answer a promise.
 * @example
 * hooks.usersChoiceForm = (choosing) => {
 *   choosing.chosenForm = "romashka-people";
 *   choosing.standardProcessing = false;
 * };
 */
export type UsersChoiceFormHook = (choosing: UsersChoiceForm) => unknown;

/** A picker that was found, with the parameters to open it with. */
export interface FoundForm {
  chosenForm: ChoiceForm;
  parameters: ChoiceFormParameters;
}

const preset: ChoiceFormParameters = { choiceMode: true, multipleChoice: true, closeOnOwnerClose: true };

const nameShape = /^[a-z][a-z0-9._]*-[a-z0-9._-]*$/;

const formOf = (form: unknown): ChoiceForm | undefined =>
  typeof form === "function" || (typeof form === "string" && nameShape.test(form)) ? (form as ChoiceForm) : undefined;

const parametersOf = (parameters: unknown): ChoiceFormParameters =>
  typeof parameters === "object" && parameters !== null ? (parameters as ChoiceFormParameters) : { ...preset };

/**
 * The picker that there is here: that of the view's hook, the application's hook, or the setting, the first that decides.
 * A hook that throws or is late has changed nothing.
 * @param defaultForm the configuration setting `defaultUsersChoiceForm`
 */
export async function formNamedBy(
  hooks: Levels<UsersChoiceFormHook>,
  defaultForm: ChoiceForm | undefined,
  situation: Situation,
  hasRun: HasRun,
): Promise<FoundForm | undefined> {
  let found: { chosenForm: ChoiceForm | undefined; parameters: ChoiceFormParameters } = {
    chosenForm: undefined,
    parameters: { ...preset },
  };
  let isDecided = false;
  for (const hook of hooksFor(situation, hooks)) {
    const { chosenForm, parameters } = found;
    const choosing: UsersChoiceForm = {
      ...told(situation),
      chosenForm,
      parameters: { ...parameters },
      standardProcessing: true,
    };
    if (!(await hasRun(() => hook(choosing)))) continue;
    found = { chosenForm: formOf(choosing.chosenForm), parameters: parametersOf(choosing.parameters) };
    isDecided = choosing.standardProcessing === false;
    if (isDecided) break;
  }
  const chosenForm = (isDecided ? undefined : formOf(defaultForm)) ?? found.chosenForm;
  return chosenForm === undefined ? undefined : { chosenForm, parameters: found.parameters };
}
