const mostSniffed = 1_024;

/** What the beginning of a page says of its encoding: its marks, or `charset` in one of its `<meta>`. */
function statedIn(head: Uint8Array): string | undefined {
  if (head[0] === 0xef && head[1] === 0xbb && head[2] === 0xbf) return "utf-8";
  const ascii = String.fromCharCode(...head.subarray(0, mostSniffed));
  return /<meta[^>]{0,500}?charset\s*=\s*["']?\s*([\w.:-]{2,40})/i.exec(ascii)?.[1];
}

/**
 * Turns the bytes of a page into text: by the header, or else by what the page says itself, or else as UTF-8. What nobody
 * knows counts as UTF-8, what does not fit becomes a replacement character.
 */
export function decoderFor(contentType: string, head: Uint8Array): TextDecoder {
  const [, stated = statedIn(head) ?? "utf-8"] = /;\s*charset\s*=\s*["']?([\w.:-]{2,40})/i.exec(contentType) ?? [];
  try {
    return new TextDecoder(stated);
  } catch {
    return new TextDecoder();
  }
}
