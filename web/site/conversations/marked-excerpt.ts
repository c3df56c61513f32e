/** A piece of a text, and whether it was looked for. */
export interface Piece {
  text: string;
  isMarked: boolean;
}

const before = 40;
const most = 160;

/**
 * The part of a text around the first word that was found, in pieces.
 * @example markedExcerpt("Две накладные", [{ from: 4, to: 13 }]) // [{ text: "Две ", … }, { text: "накладные", isMarked: true }]
 */
export function markedExcerpt(text: string, marks: readonly { from: number; to: number }[]): Piece[] {
  const from = whole(text, Math.max(0, (marks[0]?.from ?? 0) - before));
  const to = whole(text, Math.min(text.length, from + most));
  const pieces: Piece[] = [];
  let at = from;
  for (const mark of marks.filter((mark) => mark.from >= from && mark.to <= to)) {
    pieces.push({ text: text.slice(at, mark.from), isMarked: false });
    pieces.push({ text: text.slice(mark.from, mark.to), isMarked: true });
    at = mark.to;
  }
  pieces.push({ text: text.slice(at, to), isMarked: false });
  const first = { text: from > 0 ? "…" : "", isMarked: false };
  const last = { text: to < text.length ? "…" : "", isMarked: false };
  return [first, ...pieces, last].filter((piece) => piece.text !== "");
}

/** Never the middle of a surrogate pair. */
const whole = (text: string, at: number): number => (/[\udc00-\udfff]/.test(text[at] ?? "") ? at + 1 : at);
