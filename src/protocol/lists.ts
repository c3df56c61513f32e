import * as v from "valibot";
import { limits } from "./limits.ts";

/** A page of any list. `cursor` asks for the next page; it is absent on the last one. */
export interface Page<Item> {
  items: Item[];
  cursor?: string;
}

export const pageOf = <Item extends v.GenericSchema>(item: Item) =>
  v.object({ items: v.array(item), cursor: v.optional(v.string()) });

export const SortDirection = v.picklist(["Asc", "Desc"], "must be Asc or Desc");
export type SortDirection = v.InferOutput<typeof SortDirection>;

const digits = v.pipe(v.string(), v.regex(/^[0-9]{1,9}$/, "must be a whole number"), v.transform(Number));

/** How many objects a page holds: 1 to 250, 200 unless told (SRCH-2). Out of range is `validation`, not a silent cut. */
export const Count = v.pipe(
  digits,
  v.check((n) => n >= 1 && n <= limits.pageMax, `must be from 1 to ${limits.pageMax}`),
);

/** The query fields that every list takes. */
export const paging = {
  count: v.optional(Count),
  cursor: v.optional(v.pipe(v.string(), v.maxLength(512))),
  sortDirection: v.optional(SortDirection),
};

/** `true` and `false` as query values. */
export const Flag = v.pipe(
  v.picklist(["true", "false"], "must be true or false"),
  v.transform((value) => value === "true"),
);

/** A moment, ISO 8601 with milliseconds, UTC. */
export const Moment = v.pipe(
  v.string(),
  v.isoTimestamp("must be an ISO 8601 date and time"),
  v.check((moment) => !Number.isNaN(Date.parse(moment)), "must be a moment that exists"),
);

/** Cursors are opaque to clients: ASCII JSON in base64url, checked when it comes back. */
export const encodeCursor = (value: readonly (string | number)[]): string =>
  btoa(JSON.stringify(value)).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");

/** The values of a cursor made by {@link encodeCursor}, or undefined when it is not one of ours. */
export function decodeCursor(cursor: string): (string | number)[] | undefined {
  try {
    const value: unknown = JSON.parse(atob(cursor.replaceAll("-", "+").replaceAll("_", "/")));
    const simple = Array.isArray(value) && value.every((part) => typeof part === "string" || typeof part === "number");
    return simple ? value : undefined;
  } catch {
    return undefined;
  }
}
