import type { Job } from "../protocol/jobs.ts";
import { push } from "./push.ts";
import { tell } from "./tell.ts";

/** Takes a batch apart: each job succeeds or is repeated on its own, so a bad one harms no other. */
export async function consume(batch: MessageBatch<Job>, env: Env): Promise<void> {
  await Promise.all(
    batch.messages.map(async (message) => {
      try {
        await work(env, message.body);
        message.ack();
      } catch (error) {
        console.warn("A job failed and will be repeated", message.body, error);
        message.retry({ delaySeconds: Math.min(60, 2 ** message.attempts) });
      }
    }),
  );
}

/** Does one job. */
export const work = (env: Env, job: Job): Promise<void> => (job.kind === "push" ? push(env, job) : tell(env, job));
