/** What one object has used since the last reading, by the platform's own counters. */
export interface Meter {
  rowsWritten: number;
  rowsRead: number;
  requests: number;
  frames: number;
  activeMs: number;
  /** Times the object was made in memory: at first use, and after each sleep. */
  wakes: number;
}

/** One reading of all objects, by name. */
export interface Reading {
  objects: Record<string, Meter>;
  queueMessages: number;
}
