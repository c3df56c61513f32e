import { Problem } from "../../protocol/problems.ts";

interface Bucket {
  tokens: number;
  /** Milliseconds of the last refill. */
  at: number;
}

/**
 * How fast one sender may post to one conversation: so many at once, so many a second on average. Kept in memory only: an
 * object that sleeps has no fast sender.
 */
export class Pace {
  private readonly buckets = new Map<string, Bucket>();
  private readonly perSecond: number;
  private readonly burst: number;

  constructor(perSecond: number, burst: number) {
    this.perSecond = perSecond;
    this.burst = burst;
  }

  /** @throws Problem `limit_exceeded` with the seconds to wait */
  require(sender: string, now: number): void {
    const known = this.buckets.get(sender) ?? { tokens: this.burst, at: now };
    const tokens = Math.min(this.burst, known.tokens + (Math.max(0, now - known.at) / 1000) * this.perSecond);
    if (tokens < 1) {
      throw new Problem(
        "limit_exceeded",
        `At most ${this.perSecond} messages and reactions a second to one conversation`,
        {
          retryAfterSeconds: Math.max(1, Math.ceil((1 - tokens) / this.perSecond)),
        },
      );
    }
    if (this.buckets.size > 10_000) this.buckets.clear();
    this.buckets.set(sender, { tokens: tokens - 1, at: now });
  }
}
