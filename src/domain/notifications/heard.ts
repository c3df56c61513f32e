import type { Activity } from "../../protocol/live.ts";
import type { State } from "../../storage/activity/states.ts";

const kept = 2_000;

/**
 * What hints have told lately. The activity shard learns of a busy conversation some seconds later, so until then lists
 * are made from both. Memory only: an inbox that sleeps has heard nothing for longer than that.
 */
export class Heard {
  private readonly activities = new Map<string, Activity>();

  note(activity: Activity): void {
    this.activities.delete(activity.conversationId);
    this.activities.set(activity.conversationId, activity);
    if (this.activities.size <= kept) return;
    for (const oldest of this.activities.keys()) {
      this.activities.delete(oldest);
      return;
    }
  }

  /** The state with what was heard since. */
  freshen(state: State): State {
    const activity = this.activities.get(state.conversation);
    const last = activity?.messages.at(-1);
    if (!activity || !last || activity.n <= state.n) return state;
    const authors = { ...state.authors };
    for (const { author, m } of activity.messages) authors[author] = Math.max(m, authors[author] ?? 0);
    const { id, author, text, date } = last;
    return {
      ...state,
      n: activity.n,
      m: activity.m,
      date: Date.parse(activity.date),
      authors,
      summary: { ...state.summary, title: activity.title, last: { id, author, text, date } },
    };
  }
}
