import { limits } from "../../protocol/limits.ts";
import type { LinkPreview } from "../../protocol/links.ts";
import { openPage, type Page } from "../../storage/pages.ts";
import { pageAddress } from "./address.ts";
import { decoderFor } from "./charset.ts";
import { PageHead } from "./page.ts";

/**
 * What the page behind an address says of itself. Whatever goes wrong out there, too slow, too large, no page at all, means
 * that there is nothing to show.
 * @param own origins of this server, which is never asked
 */
export async function previewOf(address: string, own: readonly string[]): Promise<LinkPreview | undefined> {
  const signal = AbortSignal.timeout(limits.linkPageSeconds * 1000);
  const page = await openedAt(address, own, signal).catch(() => undefined);
  if (!page) return undefined;
  const head = new PageHead();
  // What came before it broke off may be all that is needed.
  await read(page, head, signal).catch(() => undefined);
  return head.preview(new URL(page.url).hostname.replace(/^www\./, ""));
}

/** Follows redirects, each of which is looked at like the first address. */
async function openedAt(address: string, own: readonly string[], signal: AbortSignal): Promise<Page | undefined> {
  let url = pageAddress(address, own);
  for (let redirects = 0; url && redirects <= limits.linkRedirects; redirects++) {
    const found = await openPage(url.href, signal);
    if (!found || "body" in found) return found;
    url = pageAddress(found.location, own, url.href);
  }
  return undefined;
}

/** Reads until the head is over, or the bytes or the time are. */
async function read({ contentType, body }: Page, head: PageHead, signal: AbortSignal): Promise<void> {
  const reader = body.getReader();
  let decoder: TextDecoder | undefined;
  let bytes = 0;
  try {
    while (!head.isOver && bytes < limits.linkPage) {
      const { value } = await beforeEnd(reader.read(), signal);
      if (!value) return;
      decoder ??= decoderFor(contentType, value);
      head.add(decoder.decode(value.subarray(0, limits.linkPage - bytes), { stream: true }));
      bytes += value.length;
    }
  } finally {
    // Not waited for: a page that never ends may never answer this either.
    reader.cancel().catch(() => undefined);
  }
}

function beforeEnd<Value>(value: Promise<Value>, signal: AbortSignal): Promise<Value> {
  return new Promise((resolve, reject) => {
    const end = () => reject(signal.reason as Error);
    if (signal.aborted) end();
    signal.addEventListener("abort", end, { once: true });
    value.then(resolve, reject).finally(() => signal.removeEventListener("abort", end));
  });
}
