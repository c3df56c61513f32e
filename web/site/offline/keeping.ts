import type { History } from "../conversation/history.ts";
import type { Site } from "../shell/site.ts";
import type { Keeper, KeptConversation, KeptSite } from "./keeper.ts";
import type { OfflineStore } from "./store.ts";

const pauseMs = 1_500;
const conversationsKept = 50;
const messagesKept = 50;

const keyOf = (conversation: string): string => `c/${conversation}`;

/** Keeps what is seen for reading without a connection: the list, and the last messages of conversations that were opened. */
export class Keeping implements Keeper {
  readonly #site: Site;
  readonly #store: OfflineStore;
  readonly #due = new Map<string, ReturnType<typeof setTimeout>>();
  readonly #watched = new Set<History>();
  #isChecked = false;

  constructor(site: Site, store: OfflineStore) {
    this.#site = site;
    this.#store = store;
    const changed = () => this.#soon("site", () => this.#keepSite());
    site.list.watch(changed);
    // It may have been loaded long before.
    changed();
  }

  /** Keeps a conversation whenever it changes; a removed one goes. */
  watch(history: History): void {
    if (this.#watched.has(history)) return;
    this.#watched.add(history);
    const changed = () => {
      if (history.state === "gone") return void this.forget(history.id);
      if (history.state === "ready") this.#soon(history.id, () => this.#keepConversation(history));
    };
    history.watch(changed);
    // The keeping is loaded behind the first screen, which may be there by then and change no more.
    changed();
  }

  site(): Promise<KeptSite | undefined> {
    return this.#store.get("site");
  }

  /** What was kept of a conversation; only while the server cannot be asked. */
  conversation(id: string): Promise<KeptConversation | undefined> {
    return this.#store.get(keyOf(id));
  }

  forget(id: string): Promise<void> {
    clearTimeout(this.#due.get(id));
    return this.#store.delete(keyOf(id));
  }

  #soon(name: string, keep: () => Promise<void>): void {
    if (this.#due.has(name)) return;
    const timer = setTimeout(() => {
      this.#due.delete(name);
      // What is shown without a connection is no news.
      if (this.#site.connection.isOpen) void keep();
    }, pauseMs);
    this.#due.set(name, timer);
  }

  async #keepSite(): Promise<void> {
    const { list, people } = this.#site;
    if (list.state !== "ready") return;
    await this.#store.set("site", { at: Date.now(), list: list.shown, people: people.known } satisfies KeptSite);
    if (!this.#isChecked) await this.#forgetStrange();
    this.#isChecked = true;
  }

  /** While nobody was here the user may have been taken out: what the list does not name is not kept on. */
  async #forgetStrange(): Promise<void> {
    const kept = await this.#store.keys(keyOf(""));
    const strange = kept.map((key) => key.slice(2)).filter((id) => !this.#site.list.known.has(id));
    for (const id of strange) if (!this.#isOpen(id)) await this.forget(id);
  }

  #isOpen(id: string): boolean {
    return [...this.#watched].some((history) => history.id === id && history.state === "ready");
  }

  async #keepConversation({ id, conversation, messages, pages, state }: History): Promise<void> {
    // A part further back is not what one looks for first.
    if (state !== "ready" || pages.hasNewer) return;
    const kept: KeptConversation = { at: Date.now(), conversation, messages: messages.slice(-messagesKept) };
    await this.#store.set(keyOf(id), kept);
    const keys = await this.#store.keys(keyOf(""));
    if (keys.length > conversationsKept) await this.#forgetOldest(keys);
  }

  async #forgetOldest(keys: readonly string[]): Promise<void> {
    const ages = await Promise.all(
      keys.map(async (key) => ({ key, at: (await this.#store.get<KeptConversation>(key))?.at ?? 0 })),
    );
    for (const { key } of ages.sort((a, b) => b.at - a.at).slice(conversationsKept)) await this.#store.delete(key);
  }
}
