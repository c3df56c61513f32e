import * as v from "valibot";
import { decodeCursor, encodeCursor } from "../../protocol/lists.ts";
import type { Finding, Looked } from "./look.ts";

/** A conversation to look into, by the moment of its last message, in milliseconds. */
export interface Place {
  id: string;
  date: number;
}

/** Where a search goes on: in this conversation, before event `n`; 0 = from its latest message. */
interface Position extends Place {
  n: number;
}

/**
 * Where a page begins. Conversations come in the order of their last message as it was at `since`: while pages are read
 * people go on writing, and what moves to the front of a list must not get lost.
 */
export interface Start {
  since: number;
  position?: Position;
}

/** How a walk asks. */
export interface Steps<There extends Place> {
  /** Moment of the last message up to `since`, of a conversation in which something was written later. */
  activeBy(place: There, since: number): Promise<number>;
  /** Looks into a conversation; undefined = the caller may not read it. */
  look(place: There, count: number, before: number | undefined): Promise<Looked | undefined>;
  now(): number;
}

export interface Walked<There extends Place> {
  found: { place: There; finding: Finding }[];
  cursor?: string;
}

/** What one page may cost: calls of conversations, and milliseconds after which no other one is begun. */
const callsAtMost = 200;
const msAtMost = 2_500;
/** Conversations asked at once: few at first, because the latest ones answer most searches. */
const firstAtOnce = 4;
const mostAtOnce = 32;
/** By then every list has heard of a message. */
const heardAfterMs = 10_000;

const list = "search";

/** @throws Problem `validation` for a cursor of another list */
export function startFrom(cursor: string | undefined, now: number): Start {
  if (cursor === undefined) return { since: now - heardAfterMs };
  const shape = v.tuple([v.number(), v.number(), v.string(), v.number()]);
  const [since, date, id, n] = decodeCursor(list, shape, cursor);
  return { since, position: { date, id, n } };
}

/** One page: the conversations one after another, latest first, until it is full or has cost enough. */
export async function walk<There extends Place>(
  places: readonly There[],
  start: Start,
  count: number,
  steps: Steps<There>,
): Promise<Walked<There>> {
  const path = new Path(start, count, steps);
  const next = await path.follow(await path.inOrder(places));
  const { found } = path;
  return { found, ...(next && { cursor: encodeCursor(list, [start.since, next.date, next.id, next.n]) }) };
}

const compare = (a: Place, b: Place): number => b.date - a.date || (a.id < b.id ? -1 : a.id > b.id ? 1 : 0);

class Path<There extends Place> {
  readonly found: Walked<There>["found"] = [];
  private readonly start: Start;
  private readonly count: number;
  private readonly steps: Steps<There>;
  private readonly begun: number;
  private calls = 0;

  constructor(start: Start, count: number, steps: Steps<There>) {
    this.start = start;
    this.count = count;
    this.steps = steps;
    this.begun = steps.now();
  }

  /** The conversations from the start on, by their last message up to `since`. */
  async inOrder(places: readonly There[]): Promise<There[]> {
    const { since, position } = this.start;
    const moved = places.filter(({ date }) => date > since).slice(0, callsAtMost / 2);
    const dates = new Map<string, number>();
    for (let i = 0; i < moved.length; i += mostAtOnce) {
      const some = moved.slice(i, i + mostAtOnce);
      this.calls += some.length;
      const found = await Promise.all(some.map((place) => this.steps.activeBy(place, since)));
      for (const [k, place] of some.entries()) dates.set(place.id, found[k] ?? since);
    }
    const dated = places.map((place) => ({ ...place, date: dates.get(place.id) ?? place.date }));
    return dated.sort(compare).filter((place) => !position || compare(place, position) >= 0);
  }

  /** @returns where the next page begins, undefined when there is nothing more to look at */
  async follow(places: readonly There[]): Promise<Position | undefined> {
    let atOnce = firstAtOnce;
    for (let i = 0; i < places.length; atOnce = Math.min(2 * atOnce, mostAtOnce)) {
      const some = places.slice(i, i + atOnce);
      const first = some[0] as There;
      if (this.isOver()) return { ...positionOf(first), n: this.beforeIn(first) ?? 0 };
      this.calls += some.length;
      const looks = await Promise.all(some.map((place) => this.steps.look(place, this.wanted, this.beforeIn(place))));
      for (const [k, place] of some.entries()) {
        const next = await this.gather(place, looks[k]);
        if (next !== undefined) return { ...positionOf(place), n: next };
      }
      i += some.length;
    }
    return undefined;
  }

  /** Takes what was found in a conversation, and goes on in it. @returns the event before which the next page goes on */
  private async gather(place: There, first: Looked | undefined): Promise<number | undefined> {
    for (let looked = first; looked; ) {
      const taken = looked.found.slice(0, this.wanted);
      for (const finding of taken) this.found.push({ place, finding });
      if (taken.length < looked.found.length) return taken.at(-1)?.n ?? this.beforeIn(place) ?? 0;
      if (looked.next === undefined) return undefined;
      if (this.isOver()) return looked.next;
      this.calls++;
      looked = await this.steps.look(place, this.wanted, looked.next);
    }
    return undefined;
  }

  private get wanted(): number {
    return this.count - this.found.length;
  }

  private isOver(): boolean {
    return this.wanted <= 0 || this.calls >= callsAtMost || this.steps.now() - this.begun >= msAtMost;
  }

  private beforeIn(place: There): number | undefined {
    const { position } = this.start;
    return position?.id === place.id && position.n > 0 ? position.n : undefined;
  }
}

const positionOf = ({ id, date }: Place): Place => ({ id, date });
