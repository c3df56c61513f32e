/** What a handler was called with, in order; whoever waits for the next call gets it when it comes. */
export class Heard<Item> {
  readonly all: Item[] = [];
  private taken = 0;
  private waiting: (() => void)[] = [];

  /** The handler. */
  readonly take = (item: Item): void => {
    this.all.push(item);
    for (const wake of this.waiting.splice(0)) wake();
  };

  /** The next item that was not taken yet. */
  async next(): Promise<Item> {
    while (this.taken >= this.all.length) await new Promise<void>((resolve) => this.waiting.push(resolve));
    return this.all[this.taken++] as Item;
  }

  /** The first item from here on that fits; those before it are passed over. */
  async until(fits: (item: Item) => boolean): Promise<Item> {
    for (;;) {
      const item = await this.next();
      if (fits(item)) return item;
    }
  }

  /** Resolves once as many have come in all. */
  async count(items: number): Promise<Item[]> {
    while (this.all.length < items) await new Promise<void>((resolve) => this.waiting.push(resolve));
    return this.all;
  }
}
