import { isCollaborationError } from "../../../src/sdk/client/index.ts";
import { words } from "./words.ts";

/** What went wrong, for people. */
export const sentenceOf = (code: string | undefined): string =>
  words.problems[code as keyof typeof words.problems] ?? words.problems.other;

export const say = (error: unknown): string => sentenceOf(isCollaborationError(error) ? error.code : undefined);
