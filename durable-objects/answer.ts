import { Problem, type ProblemDocument, problemOf } from "../src/protocol/problems.ts";

/**
 * What an object says to a door: a value, or the problem that kept it from one. Problems are answers and not exceptions
 * here, because an exception that crosses an object's door loses its class and counts as a failure of the object.
 */
export type Answer<Value> = { value: Value } | { problem: ProblemDocument };

/** Runs a rule and turns its problem into an answer; other errors are failures and stay exceptions. */
export async function answer<Value>(work: () => Value | Promise<Value>): Promise<Answer<Value>> {
  try {
    return { value: await work() };
  } catch (error) {
    const problem = problemOf(error);
    if (!problem) throw error;
    return { problem: problem.toDocument() };
  }
}

/** The value of an answer. @throws the problem it carries */
export function valueIn<Value>(answer: Answer<Value>): Value {
  if ("value" in answer) return answer.value;
  throw problemOf(answer.problem) ?? new Problem("internal", answer.problem.detail);
}
