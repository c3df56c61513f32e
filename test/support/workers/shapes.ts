import * as v from "valibot";
import { expect } from "vitest";

/** The value, after checking that it has the promised shape and not a field more. */
export function shaped<Schema extends v.GenericSchema>(schema: Schema, value: unknown): v.InferOutput<Schema> {
  const result = v.safeParse(schema, value);
  if (!result.success)
    expect.fail(`${v.getDotPath(result.issues[0])} ${result.issues[0].message}: ${JSON.stringify(value)}`);
  expect(value, "a field that the schema does not know").toEqual(result.output);
  return result.output;
}
