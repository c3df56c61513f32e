/** Calls one hook. @returns whether it ended well and in time; if not, nothing that it changed may be used */
export type HasRun = (hook: () => unknown) => Promise<boolean>;

/**
 * Hooks are somebody else's code: what one throws, and that one is late, is told and stops nothing.
 * @param onError hears what was thrown, or a `TimeoutError`
 * @example if (await runsWithin(300, reportError)(() => handler(forming))) use(forming.commands);
 */
export const runsWithin =
  (ms: number, onError: (error: unknown) => void): HasRun =>
  async (hook) => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    const late = new Promise<never>((_, reject) => {
      timer = setTimeout(() => reject(new DOMException(`A hook took more than ${ms} ms`, "TimeoutError")), ms);
    });
    try {
      await Promise.race([hook(), late]);
      return true;
    } catch (error) {
      onError(error);
      return false;
    } finally {
      clearTimeout(timer);
    }
  };
