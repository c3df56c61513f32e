import type { Collaboration, MessageView, Reaction } from "../../../src/sdk/client/index.ts";
import { Watched } from "../../design/watched.ts";

type Source = Pick<Collaboration, "addReaction" | "removeReaction" | "getReactions">;

/** What one message shows: the same as {@link Reaction}, with the user's own mark. */
export interface Shown extends Reaction {
  isOwn: boolean;
}

interface Wish {
  isOn: boolean;
  isGoing: boolean;
}

/** The user's own reactions: shown at once, sent one after the other, taken back when the server refuses. */
export class Reacting extends Watched {
  readonly #source: Source;
  readonly #me: string;
  /** By message and emoji. */
  readonly #wishes = new Map<string, Wish>();
  /** Emoji of own reactions, by message: where more people reacted than a message shows. */
  readonly #own = new Map<string, Set<string>>();
  /** A message as it is after a change. */
  onChanged: ((message: MessageView) => void) | undefined;

  constructor(source: Source, me: string) {
    super();
    this.#source = source;
    this.#me = me;
  }

  /** The reactions of a message as the user wants to see them: those on their way included. */
  of(message: MessageView): Shown[] {
    const shown = (message.reactions ?? []).map((reaction) => this.#wished(message, reaction));
    for (const [key, { isOn }] of this.#wishes) {
      const [id, emoji = ""] = key.split(" ");
      if (id === message.id && isOn && !shown.some((one) => one.emoji === emoji))
        shown.push({ emoji, count: 1, users: [this.#me], isOwn: true });
    }
    return shown.filter(({ count }) => count > 0);
  }

  /** Adds the user's reaction, or takes it away when it is there. @throws what the server says against it */
  toggle(message: MessageView, emoji: string): Promise<void> {
    const isOwn = this.of(message).some((one) => one.emoji === emoji && one.isOwn);
    const key = `${message.id} ${emoji}`;
    const isGoing = this.#wishes.get(key)?.isGoing ?? false;
    this.#wishes.set(key, { isOn: !isOwn, isGoing });
    this.changed();
    return isGoing ? Promise.resolve() : this.#send(message.id, emoji, key);
  }

  async #send(id: string, emoji: string, key: string): Promise<void> {
    for (;;) {
      const wish = this.#wishes.get(key);
      if (!wish) return;
      wish.isGoing = true;
      const { isOn } = wish;
      try {
        const { view } = await (isOn ? this.#source.addReaction(id, emoji) : this.#source.removeReaction(id, emoji));
        // Clicked again meanwhile: the last click counts.
        if (this.#wishes.get(key)?.isOn !== isOn) continue;
        this.#note(id, emoji, isOn);
        if (view) this.onChanged?.(view);
      } catch (error) {
        this.#wishes.delete(key);
        this.changed();
        throw error;
      }
      this.#wishes.delete(key);
      this.changed();
      return;
    }
  }

  #wished(message: MessageView, { emoji, count, users }: Reaction): Shown {
    const was = users.includes(this.#me) || (count > users.length && this.#isAmongOthers(message.id, emoji));
    const isOwn = this.#wishes.get(`${message.id} ${emoji}`)?.isOn ?? was;
    if (isOwn === was) return { emoji, count, users, isOwn };
    const others = users.filter((user) => user !== this.#me);
    return { emoji, isOwn, count: count + (isOwn ? 1 : -1), users: isOwn ? [...others, this.#me] : others };
  }

  /** Is the user one of those whose names the message does not show? Asked once for each message. */
  #isAmongOthers(id: string, emoji: string): boolean {
    const own = this.#own.get(id);
    if (own) return own.has(emoji);
    this.#own.set(id, new Set());
    this.#source.getReactions(id, { user: this.#me }).then(
      ({ items }) => {
        for (const one of items) this.#own.get(id)?.add(one.emoji);
        if (items.length > 0) this.changed();
      },
      () => this.#own.delete(id),
    );
    return false;
  }

  #note(id: string, emoji: string, isOn: boolean): void {
    if (isOn) this.#own.get(id)?.add(emoji);
    else this.#own.get(id)?.delete(emoji);
  }
}
