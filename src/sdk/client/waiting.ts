/** Half a second, doubled each time, at most 30 seconds, and any part of it: clients of one server must not come back together. */
export const backoffMs = (attempt: number): number => Math.random() * Math.min(30_000, 500 * 2 ** attempt);

/** What a promise comes to, or the signal's reason as soon as it is aborted. */
export const orAborted = <Value>(promise: Promise<Value>, signal: AbortSignal): Promise<Value> =>
  new Promise((resolve, reject) => {
    const stop = () => reject(signal.reason as Error);
    if (signal.aborted) stop();
    signal.addEventListener("abort", stop, { once: true });
    promise.then(resolve, reject).finally(() => signal.removeEventListener("abort", stop));
  });

/** Waits. @throws the signal's reason as soon as it is aborted */
export function pause(ms: number, signal: AbortSignal): Promise<void> {
  let timer: ReturnType<typeof setTimeout>;
  const slept = new Promise<void>((resolve) => {
    timer = setTimeout(resolve, ms);
  });
  return orAborted(slept, signal).finally(() => clearTimeout(timer));
}

export const stopTimer = (timer: ReturnType<typeof setTimeout> | undefined): void => {
  if (timer !== undefined) clearTimeout(timer);
};
