import type { Collaboration, Event, MessageView } from "../../../src/sdk/client/index.ts";

type Source = Pick<Collaboration, "getMessages" | "getMessage">;

const pageLength = 50;

/** The later of two states of the same message: a deleted one never comes back, an edit replaces what was before it. */
export function laterOf(a: MessageView, b: MessageView): MessageView {
  if (a.deleted || b.deleted) return b.deleted ? b : a;
  const later = (b.edited ?? "") >= (a.edited ?? "") ? b : a;
  // Reactions have an order of their own.
  const other = later === a ? b : a;
  if ((other.reacted ?? 0) <= (later.reacted ?? 0)) return later;
  return withReactions(later, other.reacted ?? 0, other.reactions);
}

function withReactions(message: MessageView, reacted: number, reactions: MessageView["reactions"] = []): MessageView {
  const { reactions: _, ...rest } = message;
  return { ...rest, reacted, ...(reactions.length > 0 && { reactions }) };
}

/**
 * The loaded part of a conversation's messages: one stretch without gaps, in the order of their numbers. It grows at both
 * ends by pages.
 */
export class Pages {
  messages: readonly MessageView[] = [];
  hasOlder = true;
  /** Is the newest message beyond the loaded part? */
  hasNewer = false;
  readonly #source: Source;
  readonly conversation: string;
  #going: Promise<boolean> | undefined;

  constructor(source: Source, conversation: string) {
    this.#source = source;
    this.conversation = conversation;
  }

  of(n: number): MessageView | undefined {
    const message = this.messages.findLast((message) => message.n <= n);
    return message?.n === n ? message : undefined;
  }

  has(n: number): boolean {
    return this.of(n) !== undefined;
  }

  /** Reactions to a message have changed, at event `n`. */
  react({ id, n, reactions }: Extract<Event, { type: "reacted" }>): void {
    const message = this.messages.find((one) => one.id === id);
    if (message) this.put(withReactions(message, n, reactions));
  }

  put(...messages: MessageView[]): void {
    const newest = this.messages.at(-1)?.n ?? 0;
    const [first] = messages;
    // What has just come is the newest: a busy conversation must not be sorted for every message.
    if (messages.length === 1 && first && first.n > newest) {
      this.messages = [...this.messages, first];
      return;
    }
    const all = new Map(this.messages.map((message) => [message.n, message]));
    for (const message of messages) {
      const known = all.get(message.n);
      all.set(message.n, known ? laterOf(known, message) : message);
    }
    this.messages = [...all.values()].sort((a, b) => a.n - b.n);
  }

  /**
   * Loads the newest page; what is loaded stays when the two touch.
   * @param anew nothing stays: what was kept from another time may have been deleted since
   * @returns the latest number
   */
  async latest(anew = false): Promise<number> {
    const { items, hasMore } = await this.#page({});
    const newestBefore = this.messages.at(-1)?.n ?? 0;
    const oldest = items[0]?.n ?? 0;
    if (anew || this.hasNewer || (hasMore && oldest > newestBefore)) this.messages = [];
    if (this.messages.length === 0) this.hasOlder = hasMore;
    this.hasNewer = false;
    this.put(...items);
    return this.messages.at(-1)?.n ?? 0;
  }

  /** Forgets what lies far back; it is loaded again when it is wanted. @param most messages that stay */
  shorten(most: number): void {
    if (this.messages.length <= most) return;
    this.messages = this.messages.slice(-most);
    this.hasOlder = true;
  }

  older(): Promise<boolean> {
    const oldest = this.messages[0];
    if (!this.hasOlder || !oldest) return Promise.resolve(false);
    return this.#once(async () => {
      const { items, hasMore } = await this.#page({ after: oldest.id });
      if (this.messages[0] !== oldest) return;
      this.hasOlder = hasMore;
      this.put(...items);
    });
  }

  newer(): Promise<boolean> {
    const newest = this.messages.at(-1);
    if (!this.hasNewer || !newest) return Promise.resolve(false);
    return this.#once(async () => {
      const { items, hasMore } = await this.#page({ after: newest.id, sortDirection: "Asc" });
      if (this.messages.at(-1)?.n !== newest.n) return;
      this.hasNewer = hasMore;
      this.put(...items);
    });
  }

  /** Loads the surroundings of a message that is not loaded. */
  async reach(n: number): Promise<void> {
    if (this.has(n)) return;
    const id = `${this.conversation}.${n}`;
    const [message, before, after] = await Promise.all([
      this.#source.getMessage(id),
      this.#page({ after: id }),
      this.#page({ after: id, sortDirection: "Asc" }),
    ]);
    this.messages = [];
    this.hasOlder = before.hasMore;
    this.hasNewer = after.hasMore;
    this.put(...before.items, ...(message.view ? [message.view] : []), ...after.items);
  }

  async #page(filter: { after?: string; sortDirection?: "Asc" }): Promise<{ items: MessageView[]; hasMore: boolean }> {
    const page = await this.#source.getMessages({ conversation: this.conversation, count: pageLength, ...filter });
    const items = page.items.flatMap(({ view }) => view ?? []);
    return { items: filter.sortDirection ? items : items.reverse(), hasMore: page.cursor !== undefined };
  }

  /** One page at a time: scrolling asks for the same one again and again. */
  #once(load: () => Promise<void>): Promise<boolean> {
    this.#going ??= load()
      .then(
        () => true,
        () => false,
      )
      .finally(() => {
        this.#going = undefined;
      });
    return this.#going;
  }
}
