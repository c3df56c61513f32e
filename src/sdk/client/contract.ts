import type { DataValue } from "./data.ts";

/** What it answers: some libraries leave a value beside the issues, so it is the issues that count. */
interface Result<Data> {
  readonly value?: Data;
  readonly issues?: readonly { readonly message: string }[] | undefined;
}

/** The part of a Standard Schema (valibot, zod, arktype …) that a contract needs. */
interface StandardSchema<Data> {
  readonly "~standard": {
    readonly validate: (value: unknown) => Result<Data> | Promise<Result<Data>>;
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
  // Schemas of some libraries are functions too, which return their complaints instead of throwing them.
  if (!("~standard" in contract)) return typeof contract === "function" ? contract(value) : contract.parse(value);
  const result = contract["~standard"].validate(value);
  if (result instanceof Promise) {
    result.catch(() => undefined);
    throw new TypeError("A contract for message data must answer at once");
  }
  if (!result.issues) return result.value as Data;
  throw new TypeError(result.issues.map(({ message }) => message).join("; "));
}
