import { type Collaboration, type Subscription, Uuid } from "beseda/client";
import * as v from "valibot";
import { runIfMain } from "./demo.ts";
import { serviceConversation } from "./service-conversation.ts";

export const tasksKey = "ДлительныеЗадания";

/** How far a task is, in percent. */
export const Progress = v.object({
  Задание: v.instance(Uuid),
  Готово: v.pipe(v.number(), v.minValue(0), v.maxValue(100)),
});

/** Server: does the steps of a long task and tells after each of them how far it is. */
export async function runLongTask(server: Collaboration, task: string, steps: (() => Promise<void>)[]): Promise<void> {
  for (const [index, step] of steps.entries()) {
    await step();
    const done = Math.round(((index + 1) / steps.length) * 100);
    await server.createMessage(tasksKey, { data: { Задание: new Uuid(task), Готово: done } }).write();
  }
}

/**
 * Illustrates showing the progress of a long task on the server in the client that waits for it: the filter lets only the
 * messages about this one task through. It demonstrates a feature and is not a finished tool.
 */
export const showProgress = (
  client: Collaboration,
  task: string,
  show: (percent: number) => void,
): Promise<Subscription> =>
  client.beginAttachNewMessagesHandler(undefined, tasksKey, ({ data }) => show(data.Готово), {
    contract: Progress,
    filter: ({ data }) => data.Задание.value === task,
  });

await runIfMain(import.meta.filename, async (demo) => {
  await serviceConversation(demo.server("Анна"), tasksKey);
  const task = crypto.randomUUID();
  const { promise, resolve } = Promise.withResolvers<void>();
  await showProgress(demo.client("Борис"), task, (percent) => {
    console.log(`${percent} %`);
    if (percent === 100) resolve();
  });
  const step = async () => undefined;
  await runLongTask(demo.server("Анна"), task, [step, step, step, step]);
  await promise;
});
