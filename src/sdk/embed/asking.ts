import { runsWithin } from "./calling.ts";
import type { Situation } from "./choosing.ts";
import type { ApplicationHooks, ViewHooks } from "./hooks.ts";
import { hookLimits } from "./limits.ts";
import { completedBy, type ReadSuggestion, readSuggestions, type Suggestion } from "./users-auto-complete.ts";
import { type FoundForm, formNamedBy } from "./users-choice-form.ts";

/** The suggestions to show for a text, from the system's own. @param view the hooks of the view, where there is one */
export async function suggestionsFrom(
  { usersAutoComplete: application, onError }: ApplicationHooks,
  systemList: readonly Suggestion[],
  text: string,
  situation: Situation,
  view: ViewHooks = {},
): Promise<ReadSuggestion[]> {
  const levels = { view: view.usersAutoComplete, application };
  const hasRun = runsWithin(hookLimits.usersAutoCompleteMs, onError);
  return readSuggestions(await completedBy(levels, situation, text, systemList, hasRun), situation);
}

/** The picker that "Show all" opens; undefined = there is none, and no link. */
export function choiceFormFor(
  { usersChoiceForm: application, defaultUsersChoiceForm, onError }: ApplicationHooks,
  situation: Situation,
  view: ViewHooks = {},
): Promise<FoundForm | undefined> {
  const levels = { view: view.usersChoiceForm, application };
  return formNamedBy(levels, defaultUsersChoiceForm, situation, runsWithin(hookLimits.usersChoiceFormMs, onError));
}
