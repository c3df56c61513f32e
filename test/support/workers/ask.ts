import type { Line } from "./line.ts";

/** Sends a frame under a request of its own. @returns the answer to it, or the problem; frames before are passed over */
export async function ask(line: Line, frame: object) {
  const request = crypto.randomUUID();
  line.send({ ...frame, request });
  for (;;) {
    const answer = await line.next();
    if (answer.request === request) return answer;
  }
}
