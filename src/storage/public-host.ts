import ipaddr from "ipaddr.js";

/** Names that lead into the machine or the house, whoever answers for them. */
const inner = /^localhost$|\.(?:localhost|local|internal|intranet|lan|home\.arpa)$/i;

/** All of IPv6 that is given out for the internet. Much outside of it is another way to write an IPv4 address. */
const globalSpace = ipaddr.parseCIDR("2000::/3");

/**
 * Could this host be a public one? Refuses private addresses in every spelling, and names that are never public; the URL
 * parser has turned octal, hexadecimal and short forms into the usual one. Where a name leads is not asked: that is for
 * the runtime, which on Cloudflare reaches public addresses alone.
 * @param host `hostname` of a URL
 */
export function isPublicHost(host: string): boolean {
  const name = host.replace(/^\[|\]$/g, "").replace(/\.+$/, "");
  if (ipaddr.isValid(name)) return isPublicAddress(ipaddr.process(name));
  return name.includes(".") && !inner.test(name);
}

function isPublicAddress(address: ipaddr.IPv4 | ipaddr.IPv6): boolean {
  if (address.range() !== "unicast") return false;
  return address.kind() === "ipv4" || address.match(globalSpace);
}
