/** A page of the outside world that begins to come in. */
export interface Page {
  /** Its address. */
  url: string;
  contentType: string;
  body: ReadableStream<Uint8Array>;
}

/** Who asks, so that whoever runs the site can tell, and refuse. No cookie, no referrer, no word of the reader goes out. */
const headers = { accept: "text/html", "user-agent": "Mozilla/5.0 (compatible; Beseda link preview)" };

/**
 * Asks for a page; the address was found to be public. Redirects are answers, so that where they lead is looked at first.
 * @returns the page, where else it is, or undefined when there is no HTML
 * @throws when the other side cannot be reached in time
 */
export async function openPage(url: string, signal: AbortSignal): Promise<Page | { location: string } | undefined> {
  const answer = await fetch(url, { redirect: "manual", headers, signal });
  const location = answer.headers.get("location");
  const contentType = answer.headers.get("content-type") ?? "";
  const isPage = answer.ok && /^text\/html\s*(?:;|$)/i.test(contentType);
  if (isPage && answer.body) return { url, contentType, body: answer.body };
  answer.body?.cancel().catch(() => undefined);
  return answer.status >= 300 && answer.status < 400 && location !== null ? { location } : undefined;
}
