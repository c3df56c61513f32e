const storeName = "kept";

const answerOf = <Value>(request: IDBRequest<Value>): Promise<Value> =>
  new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });

/**
 * What one user of one application has seen, kept in this browser in a database of its own: to erase it is to delete the
 * database. A browser without room, or without such a storage, keeps nothing and breaks nothing.
 */
export class OfflineStore {
  readonly #opening: Promise<IDBDatabase | undefined>;
  readonly #name: string;
  #isErased = false;

  constructor(owner: string) {
    this.#name = `beseda/${owner}`;
    this.#opening = this.#open();
  }

  async get<Value>(key: string): Promise<Value | undefined> {
    return (await this.#with("readonly", (store) => store.get(key))) as Value | undefined;
  }

  /** The keys that begin so. */
  async keys(beginning: string): Promise<string[]> {
    const range = IDBKeyRange.bound(beginning, `${beginning}\uffff`);
    return ((await this.#with("readonly", (store) => store.getAllKeys(range))) ?? []) as string[];
  }

  async set(key: string, value: unknown): Promise<void> {
    await this.#with("readwrite", (store) => store.put(value, key));
  }

  async delete(key: string): Promise<void> {
    await this.#with("readwrite", (store) => store.delete(key));
  }

  /** Takes everything away, and keeps nothing more: what is still on its way is not written. */
  async erase(): Promise<void> {
    this.#isErased = true;
    (await this.#opening)?.close();
    await eraseDatabase(this.#name);
  }

  async #with<Value>(
    mode: IDBTransactionMode,
    work: (store: IDBObjectStore) => IDBRequest<Value>,
  ): Promise<Value | undefined> {
    try {
      const database = await this.#opening;
      if (!database || this.#isErased) return undefined;
      return await answerOf(work(database.transaction(storeName, mode).objectStore(storeName)));
    } catch {
      return undefined;
    }
  }

  async #open(): Promise<IDBDatabase | undefined> {
    try {
      const request = indexedDB.open(this.#name, 1);
      request.onupgradeneeded = () => request.result.createObjectStore(storeName);
      const database = await answerOf(request);
      // Another window signs out: it must not have to wait for this one.
      database.onversionchange = () => {
        this.#isErased = true;
        database.close();
      };
      return database;
    } catch {
      return undefined;
    }
  }
}

const eraseDatabase = (name: string): Promise<unknown> =>
  answerOf(indexedDB.deleteDatabase(name)).catch(() => undefined);

/** Takes away what was kept for an owner whose store is not open here. */
export const eraseStore = (owner: string): Promise<unknown> => eraseDatabase(`beseda/${owner}`);
