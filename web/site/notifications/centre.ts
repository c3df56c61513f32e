import type { Activity, Collaboration, MessageView, Notification } from "../../../src/sdk/client/index.ts";
import { Watched } from "../../design/watched.ts";
import { newIn } from "../conversations/list.ts";

export type Source = Pick<Collaboration, "getCurrentUserNotifications" | "getMessages">;

/** One conversation of the centre: what is new in it, with the last messages once they are known. */
export interface Entry extends Notification {
  messages?: MessageView[];
}

const page = 250;
const messagesShown = 3;

/** Everything the user has not seen, conversation by conversation, live. Reading anywhere clears it everywhere. */
export class NotificationCentre extends Watched {
  state: "loading" | "failed" | "ready" = "loading";
  readonly #source: Source;
  readonly #me: string;
  readonly #entries = new Map<string, Entry>();
  /** Ordinals up to which the user has read here: an answer that was under way knows nothing of it. */
  readonly #read = new Map<string, number>();

  constructor(source: Source, me: string) {
    super();
    this.#source = source;
    this.#me = me;
  }

  /** Newest first. */
  get entries(): Entry[] {
    return [...this.#entries.values()].sort((a, b) => (a.date < b.date ? 1 : -1));
  }

  get size(): number {
    return this.#entries.size;
  }

  of(conversation: string): Entry | undefined {
    return this.#entries.get(conversation);
  }

  async load(): Promise<void> {
    try {
      const items: Notification[] = [];
      let cursor: string | undefined;
      do {
        const answer = await this.#source.getCurrentUserNotifications({ count: page, ...(cursor && { cursor }) });
        items.push(...answer.items.filter(({ displayed }) => displayed));
        cursor = answer.cursor;
      } while (cursor !== undefined);
      this.#entries.clear();
      for (const item of items)
        if (item.lastM > (this.#read.get(item.conversationId) ?? 0)) this.#entries.set(item.conversationId, item);
      this.state = "ready";
    } catch {
      if (this.state !== "ready") this.state = "failed";
    }
    this.changed();
  }

  /** The user was told of new messages. */
  activity(activity: Activity): void {
    const { conversationId, conversationContext, title, displayed, m, date } = activity;
    const known = this.#entries.get(conversationId);
    const fresh = newIn(activity).filter((message) => message.m > (known?.lastM ?? 0) && message.author !== this.#me);
    const count = fresh.length + activity.missed;
    if (!displayed || count === 0) return;
    this.#entries.set(conversationId, {
      conversationId,
      title,
      displayed,
      ...(conversationContext !== undefined && { conversationContext }),
      count: (known?.count ?? 0) + count,
      firstM: known?.firstM ?? fresh[0]?.m ?? m,
      lastM: m,
      addressed: (known?.addressed ?? false) || fresh.some(({ recipients }) => recipients?.includes(this.#me)),
      date,
      representation: known?.representation ?? "Normal",
    });
    this.changed();
  }

  read(conversation: string, m: number): void {
    this.#read.set(conversation, Math.max(m, this.#read.get(conversation) ?? 0));
    const known = this.#entries.get(conversation);
    if (!known || m < known.firstM) return;
    if (m >= known.lastM) this.#entries.delete(conversation);
    else
      this.#entries.set(conversation, {
        ...known,
        count: Math.min(known.count, known.lastM - m),
        firstM: m + 1,
      });
    this.changed();
  }

  left(conversation: string): void {
    if (this.#entries.delete(conversation)) this.changed();
  }

  settings(conversation: string, representation: Notification["representation"]): void {
    const known = this.#entries.get(conversation);
    if (known) this.#entries.set(conversation, { ...known, representation });
    this.changed();
  }

  /** The last messages of an entry, with their formatting, when they come into view. */
  async showMessages(conversation: string): Promise<void> {
    const entry = this.#entries.get(conversation);
    if (!entry || entry.messages) return;
    // Set before the answer: nobody asks twice.
    entry.messages = [];
    try {
      const { items } = await this.#source.getMessages({ conversation, count: messagesShown });
      const now = this.#entries.get(conversation);
      if (now !== entry) return;
      entry.messages = items.flatMap(({ view }) => (view && view.m >= entry.firstM ? [view] : [])).reverse();
    } catch {
      delete entry.messages;
      return;
    }
    this.changed();
  }
}
