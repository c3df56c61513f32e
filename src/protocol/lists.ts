import * as v from "valibot";
import { limits } from "./limits.ts";
import { Problem } from "./problems.ts";

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

/**
 * Cursors are opaque to clients: ASCII JSON in base64url. They name their list, so that a cursor of another one is noticed.
 */
export const encodeCursor = (list: string, place: readonly (string | number)[]): string =>
  btoa(asciiOf(JSON.stringify([list, place])))
    .replaceAll("+", "-")
    .replaceAll("/", "_")
    .replaceAll("=", "");

/** The same JSON, its other characters spelt by their codes. */
const asciiOf = (json: string): string =>
  json.replace(/[^ -~]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`);

/**
 * The place in a list that a cursor stands for.
 * @param shape what places of this list look like
 * @throws Problem `validation` for anything but a cursor made by {@link encodeCursor} for this list
 */
export function decodeCursor<Shape extends v.GenericSchema>(
  list: string,
  shape: Shape,
  cursor: string,
): v.InferOutput<Shape> {
  const result = v.safeParse(v.tuple([v.literal(list), shape]), decoded(cursor));
  if (result.success) return result.output[1];
  throw new Problem("validation", "This cursor is not of this list", { field: "cursor" });
}

function decoded(cursor: string): unknown {
  try {
    return JSON.parse(atob(cursor.replaceAll("-", "+").replaceAll("_", "/")));
  } catch {
    return undefined;
  }
}
