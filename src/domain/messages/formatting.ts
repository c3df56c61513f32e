import { Parser } from "htmlparser2";
import type { Run } from "../../protocol/runs.ts";

type Look = Omit<Run, "text">;
/** What an element or a property does to the look around it; `undefined` takes something away. */
type Change = { [Name in keyof Look]: Look[Name] | undefined };

/** Elements that change the look of text; everything else is taken away, its inner text kept (WHK-17). */
const looks = new Map<string, Change>([
  ["b", { bold: true }],
  ["strong", { bold: true }],
  ["i", { italic: true }],
  ["u", { underline: true }],
  ["s", { strike: true }],
  ["strike", { strike: true }],
  ["big", { size: 1.2 }],
  ["small", { size: 0.8 }],
  ["span", {}],
  ["font", {}],
  ["a", {}],
  ["li", {}],
]);

const words = (text: string): Set<string> => new Set(text.split(" "));
const listElements = words("ol ul");
/** Elements whose inside is no text for people. */
const silent = words("script style template head title noscript textarea select object svg math iframe");
/** Elements that begin a new line, so that words do not run together when they are taken away. */
const blocks = words(
  "p div h1 h2 h3 h4 h5 h6 tr blockquote pre table section article header footer main nav aside address figure form dl dt dd hr",
);
/** Lists nested deeper than this are shown at this level. */
const deepestList = 10;

