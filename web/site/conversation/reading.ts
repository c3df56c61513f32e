import type { MessageView } from "../../../src/sdk/client/index.ts";
import { Watched } from "../../design/watched.ts";
import type { History } from "./history.ts";
import { Scroller } from "./scroller.ts";
import { above, below, drawnOf, firstDrawn, mostDrawn, mostIn } from "./stretch.ts";

const foundMs = 2_500;
/** Loaded messages that are worth keeping for somebody who reads the newest ones, in stretches. */
const keptAtEnd = 4;

/** Where the reader is in a conversation: which part of it is drawn, what has been seen, what is to be brought into view. */
export class Reading extends Watched {
  /** Number of a message to look at, for a moment. */
  found: number | undefined;
  /** Before the newest message. */
  isAtEnd = true;
  /** Ordinal of the latest message that was in view. */
  seen = 0;
  readonly #history: History;
  readonly #onSeen: (m: number) => void;
  #from: number | undefined;
  /** Whoever begins at the newest message sees it before the rest is drawn. */
  #isWhole: boolean;
  /** Messages drawn at once, which a tall window has more of. */
  #most = mostDrawn;
  #isMoving = false;
  #scroller: Scroller | undefined;

  constructor(history: History, onSeen: (m: number) => void) {
    super();
    this.#history = history;
    this.#onSeen = onSeen;
    this.#isWhole = history.readUpTo !== undefined;
  }

  get drawn(): readonly MessageView[] {
    return drawnOf(this.#history.messages, this.#from, this.#isWhole ? this.#most : firstDrawn);
  }

  /** @returns a function that ends it */
  attach(box: HTMLElement): () => void {
    const scroller = new Scroller(box);
    this.#scroller = scroller;
    const content = box.firstElementChild as HTMLElement;
    const divider = content.querySelector<HTMLElement>(".unread-line");
    if (divider) scroller.show(divider);
    else scroller.toEnd();
    const frame = requestAnimationFrame(() => setTimeout(() => this.#drawRest()));
    // Pictures and fonts arrive late, keyboards push the log together.
    const sizes = new ResizeObserver(() => {
      this.#fit(box.clientHeight);
      scroller.restore();
    });
    sizes.observe(content);
    sizes.observe(box);
    const grown = () => scroller.restore();
    box.addEventListener("grown", grown);
    const look = () => this.look();
    addEventListener("focus", look);
    document.addEventListener("visibilitychange", look);
    return () => {
      cancelAnimationFrame(frame);
      sizes.disconnect();
      box.removeEventListener("grown", grown);
      removeEventListener("focus", look);
      document.removeEventListener("visibilitychange", look);
    };
  }

  /** After drawing: things stay where they were. */
  settle(): void {
    this.#scroller?.restore();
    this.look();
    if (this.#isWhole && this.#scroller?.isNearTop) void this.#moveUp();
  }

  scrolled(): void {
    this.look();
    if (this.#isWhole && this.#scroller?.isNearTop) void this.#moveUp();
    else if (this.#scroller?.isNearEnd) void this.#moveDown();
  }

  /** Notes what is in view; what a person has before the eyes counts as read. */
  look(): void {
    const scroller = this.#scroller;
    if (!scroller) return;
    scroller.look();
    const { messages, pages } = this.#history;
    const isAtEnd = scroller.isAtEnd && !pages.hasNewer && !below(messages, this.#from, this.#most).hasMore;
    const { lastSeen } = scroller;
    const last = messages.findLast(({ n }) => n <= lastSeen);
    if (last && document.visibilityState === "visible" && document.hasFocus()) {
      this.seen = Math.max(this.seen, last.m);
      this.#onSeen(this.seen);
    }
    // Somebody who stays at the end of a busy conversation would gather all of it.
    const kept = keptAtEnd * this.#most;
    if (isAtEnd && messages.length > 2 * kept) pages.shorten(kept);
    if (isAtEnd === this.isAtEnd) return;
    this.isAtEnd = isAtEnd;
    this.changed();
  }

  async toEnd(): Promise<void> {
    await this.#history.latest();
    this.#draw(undefined);
    requestAnimationFrame(() => this.#scroller?.toEnd());
  }

  /** Brings a message into view, wherever it is. */
  async show(n: number): Promise<void> {
    if (!(await this.#history.reach(n))) return;
    this.#isWhole = true;
    const { messages } = this.#history;
    const index = messages.findIndex((message) => message.n === n);
    this.found = n;
    if (!this.drawn.some((message) => message.n === n)) this.#from = messages[Math.max(0, index - 100)]?.n;
    this.changed();
    requestAnimationFrame(() => {
      const element = this.#scroller?.elementOf(String(n));
      if (element) this.#scroller?.show(element);
      element?.focus({ preventScroll: true });
    });
    setTimeout(() => {
      this.found = undefined;
      this.changed();
    }, foundMs);
  }

  async #moveUp(): Promise<void> {
    if (this.#isMoving) return;
    this.#isMoving = true;
    const hasMoved = await this.#drawAbove().finally(() => {
      this.#isMoving = false;
    });
    // Whoever scrolls faster than pages come is at the top again by now.
    if (hasMoved) requestAnimationFrame(() => this.#scroller?.isNearTop && void this.#moveUp());
  }

  /** @returns whether there was more */
  async #drawAbove(): Promise<boolean> {
    const history = this.#history;
    const next = above(history.messages, this.#from, this.#most);
    if (next !== undefined) {
      this.#draw(next);
      return true;
    }
    const former = history.messages[0];
    if (!history.pages.hasOlder || !former) return false;
    // From here on the stretch begins where it begins now, however much comes at the end.
    this.#from = former.n;
    await history.older();
    this.#draw(above(history.messages, former.n, this.#most) ?? former.n);
    return history.messages[0] !== former;
  }

  async #moveDown(): Promise<void> {
    const next = below(this.#history.messages, this.#from, this.#most);
    if (next.hasMore) return this.#draw(next.from);
    if (this.#history.pages.hasNewer) await this.#history.newer();
  }

  #fit(heightPx: number): void {
    const most = mostIn(heightPx);
    if (most === this.#most) return;
    this.#most = most;
    this.changed();
  }

  #drawRest(): void {
    this.#isWhole = true;
    this.changed();
  }

  #draw(from: number | undefined): void {
    if (from === this.#from) return;
    this.#from = from;
    this.changed();
  }
}
