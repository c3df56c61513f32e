import * as v from "valibot";

/** One item of a list that a run stands in; level 1 is the outermost. */
const ListItem = v.object({ ordered: v.boolean(), level: v.number(), item: v.number() });

/**
 * Formatted text is a list of runs: pieces of text, each with its look. Clients draw runs with text nodes, so no markup
 * ever reaches a page. `\n` inside a run is a line break.
 */
export const Run = v.pipe(
  v.object({
    text: v.string(),
    bold: v.optional(v.literal(true)),
    italic: v.optional(v.literal(true)),
    underline: v.optional(v.literal(true)),
    strike: v.optional(v.literal(true)),
    /** CSS colours: a name, `#rgb`, `#rrggbb` or `rgb(…)`. */
    color: v.optional(v.string()),
    background: v.optional(v.string()),
    /** Font family, and size as a factor of the surrounding text. */
    family: v.optional(v.string()),
    size: v.optional(v.number()),
    /** Address of an explicit link: http, https, mailto or tel. */
    link: v.optional(v.string()),
    list: v.optional(ListItem),
  }),
  v.metadata({ ref: "Run" }),
);
export type Run = v.InferOutput<typeof Run>;

/** The same text without formatting: lists become lines with a mark. */
export function plainTextOf(runs: readonly Run[]): string {
  const parts: string[] = [];
  let isLineStart = true;
  let last: Run["list"];
  const add = (part: string) => {
    if (part === "") return;
    parts.push(part);
    isLineStart = part.endsWith("\n");
  };
  for (const { text, list } of runs) {
    const begins = list && (list.item !== last?.item || list.level !== last.level || list.ordered !== last.ordered);
    if ((begins || (last && !list)) && !isLineStart) add("\n");
    if (begins) add(`${"  ".repeat(list.level - 1)}${list.ordered ? `${list.item}.` : "•"} `);
    add(text);
    last = list;
  }
  return parts.join("");
}
