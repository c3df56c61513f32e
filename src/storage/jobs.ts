import type { Job } from "../protocol/jobs.ts";

/** Puts a job on the queue. It may get lost there: only work that can be found again, or done without, goes this way. */
export const enqueueJob = (env: Pick<Env, "JOBS">, job: Job, delaySeconds = 0): Promise<unknown> =>
  env.JOBS.send(job, { delaySeconds });
