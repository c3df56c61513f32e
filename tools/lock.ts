import { readFileSync, rmSync, writeFileSync } from "node:fs";

const isAlive = (pid: number): boolean => {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
};

/**
 * Takes a lock file for this process. A lock whose process is gone, for example after a power cut, is taken over.
 * @returns a function that gives it back, or undefined when another process holds it
 */
export function holdLock(file: string): (() => void) | undefined {
  for (let tries = 0; tries < 2; tries++) {
    try {
      writeFileSync(file, String(process.pid), { flag: "wx" });
      return () => rmSync(file, { force: true });
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error;
      const holder = Number(readFileSync(file, "utf8"));
      if (holder > 0 && holder !== process.pid && isAlive(holder)) return undefined;
      rmSync(file, { force: true });
    }
  }
  return undefined;
}
