type Place = Pick<Storage, "getItem" | "setItem" | "removeItem" | "key" | "length">;

/** What this browser keeps for one user of one application: drafts, unsent messages, choices. */
export class Kept {
  readonly #storage: Place;
  readonly #prefix: string;

  constructor(owner: string, storage: Place = storageHere()) {
    this.#storage = storage;
    this.#prefix = `beseda/${owner}/`;
  }

  /** What was kept, or the fallback: nothing that stands in a storage is trusted to be whole. */
  get<Value>(name: string, fallback: Value): Value {
    try {
      return (JSON.parse(this.#storage.getItem(this.#prefix + name) ?? "null") as Value | null) ?? fallback;
    } catch {
      return fallback;
    }
  }

  /** Everything whose name begins so. */
  all<Value>(beginning: string): Value[] {
    const names = Array.from({ length: this.#storage.length }, (_, index) => this.#storage.key(index) ?? "");
    return names
      .filter((name) => name.startsWith(this.#prefix + beginning))
      .flatMap((name) => this.get<Value | undefined>(name.slice(this.#prefix.length), undefined) ?? []);
  }

  /** A storage that is full or forbidden keeps nothing, and breaks nothing. */
  set(name: string, value: unknown): void {
    try {
      if (value === undefined) this.#storage.removeItem(this.#prefix + name);
      else this.#storage.setItem(this.#prefix + name, JSON.stringify(value));
    } catch {
      // The page works without; only a reload would lose what could not be kept.
    }
  }
}

/** The browser's storage; a page that may not use it keeps things as long as it is open. */
function storageHere(): Place {
  try {
    return localStorage;
  } catch {
    return new Passing();
  }
}

class Passing implements Place {
  readonly #values = new Map<string, string>();

  get length(): number {
    return this.#values.size;
  }
  key = (index: number): string | null => [...this.#values.keys()][index] ?? null;
  getItem = (name: string): string | null => this.#values.get(name) ?? null;
  setItem = (name: string, value: string): void => void this.#values.set(name, value);
  removeItem = (name: string): void => void this.#values.delete(name);
}

/** Choices of this browser, whoever is signed in. */
export const ofThisBrowser = (): Kept => new Kept("browser");
