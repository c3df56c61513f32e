import { Watched } from "../../design/watched.ts";

/** Clients say it again every three seconds; after the second one left out somebody counts as no longer writing. */
const shownMs = 6_000;

/** Who is writing at the moment. */
export class Typing extends Watched {
  readonly #until = new Map<string, ReturnType<typeof setTimeout>>();

  /** The users, in the order in which they began. */
  get users(): string[] {
    return [...this.#until.keys()];
  }

  heard(user: string): void {
    const timer = this.#until.get(user);
    clearTimeout(timer);
    this.#until.set(
      user,
      setTimeout(() => this.stopped(user), shownMs),
    );
    if (timer === undefined) this.changed();
  }

  /** The message is there, or nothing was said for a while. */
  stopped(user: string): void {
    clearTimeout(this.#until.get(user));
    if (this.#until.delete(user)) this.changed();
  }

  clear(): void {
    for (const user of this.users) this.stopped(user);
  }
}
