import * as v from "valibot";
import { Problem } from "./problems.ts";

/** Bounds whose breach is `limit_exceeded`; every other complaint is `validation`. */
const bounds = new Set(["max_length", "max_bytes", "max_graphemes", "max_words", "max_entries", "max_size"]);

/** The first complaint about a value as a problem with field, reason and next step. */
export function problemOfIssues(issues: readonly [v.BaseIssue<unknown>, ...v.BaseIssue<unknown>[]]): Problem {
  const issue = deepest(issues[0]);
  const field = v.getDotPath(issue) ?? undefined;
  const code = bounds.has(issue.type) ? "limit_exceeded" : "validation";
  const detail =
    issue.type === "strict_object" && issue.expected === "never"
      ? `There is no field ${field ?? ""} here`
      : `${field ?? "The value"} ${said(issue)}`;
  return new Problem(code, detail, field === undefined ? {} : { field });
}

const said = (issue: v.BaseIssue<unknown>): string =>
  /^Invalid /.test(issue.message) ? `must be ${issue.expected ?? "valid"}, not ${issue.received}` : issue.message;

/** Of a union's complaints, the one about the alternative that came nearest. */
function deepest(issue: v.BaseIssue<unknown>): v.BaseIssue<unknown> {
  const [first] = issue.issues ?? [];
  return first && issue.type === "variant" ? deepest(first) : issue;
}

/**
 * The value in the shape of the schema.
 * @throws Problem `validation` or `limit_exceeded`, naming the field
 */
export function validated<Schema extends v.GenericSchema>(schema: Schema, value: unknown): v.InferOutput<Schema> {
  const result = v.safeParse(schema, value, { abortPipeEarly: true });
  if (result.success) return result.output;
  throw problemOfIssues(result.issues);
}
