import { Problem } from "../protocol/problems.ts";
import { isPublicHost } from "./public-host.ts";

/** Bytes of an answer that are read at most. */
const answerBytes = 262_144;

/**
 * Refuses addresses that a server must not be sent to: no TLS, credentials, a port of its own, or a host that is not public.
 * @throws Problem `validation`
 */
export function requirePublicAddress(address: string, allowPrivate: boolean): URL {
  const url = new URL(address);
  const refuse = (reason: string) => new Problem("validation", `The address ${reason}`, { field: "url" });
  if (url.protocol !== "https:" && !(allowPrivate && url.protocol === "http:"))
    throw refuse("must begin with https://");
  if (url.username || url.password) throw refuse("must not contain a password");
  if (allowPrivate) return url;
  if (url.port !== "" && url.port !== "443" && url.port !== "8443") throw refuse("must use port 443 or 8443");
  if (!isPublicHost(url.hostname)) throw refuse("must be public");
  return url;
}

export interface Callback {
  url: string;
  body: string;
  signature: string;
  timeoutMs: number;
  allowPrivate: boolean;
}

/**
 * Asks an application: one signed POST, no redirects, a bound on time and size.
 * @returns the parsed JSON, or undefined when there is no usable answer
 */
export async function callBack({ url, body, signature, timeoutMs, allowPrivate }: Callback): Promise<unknown> {
  try {
    const answer = await fetch(requirePublicAddress(url, allowPrivate), {
      method: "POST",
      redirect: "manual",
      headers: { "content-type": "application/json", "beseda-signature": signature },
      body,
      signal: AbortSignal.timeout(timeoutMs),
    });
    const text = answer.ok ? await bounded(answer) : undefined;
    if (!answer.ok) await answer.body?.cancel();
    return text === undefined ? undefined : JSON.parse(text);
  } catch {
    return undefined;
  }
}

async function bounded(answer: Response): Promise<string | undefined> {
  let bytes = 0;
  let text = "";
  const decoder = new TextDecoder();
  for await (const chunk of answer.body ?? []) {
    bytes += chunk.byteLength;
    if (bytes > answerBytes) return undefined;
    text += decoder.decode(chunk, { stream: true });
  }
  return text + decoder.decode();
}
