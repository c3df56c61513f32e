import { vi } from "vitest";

/** A request as it left the server. */
export interface Asked {
  url: string;
  init: RequestInit;
}

type Reply = (url: string) => Response | Promise<Response>;

/** Stands in for all the sites of the world; nothing else of the server goes out. Keeps what was asked. */
export function worldOf(reply: Reply): Asked[] {
  const asked: Asked[] = [];
  vi.spyOn(globalThis, "fetch").mockImplementation(async (input, init = {}) => {
    const url = String(input);
    asked.push({ url, init });
    return reply(url);
  });
  return asked;
}

export const page = (head: string | Uint8Array | ReadableStream, contentType = "text/html; charset=utf-8"): Response =>
  new Response(
    typeof head === "string" ? `<!doctype html><html><head>${head}</head><body>Тело</body></html>` : (head as BodyInit),
    {
      headers: { "content-type": contentType },
    },
  );

export const redirect = (location: string, status = 302): Response =>
  new Response(null, { status, headers: { location } });

let sites = 0;
/** An address that no test has asked for: what is kept of pages outlives a test. */
export const someAddress = (path = "/"): string => `https://site-${++sites}-${crypto.randomUUID()}.example${path}`;
