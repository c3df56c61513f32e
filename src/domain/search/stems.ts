/**
 * What the forms of a word have in common, in Russian and English: the endings of grammar are taken off, so that "накладной"
 * finds "накладные". Light on purpose: it looks words up nowhere, and derived words (складской of склад) stay apart. Two
 * words may share a stem that is no word; only whether stems are equal means anything.
 */
export function stemOf(word: string): string {
  if (/^[а-я]+$/.test(word)) return remembered(word, russian);
  return /^[a-z]+$/.test(word) ? remembered(word, english) : word;
}

/** Messages repeat their words: most stems are asked for again at once. */
const known = new Map<string, string>();
const knownAtMost = 20_000;

function remembered(word: string, make: (word: string) => string): string {
  const stem = known.get(word) ?? make(word);
  if (known.size >= knownAtMost) known.clear();
  known.set(word, stem);
  return stem;
}

const adjective = "(?:[иы]ми|[ео]го|[ео]му|[иыео]е|[иыео]й|[иыео]м|[иы]х|[аяую]я|[уюео]ю)";
const participle = "(?:(?<=[ая])(?:ем|вш|ющ|щ)|[иыу](?:вш|ющ))";
const gerund = "(?:(?<=[ая])|[иы])в(?:ши)?";
const verb =
  "(?:(?<=[ая])(?:ете|йте|ешь|ла|ли|ло|ть|ет|ют|ем|й|л)|[иы](?:ла|ли|ло|ть|шь|л)|(?:ей|уй|и)те|[уыи]т|[ую]ют|ует|ят|им|ей|уй|ю)";
const noun = "(?:и?ями|ами|и[ея]й|ием|иям|иях|[еи][йи]|ой|[ая]х|[аяео]м|[ео]в|[иь][еюя]|[аеийоуыьюя])";

/** Kinds of endings in the order in which they are tried; the first that fits is taken off. */
const endings = [`${gerund}(?:сь)?`, `${participle}?${adjective}(?:ся)?`, `${verb}(?:ся|сь)?`, noun].map(
  (ending) => new RegExp(`${ending}$`),
);

/** Nothing is taken off before the first vowel has passed. */
function russian(word: string): string {
  const start = word.search(/[аеиоуыэюя]/) + 1;
  if (start === 0) return word;
  const head = word.slice(0, start);
  const tail = word.slice(start);
  const kind = endings.find((ending) => ending.test(tail));
  const stem = kind ? tail.replace(kind, "") : tail;
  return (
    head +
    stem
      .replace(/[иь]$/, "")
      .replace(/нн$/, "н")
      // рынок, рынка: the vowel that comes and goes between consonants.
      .replace(/(?<=[бвгджзйклмнпрстфхцчшщ])[ео](?=[кнлрц]$)/, "")
  );
}

function english(word: string): string {
  const singular = word
    .replace(/ies$/, "y")
    .replace(/(?<=ss|sh|ch|x|z)es$/, "")
    .replace(/(?<=[^sui])s$/, "");
  const base = singular.replace(/(?<=[aeiouy].*)(?<!e)(?:ed|ing)$/, "").replace(/([^aeioulsz])\1$/, "$1");
  return base.length < 3 ? base : base.replace(/e$/, "").replace(/(?<=[^aeiou])y$/, "i");
}
