import { isPublicHost } from "../../storage/public-host.ts";

/**
 * Where a page may be fetched from; undefined for everything else: other schemes and ports, passwords, hosts that are not
 * public, and this server itself, whose conversations nobody previews.
 * @param address a string, or with `base` where a redirect leads
 * @param own origins of this server
 */
export function pageAddress(address: string, own: readonly string[], base?: string): URL | undefined {
  const url = URL.parse(address, base);
  if (!url || (url.protocol !== "https:" && url.protocol !== "http:")) return undefined;
  // The parser leaves the usual port of a scheme out.
  if (url.port !== "" || url.username !== "" || url.password !== "") return undefined;
  if (!isPublicHost(url.hostname) || own.some((origin) => URL.parse(origin)?.host === url.host)) return undefined;
  url.hash = "";
  return url;
}
