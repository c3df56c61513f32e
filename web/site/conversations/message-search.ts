import { type Collaboration, type FoundMessage, isCollaborationError } from "../../../src/sdk/client/index.ts";
import { Watched } from "../../design/watched.ts";

type Source = Pick<Collaboration, "searchMessages">;

const pageLength = 20;

/** A search through the messages of all conversations, page by page; new words end what was asked before. */
export class MessageSearch extends Watched {
  state: "idle" | "looking" | "failed" | "ready" = "idle";
  items: FoundMessage[] = [];
  readonly #source: Source;
  #text = "";
  #cursor: string | undefined;
  #asked = new AbortController();

  constructor(source: Source) {
    super();
    this.#source = source;
  }

  /** There may be more that fits. */
  get hasMore(): boolean {
    return this.#cursor !== undefined;
  }

  /** Begins anew with these words; without any nothing is asked. */
  seek(text: string): void {
    this.#text = text;
    this.#cursor = undefined;
    this.items = [];
    this.#asked.abort();
    if (text !== "") void this.further();
    else this.#become("idle");
  }

  /** The next page, or the same one again after it failed. */
  async further(): Promise<void> {
    this.#asked.abort();
    const asked = new AbortController();
    this.#asked = asked;
    this.#become("looking");
    try {
      const query = { text: this.#text, displayed: true, count: pageLength, cursor: this.#cursor };
      const { items, cursor } = await this.#source.searchMessages(query, { signal: asked.signal });
      if (asked.signal.aborted) return;
      this.items = [...this.items, ...items];
      this.#cursor = cursor;
      this.#become("ready");
    } catch (error) {
      // Words that are none, or too many, are in no message.
      const isNothing = isCollaborationError(error, "validation");
      if (!asked.signal.aborted) this.#become(isNothing ? "ready" : "failed");
    }
  }

  #become(state: MessageSearch["state"]): void {
    this.state = state;
    this.changed();
  }
}
