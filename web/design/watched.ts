import { useEffect, useReducer } from "preact/hooks";
import { drawNever, drawSoon } from "./pace.ts";

/** Something that views show and that changes by itself. */
export class Watched {
  readonly #watchers = new Set<() => void>();
  /** Grows with every change. */
  version = 0;

  /** @returns a function that ends the watching */
  watch(watcher: () => void): () => void {
    this.#watchers.add(watcher);
    return () => this.#watchers.delete(watcher);
  }

  protected changed(): void {
    this.version++;
    for (const watcher of [...this.#watchers]) watcher();
  }
}

/** Draws the component again whenever one of these changes. The order and number of the sources must stay the same. */
export function useWatched(...sources: Watched[]): void {
  const [, draw] = useReducer((count: number) => count + 1, 0);
  const drawn = sources.reduce((sum, { version }) => sum + version, 0);
  useEffect(() => {
    const drawAgain = () => draw(undefined as never);
    const ends = sources.map((source) => source.watch(() => drawSoon(drawAgain)));
    // Something may have changed between drawing and watching.
    if (sources.reduce((sum, { version }) => sum + version, 0) !== drawn) drawAgain();
    return () => {
      drawNever(drawAgain);
      for (const end of ends) end();
    };
  }, sources);
}
