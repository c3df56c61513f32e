/** A conversation pushes to one user at most so often: phones ring for news, not for every line. */
const pauseMs = 10_000;
const kept = 2_000;

/** What was last put on the queue for one conversation: when it acts, and for whom. */
interface Round {
  at: number;
  users: Set<string>;
}

/**
 * When to push: the first message at once, what follows soon afterwards together. A round that waits reads what is unread
 * when it acts, so whoever waits in it needs no other. Memory only: whoever forgets pushes once too often.
 */
export class PushPace {
  private readonly rounds = new Map<string, Round>();

  /** @returns of these users those that no waiting round will serve, and in how many seconds their round acts */
  take(conversation: string, users: readonly string[], now: number): { users: string[]; delaySeconds: number } {
    const last = this.rounds.get(conversation);
    const isWaiting = last !== undefined && last.at > now;
    const round = isWaiting ? last : { at: last ? Math.max(now, last.at + pauseMs) : now, users: new Set<string>() };
    const fresh = users.filter((user) => !round.users.has(user));
    for (const user of fresh) round.users.add(user);
    this.rounds.delete(conversation);
    this.rounds.set(conversation, round);
    this.forgetOldest();
    return { users: fresh, delaySeconds: Math.ceil((round.at - now) / 1000) };
  }

  private forgetOldest(): void {
    if (this.rounds.size <= kept) return;
    for (const oldest of this.rounds.keys()) {
      this.rounds.delete(oldest);
      return;
    }
  }
}
