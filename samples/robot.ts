import type { Collaboration, Message } from "beseda/client";
import { runIfMain } from "./demo.ts";

/** Server: answers in the robot's name. In an application this is a route that the client calls. */
export const answerAsRobot = (robot: Collaboration, conversation: string): Promise<Message> =>
  robot.createMessage(conversation, { text: "Я робот!" }).write();

/**
 * Illustrates a robot made of the after-send handler: for a typed text that begins with "?" the server answers
 * «Я робот!» in the same conversation; any other text gets no answer. It demonstrates a feature and is not a finished
 * tool: it works only where the sender's client runs. For a robot a bot object is the better tool.
 *
 * @param robot id of the user who embodies the robot; where that user is no member, the robot stays silent
 * @param ask calls the application's own server
 */
export const attachRobot = (
  client: Collaboration,
  robot: string,
  ask: (conversation: string) => Promise<unknown>,
): (() => void) =>
  client.attachAfterSendMessageHandler(async (message, conversation) => {
    if (!message.text.startsWith("?") || !conversation.members.includes(robot)) return;
    await ask(conversation.id as string);
  });

await runIfMain(import.meta.filename, async (demo) => {
  const anna = demo.client("Анна");
  const robot = demo.id("Вера");
  const conversation = await anna.createConversation({ title: "Вопросы роботу", members: [robot] }).write();
  const answered = Promise.withResolvers<void>();
  const heard = Promise.withResolvers<void>();
  attachRobot(anna, robot, async (id) => answered.resolve(void (await answerAsRobot(demo.server("Вера"), id))));
  await anna.beginAttachNewMessagesHandler(undefined, conversation.id as string, (message) => {
    console.log(message.text);
    if (message.author === robot) heard.resolve();
  });
  await anna.sendInteractiveMessage(conversation.id as string, "Есть кто живой");
  await anna.sendInteractiveMessage(conversation.id as string, "?");
  await Promise.all([answered.promise, heard.promise]);
});
