import type { Activity, Collaboration, ConversationSummary, Notification } from "../../../src/sdk/client/index.ts";
import { Watched } from "../../design/watched.ts";
import { isNotified, shownOf, usualLength } from "./order.ts";

export type Source = Pick<Collaboration, "getConversations" | "getConversation" | "getCurrentUserNotifications">;

const filter = { contextConversation: false, displayed: true } as const;
const longPage = 250;

/** Messages of an activity that are new, and not changes to old ones. */
export const newIn = ({ messages }: Activity) => messages.filter(({ edited, deleted }) => !edited && !deleted);

/** The user's conversations without a context, live. */
export class ConversationList extends Watched {
  state: "loading" | "failed" | "ready" = "loading";
  readonly known = new Map<string, ConversationSummary>();
  readonly #source: Source;
  readonly #me: string;
  #wanted = usualLength;
  /** Where the next page begins; undefined when all are known. */
  #cursor: string | undefined;
  #loading: Promise<void> | undefined;

  constructor(source: Source, me: string) {
    super();
    this.#source = source;
    this.#me = me;
  }

  get shown(): ConversationSummary[] {
    return shownOf(this.known.values(), this.#wanted);
  }

  /** Shows what was kept, until the server answers. */
  restore(summaries: readonly ConversationSummary[]): void {
    if (this.state === "ready") return;
    for (const summary of summaries) this.known.set(summary.id, summary);
    this.state = "ready";
    this.changed();
  }

  /** Conversations with notifications, for the badge. */
  get notified(): number {
    return this.shown.filter((summary) => isNotified(summary) && summary.representation !== "DontDisturb").length;
  }

  get hasMore(): boolean {
    return this.#cursor !== undefined || this.shown.length < this.known.size;
  }

  /** Loads it, or brings it up to date after the connection was lost. */
  load(): Promise<void> {
    this.#loading ??= this.#load().finally(() => {
      this.#loading = undefined;
    });
    return this.#loading;
  }

  /** The list grows by a page. */
  async more(): Promise<void> {
    this.#wanted += usualLength;
    if (this.known.size < this.#wanted && this.#cursor !== undefined) await this.#next(usualLength);
    this.changed();
  }

  /** Every conversation, for a search by title. */
  async everything(): Promise<void> {
    await this.#loading;
    while (this.#cursor !== undefined) await this.#next(longPage);
    this.changed();
  }

  activity(activity: Activity): void {
    if (activity.conversationContext !== undefined || !activity.displayed) return;
    const known = this.known.get(activity.conversationId);
    if (known) this.#put({ ...known, ...this.#after(known, activity) });
    else void this.#meet(activity);
  }

  joined(summary: ConversationSummary): void {
    if (summary.conversationContext === undefined && summary.displayed) this.#put(summary);
  }

  left(id: string): void {
    this.known.delete(id);
    this.changed();
  }

  read(id: string, m: number): void {
    const known = this.known.get(id);
    if (!known) return;
    const unread = Math.min(known.unread ?? 0, Math.max(0, known.m - m));
    if (unread !== known.unread) this.#put({ ...known, unread });
  }

  settings(id: string, settings: Pick<ConversationSummary, "watch" | "representation">): void {
    const known = this.known.get(id);
    if (known) this.#put({ ...known, ...settings });
  }

  renamed(id: string, title: string): void {
    const known = this.known.get(id);
    if (known && known.title !== title) this.#put({ ...known, title });
  }

  #put(summary: ConversationSummary): void {
    this.known.set(summary.id, summary);
    this.changed();
  }

  async #load(): Promise<void> {
    try {
      const [page, notified] = await Promise.all([
        this.#source.getConversations({ ...filter, count: usualLength }),
        this.#notified(),
      ]);
      const seen = new Set(this.#take(page));
      this.#forgetUnseen(page.items.at(-1)?.lastMessageDate ?? "", seen);
      // Conversations with notifications may lie further back than the first page.
      while (this.#cursor !== undefined && notified.some((id) => !seen.has(id)))
        for (const id of await this.#next(longPage)) seen.add(id);
      this.state = "ready";
    } catch {
      if (this.state !== "ready") this.state = "failed";
    }
    this.changed();
  }

  async #notified(): Promise<string[]> {
    const ids: string[] = [];
    let cursor: string | undefined;
    do {
      const page = await this.#source.getCurrentUserNotifications({ count: longPage, ...(cursor && { cursor }) });
      ids.push(...page.items.filter(isOfList).map(({ conversationId }) => conversationId));
      cursor = page.cursor;
    } while (cursor !== undefined);
    return ids;
  }

  async #next(count: number): Promise<string[]> {
    return this.#take(await this.#source.getConversations({ ...filter, count, cursor: this.#cursor }));
  }

  #take({ items, cursor }: { items: ConversationSummary[]; cursor?: string }): string[] {
    for (const item of items) if ((this.known.get(item.id)?.n ?? -1) <= item.n) this.known.set(item.id, item);
    this.#cursor = cursor;
    return items.map(({ id }) => id);
  }

  /** What should have been in a page and was not is gone: the user was taken out while nothing was heard. */
  #forgetUnseen(oldest: string, seen: ReadonlySet<string>): void {
    const end = this.#cursor === undefined ? "" : oldest;
    for (const { id, lastMessageDate } of [...this.known.values()])
      if (lastMessageDate > end && !seen.has(id)) this.known.delete(id);
  }

  /** What an activity changes in a row. */
  #after(known: ConversationSummary, activity: Activity): Partial<ConversationSummary> {
    const { n, m, date, title } = activity;
    if (n <= known.n) return {};
    const last = activity.messages.at(-1);
    const isOfLast = last && (m > known.m || last.id === known.lastMessage?.id);
    const text = last?.deleted ? "" : (last?.text ?? "");
    return {
      n,
      m,
      title,
      ...(m > known.m && { lastMessageDate: date, unread: this.#unreadAfter(known, activity) }),
      ...(isOfLast && { lastMessage: { id: last.id, author: last.author, text, date: last.date } }),
    };
  }

  /** Writing means having read; what others wrote since is unread. */
  #unreadAfter({ unread = 0, m }: Pick<ConversationSummary, "unread" | "m">, activity: Activity): number {
    const own = newIn(activity).findLast(({ author }) => author === this.#me);
    return own ? activity.m - own.m : unread + activity.m - m;
  }

  /** News of a conversation that no page has shown yet. */
  async #meet(activity: Activity): Promise<void> {
    try {
      const id = activity.conversationId;
      const conversation = await this.#source.getConversation(id);
      if (this.known.has(id)) return;
      const fresh = newIn(activity).length + activity.missed;
      const blank: ConversationSummary = {
        id,
        title: conversation.title,
        group: conversation.group,
        displayed: conversation.displayed,
        viewOnly: conversation.viewOnly,
        ...(!conversation.group && { members: conversation.members }),
        lastMessageDate: activity.date,
        n: 0,
        m: activity.m - fresh,
        unread: 0,
        watch: true,
        representation: "Normal",
      };
      this.#put({ ...blank, ...this.#after(blank, activity) });
    } catch {
      // It was taken away in the meantime; the next load tells.
    }
  }
}

const isOfList = ({ conversationContext, displayed }: Notification): boolean =>
  conversationContext === undefined && displayed;
