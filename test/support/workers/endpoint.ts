import { vi } from "vitest";
import type { World } from "./world.ts";

/** A question about Read rights as it left the server. */
export interface Question {
  url: string;
  init: RequestInit;
  body: string;
  context: string;
  users: string[];
}

type Reply = (question: Question) => Response | Promise<Response>;

/** Stands in for the application's endpoint; nothing else of the server goes out. Keeps what was asked. */
export function answerWith(reply: Reply): Question[] {
  const questions: Question[] = [];
  vi.spyOn(globalThis, "fetch").mockImplementation(async (input, init = {}) => {
    const body = String(init.body);
    const question = { url: String(input), init, body, ...(JSON.parse(body) as { context: string; users: string[] }) };
    questions.push(question);
    return reply(question);
  });
  return questions;
}

/** The usual endpoint: these users, by the application's UUIDs, may read everything. */
export const readers = (users: () => string[]): Reply => {
  return (question) => Response.json({ readers: question.users.filter((user) => users().includes(user)) });
};

export const endpoint = "https://romashka.example/rights";

/** From now on the server asks the application for Read rights. */
export async function askApplication(world: World, url = endpoint): Promise<void> {
  const { status } = await world.privileged.put("/application/context-access", { way: "callback", url });
  if (status !== 200) throw new Error(`The way was not changed: ${status}`);
}
