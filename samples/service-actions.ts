import type { Collaboration, Message, Subscription } from "beseda/client";
import * as v from "valibot";
import { runIfMain } from "./demo.ts";
import { serviceConversation } from "./service-conversation.ts";

export const actionsKey = "СервисныеДействия";

/** A service action, and when it begins. The moment travels as a moment, so that each client shows its own local time. */
export const ServiceAction = v.object({ Действие: v.string(), Начало: v.date() });
export type ServiceAction = v.InferOutput<typeof ServiceAction>;

/** Server: announces a service action to whoever works in the application now. */
export const announce = (server: Collaboration, action: ServiceAction): Promise<Message> =>
  server.createMessage(actionsKey, { data: action }).write();

/**
 * Illustrates how running clients are told of service actions on the server. Who starts a client later hears nothing of
 * earlier ones. It demonstrates a feature and is not a finished tool.
 */
export const showServiceActions = (
  client: Collaboration,
  show: (action: ServiceAction) => void,
): Promise<Subscription> =>
  client.beginAttachNewMessagesHandler(undefined, actionsKey, ({ data }) => show(data), { contract: ServiceAction });

await runIfMain(import.meta.filename, async (demo) => {
  await serviceConversation(demo.server("Анна"), actionsKey);
  const { promise, resolve } = Promise.withResolvers<void>();
  await showServiceActions(demo.client("Борис"), ({ Действие, Начало }) =>
    resolve(console.log(`${Начало.toLocaleTimeString()}: ${Действие}. Please save your work.`)),
  );
  await announce(demo.server("Анна"), { Действие: "Резервное копирование", Начало: new Date(Date.now() + 600_000) });
  await promise;
});
