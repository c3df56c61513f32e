import type { Caller } from "../protocol/actors.ts";

/** What every route works with: the bindings, and who speaks once a credential was checked. */
export interface Door {
  Bindings: Env;
  Variables: { caller: Caller };
}
