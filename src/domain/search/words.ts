/** A word of a text as words are compared, and where it stands there in UTF-16 units. */
export interface Word {
  text: string;
  from: number;
  to: number;
}

const shape = /[\p{L}\p{N}][\p{L}\p{N}\p{M}]*/gu;

/** Characters of a word that count: what is longer is the same when it begins the same. */
const wordLength = 32;

/**
 * The words of a text, in order: runs of letters and digits, without regard to case, ё as е.
 * @example wordsIn("Счёт №5") // [{ text: "счет", from: 0, to: 4 }, { text: "5", from: 6, to: 7 }]
 */
export const wordsIn = (text: string): Word[] =>
  Array.from(text.matchAll(shape), ({ 0: word, index }) => ({
    text: folded(word),
    from: index,
    to: index + word.length,
  }));

const folded = (word: string): string => word.normalize("NFKC").toLowerCase().replaceAll("ё", "е").slice(0, wordLength);
