import type { Collaboration } from "../../../src/sdk/client/index.ts";
import { Watched } from "../../design/watched.ts";

/** What the user may administer of the subscriber: for most people nothing. */
export class Administration extends Watched {
  readonly #beseda: Collaboration;
  isAdministrator = false;
  hasKey = true;

  constructor(beseda: Collaboration) {
    super();
    this.#beseda = beseda;
  }

  /** An administrator without an administration key is to be warned. */
  get lacksKey(): boolean {
    return this.isAdministrator && !this.hasKey;
  }

  /** Nobody waits for it: when it fails, it is asked again with the next start. */
  async load(): Promise<void> {
    try {
      this.isAdministrator = await this.#beseda.currentUserIsSubscriberAdministrator();
      if (this.isAdministrator) this.hasKey = await this.#beseda.hasAdministrationKey();
    } catch {
      return;
    }
    this.changed();
  }

  /** A new key, to be shown this once; the former one stops working. */
  async issueKey(): Promise<string> {
    const key = await this.#beseda.getNewAdministrationKey();
    this.hasKey = true;
    this.changed();
    return key;
  }
}
