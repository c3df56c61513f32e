const around = 40;

/** The place of a text where the sought words stand, with a little of what is around them. */
export function excerptOf(text: string, sought: string): { before: string; match: string; after: string } {
  const line = text.replace(/\s+/g, " ");
  const at = line.toLocaleLowerCase().indexOf(sought.toLocaleLowerCase());
  if (at < 0) return { before: line.slice(0, 3 * around), match: "", after: "" };
  const from = Math.max(0, at - around);
  const end = at + sought.length;
  const to = end + 2 * around;
  return {
    before: (from > 0 ? "…" : "") + line.slice(from, at),
    match: line.slice(at, end),
    after: line.slice(end, to) + (to < line.length ? "…" : ""),
  };
}
