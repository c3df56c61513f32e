import type { Words } from "../words/shape.ts";

/** The emoticons that formatted text knows, each with its code and its text form. */
export const emoticons: { code: string; form: string; name: keyof Words["emoticons"] }[] = [
  { code: "\u{1F610}", form: ":|", name: "neutral" },
  { code: "\u{1F600}", form: ":D", name: "grinning" },
  { code: "\u{1F642}", form: ":)", name: "smiling" },
  { code: "\u{1F641}", form: ":(", name: "frowning" },
  { code: "\u{1F62E}", form: ":o", name: "surprised" },
  { code: "\u{1F61B}", form: ":P", name: "tongue" },
  { code: "\u{1F609}", form: ";)", name: "winking" },
];

export type Emoticon = (typeof emoticons)[number];

const escaped = (text: string): string => text.replace(/[|()]/g, "\\$&");
const codes = emoticons.map(({ code }) => code).join("|");
const forms = emoticons.map(({ form }) => escaped(form)).join("|");
/** A text form counts where a word could stand, so that addresses and times such as 10:00 keep their characters. */
const pattern = new RegExp(`(${codes})\\uFE0F?|(?<![^\\s(])(${forms})(?![\\p{L}\\p{N}(|])`, "gu");

/** Text in pieces: plain strings and emoticons. */
export function withEmoticons(text: string): (string | Emoticon)[] {
  const pieces: (string | Emoticon)[] = [];
  let end = 0;
  for (const match of text.matchAll(pattern)) {
    const emoticon = emoticons.find(({ code, form }) => code === match[1] || form === match[2]);
    if (!emoticon) continue;
    if (match.index > end) pieces.push(text.slice(end, match.index));
    pieces.push(emoticon);
    end = match.index + match[0].length;
  }
  if (end < text.length) pieces.push(text.slice(end));
  return pieces;
}
