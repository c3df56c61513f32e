import { afterEach, beforeEach, vi } from "vitest";

export const second = 1_000;

/** Lets time pass for what waits; nobody else waits for it. */
export const pass = (ms: number) => vi.advanceTimersByTimeAsync(ms);

/** In every test of the calling file the clock stands still, and chance always draws the longest wait it allows. */
export function holdClock(): void {
  beforeEach(() => {
    vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout", "Date"] });
    vi.spyOn(Math, "random").mockReturnValue(1);
  });
  afterEach(() => {
    vi.useRealTimers();
    vi.restoreAllMocks();
  });
}