const fontSizes = [0.63, 0.82, 1, 1.13, 1.5, 2, 3];
const usualFontSize = 3;
const namedSizes = new Map([
  ["xx-small", 0.6],
  ["x-small", 0.75],
  ["small", 0.89],
  ["medium", 1],
  ["large", 1.2],
  ["x-large", 1.5],
  ["xx-large", 2],
  ["smaller", 0.83],
  ["larger", 1.2],
]);
const colour = /^(?:[a-z]{3,24}|#[0-9a-f]{3}|#[0-9a-f]{6}|rgb\(\s*\d{1,3}\s*,\s*\d{1,3}\s*,\s*\d{1,3}\s*\))$/i;
const family = /^[\p{L}\p{N} ,"'_-]{1,100}$/u;
const link = /^(?:https?:\/\/|mailto:|tel:)[!-~\u00a1-\uffff]+$/i;

const colourOf = (value: string): Change => (colour.test(value) ? { color: value } : {});
const familyOf = (value: string): Change => (family.test(value) ? { family: value } : {});

/** Properties of `style` that are understood (WHK-18). */
const styles = new Map<string, (value: string) => Change>([
  ["color", colourOf],
  ["background-color", (value) => (colour.test(value) ? { background: value } : {})],
  ["font-family", familyOf],
  ["font-size", sizeOf],
  ["font-style", (value) => switched("italic", /^(?:italic|oblique)$/i, /^normal$/i, value)],
  ["font-weight", (value) => switched("bold", /^(?:bold|bolder|[6-9]00)$/i, /^(?:normal|lighter|[1-5]00)$/i, value)],
  [
    "text-decoration",
    (value) => ({
      ...(/\bunderline\b/i.test(value) && { underline: true as const }),
      ...(/\bline-through\b/i.test(value) && { strike: true as const }),
    }),
  ],
]);

function switched(name: "bold" | "italic", on: RegExp, off: RegExp, value: string): Change {
  if (on.test(value)) return { [name]: true };
  return off.test(value) ? { [name]: undefined } : {};
}

/** A CSS size as a factor of the surrounding text, kept within what is readable. */
function sizeOf(value: string): Change {
  const named = namedSizes.get(value.toLowerCase());
  if (named !== undefined) return { size: named };
  const [, number, unit] = /^(\d{1,3}(?:\.\d{1,3})?)(px|pt|em|rem|%)$/i.exec(value) ?? [];
  if (!number || !unit) return {};
  const bases: Record<string, number> = { px: 14, pt: 10.5, em: 1, rem: 1, "%": 100 };
  const factor = Number(number) / (bases[unit.toLowerCase()] ?? 1);
  return { size: Math.round(Math.min(3, Math.max(0.5, factor)) * 100) / 100 };
}

/** `size` of a font element: 1 to 7, or steps from the usual one. */
function fontSizeOf(value: string): Change {
  const [, sign, digit] = /^([+-]?)([1-7])$/.exec(value.trim()) ?? [];
  if (!digit) return {};
  const step = sign === "-" ? -Number(digit) : Number(digit);
  const index = sign ? Math.min(7, Math.max(1, usualFontSize + step)) : step;
  return { size: fontSizes[index - 1] };
}

function styleOf(style: string): Change {
  let change: Change = {};
  for (const declaration of style.slice(0, 2_000).split(";")) {
    const at = declaration.indexOf(":");
    const property = styles.get(declaration.slice(0, at).trim().toLowerCase());
    const value = declaration.slice(at + 1).replace(/!\s*important\s*$/i, "");
    if (at > 0 && property) change = { ...change, ...property(value.trim()) };
  }
  return change;
}

function changeOf(element: string, attributes: Record<string, string>): Change {
  const own = looks.get(element);
  if (!own) return {};
  let change: Change = { ...own };
  if (element === "a") {
    const href = attributes.href?.trim() ?? "";
    if (link.test(href)) change.link = href;
  }
  if (element === "font") {
    const { size, color, face } = attributes;
    change = { ...(size && fontSizeOf(size)), ...(color && colourOf(color)), ...(face && familyOf(face)) };
  }
  return attributes.style ? { ...change, ...styleOf(attributes.style) } : change;
}

/**
 * Turns HTML into runs, once, on write. No markup comes out of this function, so there is nothing left to sanitise: what
 * is not understood is taken away, its text kept. Pictures go (MSG-3).
 */
export function runsOf(html: string): Run[] {
  const builder = new RunBuilder();
  const parser = new Parser(
    {
      onopentag: (element, attributes) => builder.open(element, attributes),
      ontext: (text) => builder.text(text),
      onclosetag: (element) => builder.close(element),
    },
    { decodeEntities: true, lowerCaseTags: true, lowerCaseAttributeNames: true },
  );
  parser.write(html);
  parser.end();
  return builder.runs;
}

class RunBuilder {
  readonly runs: Run[] = [];
  private readonly within: { element: string; look: Look }[] = [];
  private readonly lists: { ordered: boolean; item: number }[] = [];
  private silence = 0;
  private breakBefore = false;

  open(element: string, attributes: Record<string, string>): void {
    if (silent.has(element)) this.silence++;
    if (this.silence > 0) return;
    if (element === "br") this.append("\n");
    if (blocks.has(element)) this.breakLine();
    if (listElements.has(element)) this.lists.push({ ordered: element === "ol", item: 0 });
    const change: Change = { ...this.look, ...changeOf(element, attributes) };
    if (element === "li") Object.assign(change, this.beginItem());
    const look = Object.fromEntries(Object.entries(change).filter(([, value]) => value !== undefined)) as Look;
    this.within.push({ element, look });
  }

  close(element: string): void {
    if (silent.has(element)) this.silence = Math.max(0, this.silence - 1);
    else if (this.silence === 0) {
      if (listElements.has(element)) this.lists.pop();
      if (blocks.has(element)) this.breakLine();
      if (this.within.at(-1)?.element === element) this.within.pop();
    }
  }

  text(text: string): void {
    if (this.silence === 0 && !this.isLayout(text)) this.append(text);
  }

  private get look(): Look {
    return this.within.at(-1)?.look ?? {};
  }

  private breakLine(): void {
    this.breakBefore = this.runs.length > 0;
  }

  /** The place of the item that begins; an item without a list is a line. */
  private beginItem(): Look {
    const inner = this.lists.at(-1);
    if (!inner) {
      this.breakLine();
      return {};
    }
    const list = { ordered: inner.ordered, level: Math.min(deepestList, this.lists.length), item: ++inner.item };
    // Two lists in a row both begin with item 1: a line between them keeps the items apart.
    if (sameItem(this.runs.at(-1)?.list, list)) this.runs.push({ text: "\n" });
    return { list };
  }

  /** White space of a list is text only inside an item that has begun; elsewhere it is layout of the markup. */
  private isLayout(text: string): boolean {
    if (this.lists.length === 0 || text.trim() !== "") return false;
    const { element, look } = this.within.at(-1) ?? { element: "", look: {} };
    return listElements.has(element) || !look.list || !sameItem(this.runs.at(-1)?.list, look.list);
  }

  private append(text: string): void {
    const { look } = this;
    const last = this.runs.at(-1);
    const isBlank = text.trim() === "";
    // Where an item begins or a list ends there is a new line anyway.
    const broken = this.breakBefore && !isBlank && sameItem(last?.list, look.list) ? `\n${text}` : text;
    if (!isBlank) this.breakBefore = false;
    if (last && sameLook(last, look)) last.text += broken;
    else if (broken !== "") this.runs.push({ text: broken, ...look });
  }
}

const sameItem = (a: Run["list"], b: Run["list"]): boolean =>
  a?.item === b?.item && a?.level === b?.level && a?.ordered === b?.ordered;
const sameLook = ({ text: _, ...run }: Run, look: Look): boolean =>
  JSON.stringify(sorted(run)) === JSON.stringify(sorted(look));
const sorted = (look: Look) => Object.entries(look).sort(([a], [b]) => (a < b ? -1 : 1));
