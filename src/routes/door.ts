import type { Caller } from "../protocol/actors.ts";

/** What every route works with: the bindings, and who speaks, by which token, once it was checked. */
export interface Door {
  Bindings: Env;
  Variables: { caller: Caller; token: string };
}
