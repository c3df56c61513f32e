import type { User } from "../../../src/sdk/client/index.ts";
import { Watched } from "../../design/watched.ts";
import { words } from "../words/words.ts";

interface Source {
  getProfiles(ids: string[]): Promise<User[]>;
}

const mostAtOnce = 100;
const forgetAfterMs = 300_000;
const askAgainMs = 5_000;

/** Everybody whose name was needed so far. Names are asked for together, as they come to be needed. */
export class People extends Watched {
  readonly #source: Source;
  readonly #known = new Map<string, { user: User | undefined; until: number }>();
  /** UUID in the application → id. */
  readonly #pairs = new Map<string, string>();
  readonly #wanted: string[] = [];
  /** Wanted, or on its way. */
  readonly #asked = new Set<string>();

  constructor(source: Source) {
    super();
    this.#source = source;
  }

  /** The person as far as known; whoever watches hears when more is. */
  of(id: string): User | undefined {
    const known = this.#known.get(id);
    if (!known || known.until < Date.now()) this.#want(id);
    return known?.user;
  }

  /** A name to show: empty while it is being asked for, so that nothing wrong flashes up. */
  nameOf(id: string): string {
    const user = this.of(id);
    if (user) return user.name || user.fullName;
    return this.#known.has(id) ? words.people.unknown : "";
  }

  /** Everybody whose name is known. */
  get known(): User[] {
    return [...this.#known.values()].flatMap(({ user }) => user ?? []);
  }

  note(...users: User[]): void {
    for (const user of users) {
      this.#known.set(user.id, { user, until: Date.now() + forgetAfterMs });
      if (user.infoBaseUserId) this.#pairs.set(user.infoBaseUserId, user.id);
    }
    if (users.length > 0) this.changed();
  }

  /**
   * Ids of the users that can be chosen, in their order, each once.
   * @param references ids, or UUIDs in the application; who is not there, is blocked or cannot be asked for is left out
   */
  async resolve(references: readonly string[]): Promise<string[]> {
    const unknown = [...new Set(references)].filter((reference) => !this.#named(reference));
    for (let at = 0; at < unknown.length; at += mostAtOnce)
      this.note(...(await this.#source.getProfiles(unknown.slice(at, at + mostAtOnce)).catch(() => [])));
    const users = references.map((reference) => this.#named(reference)).filter((user) => user && !user.isLocked);
    return [...new Set(users.map((user) => (user as User).id))];
  }

  #named(reference: string): User | undefined {
    return this.#known.get(this.#pairs.get(reference) ?? reference)?.user;
  }

  #want(id: string): void {
    if (this.#asked.has(id)) return;
    this.#asked.add(id);
    if (this.#wanted.length === 0) queueMicrotask(() => void this.#ask());
    this.#wanted.push(id);
  }

  async #ask(): Promise<void> {
    const ids = this.#wanted.splice(0);
    for (let at = 0; at < ids.length; at += mostAtOnce) await this.#askFor(ids.slice(at, at + mostAtOnce));
  }

  async #askFor(ids: string[]): Promise<void> {
    try {
      const users = await this.#source.getProfiles(ids);
      const byId = new Map(users.map((user) => [user.id, user]));
      for (const id of ids) {
        this.#known.set(id, { user: byId.get(id), until: Date.now() + forgetAfterMs });
        this.#asked.delete(id);
      }
      this.changed();
    } catch {
      // Whoever still shows the name asks again, after a while.
      setTimeout(() => {
        for (const id of ids) this.#asked.delete(id);
        this.changed();
      }, askAgainMs);
    }
  }
}
