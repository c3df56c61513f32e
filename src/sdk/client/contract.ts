import type { DataValue } from "./data.ts";

/** The part of a Standard Schema (valibot, zod, arktype …) that a contract needs. */
interface StandardSchema<Data> {
  readonly "~standard": {
    readonly validate: (
      value: unknown,
    ) => { value: Data } | { issues: readonly { message: string }[] } | Promise<unknown>;
  };
}

/**
 * What sender and receiver of message data agree on: a function that returns the value in its shape or throws, an object
 * with such a `parse`, or a schema of any library that follows Standard Schema.
 */
export type DataContract<Data> = ((value: DataValue) => Data) | { parse(value: unknown): Data } | StandardSchema<Data>;

/**
 * The value in the shape of the contract.
 * @throws TypeError (or the contract's own error) when it is not
 */
export function checkData<Data>(contract: DataContract<Data>, value: DataValue): Data {
  if (typeof contract === "function") return contract(value);
  if (!("~standard" in contract)) return contract.parse(value);
  const result = contract["~standard"].validate(value);
  if (result instanceof Promise) throw new TypeError("A contract for message data must answer at once");
  if ("value" in result) return result.value;
  throw new TypeError(
    (result as { issues: readonly { message: string }[] }).issues.map(({ message }) => message).join("; "),
  );
}
