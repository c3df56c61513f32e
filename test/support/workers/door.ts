import { exports } from "cloudflare:workers";

export const origin = "https://beseda.test";

/** The promised door: the Worker's own fetch, reached under the server's address. */
export const door: typeof fetch = (input, init) =>
  exports.default.fetch(new Request(input as string, init as RequestInit));

export interface Answer {
  status: number;
  // biome-ignore lint/suspicious/noExplicitAny: tests look into answers of every shape
  body: any;
  headers: Headers;
}

/** One request with a bearer token. */
export async function call(
  method: string,
  path: string,
  token?: string,
  body?: unknown,
  headers: Record<string, string> = {},
): Promise<Answer> {
  const answer = await door(
    `${origin}${path.startsWith("/api") || path.startsWith("/local") ? "" : "/api/v1"}${path}`,
    {
      method,
      headers: {
        ...(token !== undefined && { authorization: `Bearer ${token}` }),
        ...(body !== undefined && { "content-type": "application/json" }),
        ...headers,
      },
      ...(body !== undefined && { body: typeof body === "string" ? body : JSON.stringify(body) }),
    },
  );
  const text = await answer.text();
  return { status: answer.status, headers: answer.headers, body: text === "" ? undefined : parsed(text) };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
