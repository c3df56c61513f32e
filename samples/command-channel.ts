import { type Collaboration, type Message, type Subscription, UserId } from "beseda/client";
import * as v from "valibot";
import { runIfMain } from "./demo.ts";
import { serviceConversation } from "./service-conversation.ts";

/** The one service conversation of the application: all its programs know the key. */
export const channelKey = "КомандныйКанал";

/** What its messages carry. Any library that follows Standard Schema will do; this is valibot. */
export const Command = v.object({ Команда: v.string(), Адресат: v.instance(UserId) });

/** Server: sends a command to the client programs of one user. */
export function sendCommand(server: Collaboration, addressee: string, command: string): Promise<Message> {
  const message = server.createMessage(channelKey);
  message.data = { Команда: command, Адресат: new UserId(addressee) };
  return message.write();
}

/**
 * Illustrates the general scheme: a single conversation with a known key carries all service traffic, and everything
 * about a command stands in the data. It demonstrates a feature and is not a finished tool.
 *
 * Caution: a command such as «Перезапуск» in the middle of a user's work is bad practice. Ask first, or save a draft, as
 * restart-in-browser.ts does.
 */
export async function obeyCommands(client: Collaboration, actions: Record<string, () => void>): Promise<Subscription> {
  const currentUserId = await client.currentUserId();
  return client.beginAttachNewMessagesHandler(
    undefined,
    channelKey,
    ({ data }) => {
      if (data.Адресат.value !== currentUserId) return;
      if (Object.hasOwn(actions, data.Команда)) actions[data.Команда]?.();
    },
    { contract: Command },
  );
}

await runIfMain(import.meta.filename, async (demo) => {
  await serviceConversation(demo.server("Анна"), channelKey);
  const { promise, resolve } = Promise.withResolvers<void>();
  await obeyCommands(demo.client("Вера"), {
    Перезапуск: () => console.log("Вера restarts, although nobody asked her to."),
  });
  await obeyCommands(demo.client("Борис"), { Перезапуск: () => resolve(console.log("Борис restarts.")) });
  await sendCommand(demo.server("Анна"), demo.id("Борис"), "Перезапуск");
  await promise;
});
