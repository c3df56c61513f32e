import { limits } from "../../protocol/limits.ts";
import { Problem } from "../../protocol/problems.ts";
import type { Mark } from "../../protocol/search.ts";
import { stemOf } from "./stems.ts";
import { type Word, wordsIn } from "./words.ts";

/** What a message must have: a word in any of its forms, a word that begins so or is a form of it, words side by side. */
type Term =
  | { kind: "form"; stem: string }
  | { kind: "beginning"; text: string; stem: string }
  | { kind: "phrase"; words: string[] };

/** Everything that a message must have to be found. */
export type Sought = readonly Term[];

/**
 * Reads what a person typed: words, of which the last may be unfinished, and exact phrases in quotes.
 * @throws Problem `validation` when no word is in it, `limit_exceeded` when too many are
 * @example soughtIn('"ворота 3" накладн') // a phrase of two words, and a beginning
 */
export function soughtIn(text: string): Sought {
  const terms: Term[] = [];
  for (const [, phrase, bare = ""] of text.matchAll(/"([^"]*)"|([^"]+)/g)) {
    if (phrase === undefined)
      terms.push(...wordsIn(bare).map((word): Term => ({ kind: "form", stem: stemOf(word.text) })));
    else if (wordsIn(phrase).length > 0)
      terms.push({ kind: "phrase", words: wordsIn(phrase).map((word) => word.text) });
  }
  const [last] = terms.splice(-1, 1);
  const typed = wordsIn(text).at(-1)?.text ?? "";
  if (!last) throw new Problem("validation", "There is no word to look for", { field: "text" });
  terms.push(last.kind === "form" ? { kind: "beginning", text: typed, stem: last.stem } : last);
  if (wordsIn(text).length > limits.searchWords)
    throw new Problem("limit_exceeded", `At most ${limits.searchWords} words can be looked for`, { field: "text" });
  return terms;
}

/** Where a message has what is sought, in order; undefined when something is missing. */
export function marksOf(words: readonly Word[], sought: Sought): Mark[] | undefined {
  const marked = new Set<Word>();
  for (const term of sought) {
    const fitting = wordsOf(words, term);
    if (fitting.length === 0) return undefined;
    for (const word of fitting) marked.add(word);
  }
  return words.filter((word) => marked.has(word)).map(({ from, to }) => ({ from, to }));
}

function wordsOf(words: readonly Word[], term: Term): Word[] {
  if (term.kind === "form") return words.filter(({ text }) => stemOf(text) === term.stem);
  if (term.kind === "beginning")
    return words.filter(({ text }) => text.startsWith(term.text) || stemOf(text) === term.stem);
  const { length } = term.words;
  return words.flatMap((_, at) =>
    term.words.every((word, i) => words[at + i]?.text === word) ? words.slice(at, at + length) : [],
  );
}

/** The words of messages and their stems as one text, in which {@link needlesOf} are looked for. */
export const vocabularyOf = (words: Iterable<string>): string => {
  const all = new Set<string>();
  for (const word of words) all.add(word).add(stemOf(word));
  return ` ${[...all].join(" ")} `;
};

/** Of each of these a vocabulary has at least one, or no message behind it can fit. */
export const needlesOf = (sought: Sought): string[][] =>
  sought.flatMap((term) => {
    if (term.kind === "phrase") return term.words.map((word) => [` ${word} `]);
    return [term.kind === "form" ? [` ${term.stem} `] : [` ${term.text}`, ` ${term.stem} `]];
  });
