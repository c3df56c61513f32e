export interface FoundLink {
  text: string;
  address: string;
}

const pattern =
  /(?<![\p{L}\p{N}@.])(?:(?:https?:\/\/|www\.)[^\s<>"«»“”]+|[\w.+-]{1,64}@[\p{L}\p{N}-]+(?:\.[\p{L}\p{N}-]+)+)/giu;

/** Marks at the end that belong to the sentence; a bracket stays when it was opened inside the address. */
function trimmed(found: string): string {
  let address = found;
  for (;;) {
    const last = address.at(-1) ?? "";
    const isUnopened = last === ")" && address.split(")").length > address.split("(").length;
    if (!isUnopened && !/[.,;:!?'*_~\]}]/.test(last)) return address;
    address = address.slice(0, -1);
  }
}

function addressOf(text: string): string | undefined {
  if (!/^(?:https?:\/\/|www\.)/i.test(text)) return `mailto:${text}`;
  const url = URL.parse(/^www\./i.test(text) ? `https://${text}` : text);
  return url?.hostname ? url.href : undefined;
}

/** Plain text in pieces: strings, and the addresses in it. */
export function withLinks(text: string): (string | FoundLink)[] {
  const pieces: (string | FoundLink)[] = [];
  let end = 0;
  for (const { 0: found, index } of text.matchAll(pattern)) {
    const shown = trimmed(found);
    const address = addressOf(shown);
    if (!address) continue;
    if (index > end) pieces.push(text.slice(end, index));
    pieces.push({ text: shown, address });
    end = index + shown.length;
  }
  if (end < text.length) pieces.push(text.slice(end));
  return pieces;
}

/** The first address of a page in a message, other than those of this site. */
export function firstPage({
  text,
  runs,
}: {
  text: string;
  runs?: { link?: string | undefined }[] | undefined;
}): string | undefined {
  const addresses = runs
    ? runs.map(({ link = "" }) => link)
    : withLinks(text).map((piece) => (typeof piece === "string" ? "" : piece.address));
  return addresses.find((address) => {
    const url = URL.parse(address);
    return url !== null && /^https?:$/.test(url.protocol) && url.origin !== globalThis.location?.origin;
  });
}

const schemes = new Set(["http:", "https:", "mailto:", "tel:"]);

/** The address of an explicit link if it is one that may be followed. What the server checked is checked again here. */
export const safeAddress = (address: string): string | undefined => {
  const url = URL.parse(address);
  return url && schemes.has(url.protocol) ? url.href : undefined;
};
