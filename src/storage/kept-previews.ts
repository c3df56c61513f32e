import { limits } from "../protocol/limits.ts";
import type { LinkPreview } from "../protocol/links.ts";

/**
 * Previews that were found lately, in the cache of the location: they cost no row, and may be forgotten. It is a cache of
 * its own, so nothing in it can be mistaken for a page of the server.
 */
const openCache = () => caches.open("link-previews");

/** The address may be long, and nobody should read it out of a cache. */
async function keyOf(address: string): Promise<string> {
  const hash = new Uint8Array(await crypto.subtle.digest("SHA-256", new TextEncoder().encode(address)));
  return `https://link-previews.invalid/${[...hash].map((byte) => byte.toString(16).padStart(2, "0")).join("")}`;
}

/** What is kept of an address: a preview, null for a page that has none, undefined when nothing is known. */
export async function keptPreview(address: string): Promise<LinkPreview | null | undefined> {
  const kept = await (await openCache()).match(await keyOf(address));
  return kept && (await kept.json<LinkPreview | null>());
}

export async function keepPreview(address: string, preview: LinkPreview | null): Promise<void> {
  const seconds = preview ? limits.linkKeptSeconds : limits.linkNothingSeconds;
  const answer = Response.json(preview, { headers: { "cache-control": `max-age=${seconds}` } });
  await (await openCache()).put(await keyOf(address), answer as never);
}
