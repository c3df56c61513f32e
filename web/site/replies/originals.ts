import type { Collaboration, MessageView } from "../../../src/sdk/client/index.ts";
import { Watched } from "../../design/watched.ts";
import type { Pages } from "../conversation/pages.ts";

/**
 * The messages of a conversation that replies to them quote. A reply only names its original: what that says is taken from
 * the loaded part, or asked for once and kept true by events, so an edit shows in every quote and a deleted text in none.
 */
export class Originals extends Watched {
  readonly #source: Pick<Collaboration, "getMessage">;
  readonly #pages: Pages;
  readonly #known = new Map<number, MessageView | undefined>();

  constructor(source: Pick<Collaboration, "getMessage">, pages: Pages) {
    super();
    this.#source = source;
    this.#pages = pages;
  }

  /** The original as far as known; whoever watches hears when more is. */
  of(n: number): MessageView | undefined {
    const loaded = this.#pages.of(n);
    if (loaded) return loaded;
    if (!this.#known.has(n)) void this.#ask(n);
    return this.#known.get(n);
  }

  /** A message has changed, be it among the loaded ones or not. */
  note(message: MessageView): void {
    if (this.#known.has(message.n)) this.#known.set(message.n, message);
    this.changed();
  }

  /** Events were missed: what is shown is asked for anew. */
  forget(): void {
    this.#known.clear();
    this.changed();
  }

  async #ask(n: number): Promise<void> {
    this.#known.set(n, undefined);
    try {
      const { view } = await this.#source.getMessage(`${this.#pages.conversation}.${n}`);
      // An event may have told a later state meanwhile.
      if (!this.#known.get(n)) this.#known.set(n, view);
      this.changed();
    } catch {
      // The quote stays empty until the conversation is opened again.
    }
  }
}
