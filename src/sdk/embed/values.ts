import { idShape, uuidShape } from "../../protocol/wire.ts";
import { UserId, Uuid } from "../client/index.ts";
import { hookLimits } from "./limits.ts";

/** A user: the id in Beseda, or the UUID in the application. As strings they cannot be mistaken for one another. */
export type UserValue = string | UserId | Uuid;

/** One user, or a group whose choice brings all of its users. */
export type ChoiceValue = UserValue | readonly UserValue[];

/** What a value of a list means. References are ids or UUIDs in lower case. */
export type ReadValue =
  | { type: "nobody" }
  | { type: "user"; references: [string] }
  | { type: "group"; references: string[] };

const textOf = (value: unknown): string | undefined =>
  value instanceof UserId || value instanceof Uuid ? value.value : typeof value === "string" ? value : undefined;

function referenceOf(value: unknown): string | undefined {
  const text = textOf(value);
  if (text === undefined) return undefined;
  return idShape.test(text) ? text : uuidShape.test(text) ? text.toLowerCase() : undefined;
}

/** The users among the values of an array; what is of another type is ignored, and nobody counts twice. */
const referencesOf = (values: readonly unknown[]): string[] => [
  ...new Set(
    values
      .slice(0, hookLimits.users)
      .map(referenceOf)
      .filter((reference) => reference !== undefined),
  ),
];

/** What the value of an entry means; undefined = nothing that can be chosen. */
export function readValue(value: unknown): ReadValue | undefined {
  if (textOf(value) === "") return { type: "nobody" };
  if (Array.isArray(value)) {
    const references = referencesOf(value);
    return references.length > 0 ? { type: "group", references } : undefined;
  }
  const reference = referenceOf(value);
  return reference === undefined ? undefined : { type: "user", references: [reference] };
}

/** The users that a picker hands back, one or an array of them; values of other types are ignored (USR-41). */
export const readChoice = (choice: unknown): string[] => referencesOf(Array.isArray(choice) ? choice : [choice]);
