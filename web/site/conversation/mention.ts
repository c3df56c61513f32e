/** A name that is being typed after an @ before the caret. */
export interface Mention {
  /** Place of the @. */
  from: number;
  typed: string;
}

/** Is somebody being mentioned where the caret stands? */
export function mentionAt(text: string, caret: number): Mention | undefined {
  const found = /(?:^|[\s(])@([\p{L}\p{N}_-]{0,40})$/u.exec(text.slice(0, caret));
  if (!found) return undefined;
  const typed = found[1] ?? "";
  return { from: caret - typed.length - 1, typed };
}

/** The text with names, or nothing, in the place of what was typed, and where the caret stands then. */
export function withNames(text: string, { from, typed }: Mention, names: string[]): { text: string; caret: number } {
  const begun = text.slice(0, from) + names.map((name) => `@${name} `).join("");
  return { text: begun + text.slice(from + typed.length + 1).replace(/^ /, ""), caret: begun.length };
}
