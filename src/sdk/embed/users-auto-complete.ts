import type { HasRun } from "./calling.ts";
import { hooksFor, type Levels, type Situation, takesNobody, told, type UsersChoosing } from "./choosing.ts";
import { hookLimits } from "./limits.ts";
import { type Look, lookOf } from "./looks.ts";
import { type ChoiceValue, type ReadValue, readValue } from "./values.ts";

/**
 * One line of the list of suggestions. Without a label and a picture it shows those of its users.
 * @example { value: [boris, vera], label: "Склад", picture: "/pictures/warehouse.png" }
 */
export interface Suggestion extends Look {
  /** An empty id means "Notify nobody", for recipients of a message in a context conversation. */
  value: ChoiceValue;
}

/** What the hook is given, and may change. */
export interface UsersAutoComplete extends UsersChoosing {
  /** What was typed. */
  readonly text: string;
  /** The list so far; it may be changed or replaced. */
  choiceData: Suggestion[];
  /** false = the list is used as it is, and no other hook is asked. */
  standardProcessing: boolean;
}

/**
 * Changes the suggestions while the name of a user is being typed. May answer a promise.
 * @example
 * hooks.usersAutoComplete = async (choosing) => {
 *   const teams = await findTeams(choosing.text);
 *   choosing.choiceData.push(...teams.map(({ name, people }) => ({ value: people, label: name })));
 * };
 */
export type UsersAutoCompleteHook = (choosing: UsersAutoComplete) => unknown;

/**
 * The list of suggestions as the hooks leave it. A hook that throws or is late has changed nothing.
 * @param systemList the system's own matches
 */
export async function completedBy(
  hooks: Levels<UsersAutoCompleteHook>,
  situation: Situation,
  text: string,
  systemList: readonly Suggestion[],
  hasRun: HasRun,
): Promise<Suggestion[]> {
  let list = [...systemList];
  for (const hook of hooksFor(situation, hooks)) {
    const choiceData = list.map((entry) => ({ ...entry }));
    const choosing: UsersAutoComplete = { ...told(situation), text, choiceData, standardProcessing: true };
    if (!(await hasRun(() => hook(choosing)))) continue;
    if (Array.isArray(choosing.choiceData)) list = [...choosing.choiceData];
    if (choosing.standardProcessing === false) break;
  }
  return list;
}

/** A suggestion that can be shown. */
export type ReadSuggestion = ReadValue & Look;

/** What of a list can be shown here, in its order; entries of other types are ignored. */
export function readSuggestions(list: readonly unknown[], situation: Situation): ReadSuggestion[] {
  return list.slice(0, hookLimits.entries).flatMap((entry): ReadSuggestion[] => {
    if (typeof entry !== "object" || entry === null || !("value" in entry)) return [];
    const value = readValue(entry.value);
    if (!value || (value.type === "nobody" && !takesNobody(situation))) return [];
    return [{ ...value, ...lookOf(entry as Suggestion) }];
  });
}
