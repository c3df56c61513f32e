import { door, origin } from "../workers/door.ts";
import type { Caller } from "../workers/world.ts";
import type { Request } from "./requests.ts";

export interface Answer {
  /** Status, and the problem's code if there is one: `404 not_found`. */
  verdict: string;
  /** All that a caller can tell two refusals apart by. */
  words: string;
  // biome-ignore lint/suspicious/noExplicitAny: answers of every shape
  body: any;
  headers: Headers;
}

/** One request of the matrix, a WebSocket included: it is opened and closed again. */
export async function ask(caller: Caller, { method, path, body }: Request, isSocket: boolean): Promise<Answer> {
  const headers = {
    ...caller.headers,
    ...(caller.token !== "" && { authorization: `Bearer ${caller.token}` }),
    ...(body !== undefined && { "content-type": "application/json" }),
    ...(isSocket && { upgrade: "websocket", "sec-websocket-protocol": "beseda.v1" }),
  };
  const answer = await door(`${origin}/api/v1${path}`, {
    method,
    headers,
    ...(body !== undefined && { body: JSON.stringify(body) }),
  });
  const { webSocket } = answer as Response & { webSocket: WebSocket | null };
  webSocket?.accept();
  webSocket?.close(1000);
  const text = webSocket ? "" : await answer.text();
  const value = text === "" ? undefined : JSON.parse(text);
  const verdict =
    answer.status < 400 || value?.code === undefined ? String(answer.status) : `${answer.status} ${value.code}`;
  return { verdict, words: `${verdict}: ${value?.detail}`, body: value, headers: answer.headers };
}
