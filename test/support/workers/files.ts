import { createExecutionContext, runDurableObjectAlarm } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { conversationObject } from "../../../durable-objects/stubs.ts";
import worker from "../../../src/worker.ts";
import { type Answer, door, origin } from "./door.ts";
import type { Caller } from "./world.ts";

/** The same Worker under other variables, as an operator might deploy it. */
export function deployed(variables: object): typeof fetch {
  const deployment = { ...env, ...variables } as Env;
  return async (input, init) =>
    worker.fetch(
      new Request(input as string, init as RequestInit) as never,
      deployment,
      createExecutionContext() as never,
    );
}

export interface Upload {
  name?: string;
  content?: string | Uint8Array | ReadableStream;
  /** What the request says of its length. Default: the truth, and nothing of a stream. */
  length?: number;
  contentType?: string;
  size?: number;
}

/** A stream that does not know its length, in pieces. */
export function streamOf(bytes: Uint8Array): ReadableStream<Uint8Array> {
  let at = 0;
  return new ReadableStream({
    pull(controller) {
      controller.enqueue(bytes.slice(at, at + 50_000));
      at += 50_000;
      if (at >= bytes.length) controller.close();
    },
  });
}

/** Uploads a file, and returns the whole answer. */
export async function upload(
  caller: Caller,
  conversation: string,
  { name = "накладная.txt", content = "Товар принят", length, contentType, size }: Upload = {},
  through: typeof fetch = door,
): Promise<Answer> {
  const body = typeof content === "string" ? new TextEncoder().encode(content) : content;
  const stated = length === undefined && !(body instanceof ReadableStream) ? body.length : length;
  const query = new URLSearchParams({ name, ...(size !== undefined && { size: String(size) }) });
  const answer = await through(
    `${origin}/api/v1/conversations/${encodeURIComponent(conversation)}/attachments?${query}`,
    {
      method: "POST",
      headers: {
        ...caller.headers,
        authorization: `Bearer ${caller.token}`,
        ...(contentType !== undefined && { "content-type": contentType }),
        ...(stated !== undefined && { "content-length": String(stated) }),
      },
      body: body as BodyInit,
    },
  );
  return { status: answer.status, headers: answer.headers, body: await answer.json() };
}

/** Uploads a file that is taken in, and returns the attachment. */
export async function uploaded(caller: Caller, conversation: string, file: Upload = {}) {
  const { status, body } = await upload(caller, conversation, file);
  if (status !== 201) throw new Error(`${status} ${JSON.stringify(body)}`);
  return body;
}

/** A message with one file. */
export async function sent(caller: Caller, conversation: string, file: Upload = {}) {
  const { id } = await uploaded(caller, conversation, file);
  return caller.say(conversation, "", { attachments: [id] });
}

/** The link to the first attachment of a message. */
export async function linkTo(caller: Caller, message: { id: string; attachments: { id: string }[] }): Promise<string> {
  const { body } = await caller.get(`/messages/${message.id}/attachments/${message.attachments[0]?.id}/link`);
  return body.url;
}

/** Keys of all files that are kept. */
export const kept = async (): Promise<string[]> => (await env.ATTACHMENTS.list()).objects.map(({ key }) => key);

/** Lets the conversation's alarm go off once. */
export const alarm = (conversation: string): Promise<boolean> =>
  runDurableObjectAlarm(conversationObject(env, conversation));
