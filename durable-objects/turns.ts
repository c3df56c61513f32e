/** Works that wait at most: under a steady stream a timer hardly gets its turn. */
const enough = 256;

/**
 * When the work of a conversation is done. Lone work is done at once. What arrives while its fan-out leaves waits for the
 * next turn of the event loop, and as long as works come in company they wait for one turn to find each other: a turn is
 * one transaction and one fan-out, however many messages it takes.
 */
export class Turns {
  private readonly after: () => void;
  private waiting: (() => void)[] = [];
  private timer: ReturnType<typeof setTimeout> | undefined;
  /** How many works the last turn took: more than one means that they come in company. */
  private company = 0;

  /** @param after called at the end of each turn */
  constructor(after: () => void) {
    this.after = after;
  }

  /** Does synchronous work now, or in the next turn; in the order of the calls. */
  take<Value>(work: () => Value): Value | Promise<Value> {
    if (this.timer === undefined && this.company <= 1) return this.takeAlone(work);
    return new Promise((resolve, reject) => {
      this.waiting.push(() => {
        try {
          resolve(work());
        } catch (error) {
          reject(error);
        }
      });
      if (this.waiting.length >= enough) this.takeAll();
      else this.takeAllSoon();
    });
  }

  private takeAlone<Value>(work: () => Value): Value {
    this.company = 1;
    this.takeAllSoon();
    try {
      return work();
    } finally {
      this.after();
    }
  }

  private takeAllSoon(): void {
    this.timer ??= setTimeout(() => this.takeAll(), 0);
  }

  private takeAll(): void {
    if (this.timer !== undefined) clearTimeout(this.timer);
    this.timer = undefined;
    const works = this.waiting;
    this.waiting = [];
    this.company = works.length;
    for (const work of works) work();
    this.after();
  }
}
