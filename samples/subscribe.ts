import type { Collaboration, Message, Subscription } from "beseda/client";
import { runIfMain } from "./demo.ts";
import { serviceConversation } from "./service-conversation.ts";

/** What the sample tells the program around it. */
export interface Reports {
  message(message: Message): void;
  attached(keyOrId: string): void;
  failed(error: unknown): void;
}

/**
 * Illustrates subscribing to the new messages of a service conversation, by its key or by its id, with callbacks for
 * messages, completion and failure. It demonstrates a feature and is not a finished tool.
 */
export function subscribeToServiceConversation(
  client: Collaboration,
  keyOrId: string,
  { message, attached, failed }: Reports,
): Promise<Subscription> {
  return client.beginAttachNewMessagesHandler((subscribedTo) => attached(subscribedTo), keyOrId, message, {
    additionalParameters: keyOrId,
    onError: (error, processing) => {
      processing.standardProcessing = false;
      failed(error);
    },
  });
}

await runIfMain(import.meta.filename, async (demo) => {
  const [, , keyOrId = "КомандныйКанал"] = process.argv;
  await serviceConversation(demo.server("Анна"), "КомандныйКанал");
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  const subscription = subscribeToServiceConversation(demo.client("Борис"), keyOrId, {
    attached: (to) => console.log(`Борис is subscribed to ${to}.`),
    failed: reject,
    message: (message) => resolve(console.log(`Борис received: ${message.text}`)),
  });
  await Promise.race([subscription, promise]);
  await demo.server("Анна").createMessage(keyOrId, { text: "Проверка связи" }).write();
  await promise;
});
