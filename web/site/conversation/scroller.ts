const nearPx = 700;
const bottomPx = 40;

/**
 * Keeps what the reader looks at where it is, whatever is put in above or below it, and follows the newest message while
 * the reader is at the end. Browsers do the first in part, and not all of them.
 */
export class Scroller {
  readonly #box: HTMLElement;
  #anchor: { key: string; top: number } | undefined;
  isAtEnd = true;

  constructor(box: HTMLElement) {
    this.#box = box;
  }

  get isNearTop(): boolean {
    return this.#box.scrollTop < nearPx;
  }

  get isNearEnd(): boolean {
    return this.#rest < nearPx;
  }

  /** The reader has moved, or the content has: remembers where things are. */
  look(): void {
    this.isAtEnd = this.#rest <= bottomPx;
    const first = this.#firstSeen();
    const key = first?.dataset.key;
    this.#anchor = first && key !== undefined ? { key, top: first.offsetTop - this.#box.scrollTop } : undefined;
  }

  /** After the content has changed: puts things back to where they were. */
  restore(): void {
    const { scrollTop } = this.#box;
    if (this.isAtEnd) this.#box.scrollTop = this.#box.scrollHeight;
    else if (this.#anchor) {
      const element = this.elementOf(this.#anchor.key);
      if (element) this.#box.scrollTop = element.offsetTop - this.#anchor.top;
    }
    if (this.#box.scrollTop !== scrollTop) this.look();
  }

  toEnd(): void {
    this.isAtEnd = true;
    this.#box.scrollTop = this.#box.scrollHeight;
    this.look();
  }

  /** Brings an element to the upper third. */
  show(element: HTMLElement): void {
    this.isAtEnd = false;
    this.#box.scrollTop = element.offsetTop - this.#box.clientHeight / 3;
    this.look();
  }

  elementOf(key: string): HTMLElement | undefined {
    return this.#rows.find((row) => row.dataset.key === key);
  }

  /** Number of the lowest message that is wholly in view. */
  get lastSeen(): number {
    const edge = this.#box.scrollTop + this.#box.clientHeight + bottomPx;
    const seen = this.#rows.findLast((row) => row.offsetTop + row.offsetHeight <= edge);
    return Number(seen?.dataset.key ?? 0) || 0;
  }

  get #rows(): HTMLElement[] {
    return [...this.#box.querySelectorAll<HTMLElement>("[data-key]")];
  }

  get #rest(): number {
    return this.#box.scrollHeight - this.#box.scrollTop - this.#box.clientHeight;
  }

  #firstSeen(): HTMLElement | undefined {
    const rows = this.#rows;
    let [low, high] = [0, rows.length - 1];
    while (low < high) {
      const middle = (low + high) >> 1;
      const row = rows[middle] as HTMLElement;
      if (row.offsetTop + row.offsetHeight < this.#box.scrollTop) low = middle + 1;
      else high = middle;
    }
    return rows[low];
  }
}
