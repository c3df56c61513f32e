import { env } from "cloudflare:workers";
import { vi } from "vitest";
import { work } from "../../../src/consumers/queue.ts";
import type { Job } from "../../../src/protocol/jobs.ts";

/** Keeps the queue's jobs back. @returns the consumer: waits for a job and does all that were sent since its last run */
export function keepJobs(): () => Promise<void> {
  const jobs: Job[] = [];
  vi.spyOn(env.JOBS, "send").mockImplementation((async (job: Job) => jobs.push(job)) as never);
  return async () => {
    await vi.waitUntil(() => jobs.length > 0, { timeout: 10_000, interval: 10 });
    for (const job of jobs.splice(0)) await work(env, job);
  };
}
