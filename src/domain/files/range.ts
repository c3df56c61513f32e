/** A part of a file. */
export interface Range {
  offset: number;
  length: number;
}

/**
 * The one part that a request asks for. undefined = the whole file: nothing is asked for, several parts are, or in words
 * that this server does not know, which it may pass over (RFC 9110).
 */
export function rangeIn(header: string | undefined, size: number): Range | "outside" | undefined {
  const [, from = "", to = ""] = /^bytes=(\d{0,15})-(\d{0,15})$/.exec(header ?? "") ?? [];
  if (from === "" && to === "") return undefined;
  if (from === "") return part(Math.max(0, size - Number(to)), size, size);
  if (to !== "" && Number(to) < Number(from)) return undefined;
  return part(Number(from), to === "" ? size : Number(to) + 1, size);
}

function part(offset: number, end: number, size: number): Range | "outside" {
  const length = Math.min(end, size) - offset;
  return length > 0 ? { offset, length } : "outside";
}
