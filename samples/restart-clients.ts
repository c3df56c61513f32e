import { type Collaboration, type DataValue, type Message, type Subscription, UserId } from "beseda/client";
import { runIfMain } from "./demo.ts";
import { serviceConversation } from "./service-conversation.ts";

/** A conversation for a single action: whose key both sides know, and whose every message asks for a restart. */
export const restartKey = "ПерезапускКлиентов";

/** The contract of its messages: the data is an array of user ids. */
export function listOfUsers(data: DataValue): UserId[] {
  if (Array.isArray(data) && data.every((item) => item instanceof UserId)) return data;
  throw new TypeError("The data must be an array of user ids");
}

/** Server: asks the client programs of some users to restart. */
export function askToRestart(server: Collaboration, users: string[]): Promise<Message> {
  const message = server.createMessage(restartKey);
  message.data = users.map((user) => new UserId(user));
  return message.write();
}

/**
 * Illustrates a conversation for a single action: restarting the client programs of selected users. It demonstrates a
 * feature and is not a finished tool.
 *
 * Caution: restarting a client in the middle of a user's work is bad practice. Ask first, or save a draft, as
 * restart-in-browser.ts does.
 */
export async function restartWhenAsked(client: Collaboration, restart: () => void): Promise<Subscription> {
  const currentUserId = await client.currentUserId();
  return client.beginAttachNewMessagesHandler(
    undefined,
    restartKey,
    (message) => {
      if (message.data.some((user) => user.value === currentUserId)) restart();
    },
    { contract: listOfUsers },
  );
}

await runIfMain(import.meta.filename, async (demo) => {
  await serviceConversation(demo.server("Анна"), restartKey);
  const { promise, resolve } = Promise.withResolvers<void>();
  await restartWhenAsked(demo.client("Вера"), () => console.log("Вера restarts, although nobody asked her to."));
  await restartWhenAsked(demo.client("Борис"), () => resolve(console.log("Борис restarts.")));
  await askToRestart(demo.server("Анна"), [demo.id("Борис")]);
  await promise;
});
