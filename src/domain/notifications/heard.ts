import type { Hint } from "../../protocol/jobs.ts";
import { newestAuthors, type State } from "../../storage/activity/states.ts";

const kept = 2_000;

/**
 * What hints have told lately. The activity shard learns of a busy conversation some seconds later, so until then lists
 * are made from both. Memory only: an inbox that sleeps has heard nothing for longer than that.
 */
export class Heard {
  private readonly hints = new Map<string, Pick<Hint, "activity" | "authors">>();

  note({ activity, authors }: Hint): void {
    const { conversationId: id } = activity;
    const known = this.hints.get(id);
    this.hints.delete(id);
    this.hints.set(id, {
      activity: known && known.activity.n > activity.n ? known.activity : activity,
      authors: newestAuthors(known?.authors ?? {}, authors),
    });
    if (this.hints.size <= kept) return;
    for (const oldest of this.hints.keys()) {
      this.hints.delete(oldest);
      return;
    }
  }

  /** Ordinal of the latest message heard of; 0 when nothing was. */
  ordinalOf(conversation: string): number {
    return this.hints.get(conversation)?.activity.m ?? 0;
  }

  /** The state with what was heard since. */
  freshen(state: State): State {
    const hint = this.hints.get(state.conversation);
    if (!hint) return state;
    const authors = newestAuthors(state.authors, hint.authors);
    const { n, m, date, title, messages } = hint.activity;
    const last = messages.at(-1);
    if (!last || n <= state.n) return { ...state, authors };
    const { id, author, text, date: written, attachments } = last;
    return {
      ...state,
      n,
      m,
      date: Date.parse(date),
      authors,
      summary: {
        ...state.summary,
        title,
        last: { id, author, text, date: written, ...(attachments && { attachments }) },
      },
    };
  }
}
