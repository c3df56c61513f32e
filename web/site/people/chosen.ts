import type { Look } from "../../../src/sdk/embed/looks.ts";

/** A line of the drop-down whose users are known by id. Nobody stands for "Notify nobody". */
export interface Entry extends Look {
  type: "nobody" | "user" | "group";
  users: string[];
}

/** What was picked: an entry, or several users out of a picker. */
export type Picked = Pick<Entry, "type" | "users">;

/** Who is chosen then. "Notify nobody" takes all away. */
export const chosenWith = (chosen: readonly string[], { type, users }: Picked): string[] =>
  type === "nobody" ? [] : [...new Set([...chosen, ...users])];
