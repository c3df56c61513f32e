/**
 * Answers of the directory that a door may trust for a while, so that a message does not cost a query. Only what exists is
 * remembered: what is missing may be there a moment later.
 */
export class Remembered<Value> {
  private readonly entries = new Map<string, { value: Value; until: number }>();
  private readonly trustMs: number;
  private readonly size: number;

  constructor(trustMs: number, size: number) {
    this.trustMs = trustMs;
    this.size = size;
  }

  async get(key: string, ask: () => Promise<Value | undefined>): Promise<Value | undefined> {
    const now = Date.now();
    const known = this.entries.get(key);
    if (known && known.until > now) return known.value;
    const value = await ask();
    if (value !== undefined) this.set(key, value, now + this.trustMs);
    return value;
  }

  set(key: string, value: Value, until = Date.now() + this.trustMs): void {
    // The oldest entry goes first: insertion order is age.
    this.entries.delete(key);
    for (const oldest of this.entries.keys()) {
      if (this.entries.size < this.size) break;
      this.entries.delete(oldest);
    }
    this.entries.set(key, { value, until });
  }

  forget(key: string): void {
    this.entries.delete(key);
  }

  clear(): void {
    this.entries.clear();
  }
}
