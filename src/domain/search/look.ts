import type { Caller } from "../../protocol/actors.ts";
import { limits } from "../../protocol/limits.ts";
import type { Message } from "../../protocol/messages.ts";
import type { Mark } from "../../protocol/search.ts";
import { firstWith, type MessageRow, messagesBackwards, messagesFrom } from "../../storage/conversation/messages.ts";
import type { ConversationStore } from "../../storage/conversation/store.ts";
import { fittingStretches, startOf, stretchOf, writeStretch } from "../../storage/conversation/stretches.ts";
import { enter } from "../conversations/access.ts";
import { marksOf, needlesOf, type Sought, soughtIn, vocabularyOf } from "./query.ts";
import { wordsIn } from "./words.ts";

/** What is looked for in one conversation: at most `count` messages, from before event `before` on. */
export interface Look {
  text: string;
  count: number;
  before?: number;
}

/** A message as JSON, and where it fits. */
export interface Finding {
  n: number;
  message: string;
  marks: Mark[];
}

/** Newest first. `next` = there is more to look at before this event. */
export interface Looked {
  found: Finding[];
  next?: number;
}

/** What one look may cost: messages read, their characters, stretches passed. */
const rowsAtMost = 4_096;
const charactersAtMost = 4_194_304;
const stretchesAtMost = 256;
/** Stretches whose words, and messages of a stretch that are taken at once. */
const stretchesAtOnce = 32;
const rowsAtOnce = 64;

/**
 * Looks for messages backwards, stretch by stretch. A stretch whose words are remembered is read only if it may fit; one
 * that was never read is read, and its words are remembered. Whatever is found stands in its row now: what was changed or
 * deleted is never found by its old words.
 * @throws Problem `not_found`, `validation`
 */
export function look(store: ConversationStore, caller: Caller, { text, count, before }: Look, now: number): Looked {
  enter(store, caller, now);
  const reading = new Reading(store, soughtIn(text), count);
  let at = Math.min(before ?? Number.POSITIVE_INFINITY, store.n + 1);
  while (at > 1 && reading.mayGoOn()) at = reading.before(at);
  return { found: reading.found, ...(at > 1 && { next: at }) };
}

/** Moment of the latest message of `moment` or before it, in milliseconds; of creation, when there was none. */
export function dateBy(store: ConversationStore, moment: number): number {
  const later = firstWith(store.sql, "date", moment + 1, store.n);
  const [row] = messagesFrom(store.sql, Math.min(later, Number.MAX_SAFE_INTEGER), "Desc", 1);
  return row?.date ?? store.facts?.created ?? 0;
}

class Reading {
  readonly found: Finding[] = [];
  private readonly store: ConversationStore;
  private readonly sought: Sought;
  private readonly count: number;
  private readonly spent = { rows: 0, characters: 0, stretches: 0, answer: 0 };
  private known = new Map<number, boolean>();
  private knownFrom = Number.POSITIVE_INFINITY;

  constructor(store: ConversationStore, sought: Sought, count: number) {
    this.store = store;
    this.sought = sought;
    this.count = count;
  }

  mayGoOn(): boolean {
    return !this.isFull() && this.spent.rows < rowsAtMost && this.spent.stretches < stretchesAtMost;
  }

  /** Looks at what stands before event `at` in its stretch. @returns where to go on */
  before(at: number): number {
    const stretch = stretchOf(at - 1);
    this.spent.stretches++;
    const fits = this.fits(stretch);
    if (fits === false) return startOf(stretch);
    const isWhole = at === startOf(stretch + 1);
    return this.read(stretch, at, fits === undefined && isWhole ? new Set() : undefined);
  }

  /** May the stretch fit? Undefined = nobody knows. */
  private fits(stretch: number): boolean | undefined {
    if (stretch < this.knownFrom) {
      this.knownFrom = Math.max(0, stretch - stretchesAtOnce + 1);
      this.known = fittingStretches(this.store.sql, this.knownFrom, stretch, needlesOf(this.sought));
    }
    return this.known.get(stretch);
  }

  /** @param words gathers the words of the stretch, to be remembered once all of it was read */
  private read(stretch: number, at: number, words: Set<string> | undefined): number {
    const start = startOf(stretch);
    for (let before = at; ; ) {
      const rows = messagesBackwards(this.store.sql, start, before, rowsAtOnce);
      for (const row of rows) {
        this.note(row, words);
        if (this.isFull()) return row.n;
      }
      const last = rows.at(-1);
      if (!last || rows.length < rowsAtOnce) break;
      before = last.n;
    }
    if (words) writeStretch(this.store.sql, stretch, vocabularyOf(words));
    return start;
  }

  private note({ n, body }: MessageRow, words: Set<string> | undefined): void {
    this.spent.rows++;
    this.spent.characters += body.length;
    const there = wordsIn((JSON.parse(body) as Message).text);
    if (words) for (const { text } of there) words.add(text);
    const marks = marksOf(there, this.sought);
    if (!marks) return;
    this.found.push({ n, message: body, marks });
    this.spent.answer += body.length;
  }

  private isFull(): boolean {
    const { characters, answer } = this.spent;
    return this.found.length >= this.count || characters >= charactersAtMost || answer >= limits.resumePage;
  }
}
