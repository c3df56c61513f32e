/** One figure of the site, with what it may be at most. */
export interface Measured {
  item: string;
  value: number;
  unit: "bytes" | "ms" | "tasks" | "messages";
  /** Absent for figures that explain others. */
  limit?: number;
}

export const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));
