import type { Line } from "./line.ts";
import type { Caller } from "./world.ts";

const fencesIn = ({ frames }: Line): number => frames.filter(({ type }) => type === "doNotDisturb").length;

/** Waits until everything that an inbox socket is owed by now has come: a frame caused now comes behind it. */
export async function settle(person: Caller, line: Line): Promise<void> {
  const fences = fencesIn(line);
  await person.put("/do-not-disturb", (await person.get("/do-not-disturb")).body);
  while (fencesIn(line) === fences) await line.next();
}

/** What an inbox socket was told of one conversation's messages. */
export const activitiesIn = (line: Line, conversation: string) =>
  line.frames.filter(({ type, activity }) => type === "activity" && activity.conversationId === conversation);

/** Waits until an inbox socket was told of a conversation's message; lists know of it then as well. */
export async function toldUpTo(line: Line, conversation: string, m: number): Promise<void> {
  while (!activitiesIn(line, conversation).some(({ activity }) => activity.m >= m)) await line.next();
}

/** Ordinals of the messages that a user was disturbed with on a socket, in the order of their coming. */
export const disturbedWith = (line: Line, conversation: string): number[] =>
  activitiesIn(line, conversation)
    .filter(({ notify }) => notify)
    .flatMap(({ activity }) => activity.messages.map(({ m }: { m: number }) => m));

/** The user's notification of one conversation, or undefined. */
export async function notificationIn(person: Caller, conversation: string) {
  const { body } = await person.get("/notifications");
  return body.items.find(({ conversationId }: { conversationId: string }) => conversationId === conversation);
}
