import { Parser } from "htmlparser2";
import type { Run } from "../../protocol/runs.ts";

type Look = Omit<Run, "text">;

/** Elements that change the look of text; everything else is taken away, its inner text kept (WHK-17). */
const looks: Record<string, Look> = {
  b: { bold: true },
  strong: { bold: true },
  i: { italic: true },
  u: { underline: true },
  s: { strike: true },
  strike: { strike: true },
  big: { size: 1.2 },
  small: { size: 0.8 },
  span: {},
  font: {},
  a: {},
};

/** Elements whose inside is no text for people. */
const silent = new Set([
  "script",
  "style",
  "template",
  "head",
  "title",
  "noscript",
  "textarea",
  "select",
  "object",
  "svg",
  "math",
  "iframe",
]);
/** Elements after which a new line begins, so that words do not run together when they are taken away. */
const blocks = new Set([
  "p",
  "div",
  "h1",
  "h2",
  "h3",
  "h4",
  "h5",
  "h6",
  "tr",
  "blockquote",
  "pre",
  "table",
  "section",
  "article",
]);

const fontSizes = [0.63, 0.82, 1, 1.13, 1.5, 2, 3];
const colour = /^(?:[a-z]{3,24}|#[0-9a-f]{3}|#[0-9a-f]{6}|rgb\(\s*\d{1,3}\s*,\s*\d{1,3}\s*,\s*\d{1,3}\s*\))$/i;
const family = /^[\p{L}\p{N} ,"'_-]{1,100}$/u;
const link = /^(?:https?:\/\/|mailto:|tel:)[!-~\u00a1-\uffff]+$/i;

/** Properties of `style` that are understood (WHK-18). */
const styles: Record<string, (value: string) => Look> = {
  color: (value) => (colour.test(value) ? { color: value } : {}),
  "background-color": (value) => (colour.test(value) ? { background: value } : {}),
  "font-family": (value) => (family.test(value) ? { family: value } : {}),
  "font-size": sizeOf,
  "font-style": (value) => (/^(?:italic|oblique)$/i.test(value) ? { italic: true } : {}),
  "font-weight": (value) => (/^(?:bold|bolder|[6-9]00)$/i.test(value) ? { bold: true } : {}),
  "text-decoration": (value) => ({
    ...(/\bunderline\b/i.test(value) && { underline: true as const }),
    ...(/\bline-through\b/i.test(value) && { strike: true as const }),
  }),
};

/** A CSS size as a factor of the surrounding text, kept within what is readable. */
function sizeOf(value: string): Look {
  const [, number, unit] = /^(\d{1,3}(?:\.\d{1,3})?)(px|pt|em|rem|%)$/i.exec(value.trim()) ?? [];
  if (!number || !unit) return {};
  const bases: Record<string, number> = { px: 14, pt: 10.5, em: 1, rem: 1, "%": 100 };
  const factor = Number(number) / (bases[unit.toLowerCase()] ?? 1);
  return { size: Math.round(Math.min(3, Math.max(0.5, factor)) * 100) / 100 };
}

function styleOf(style: string): Look {
  let look: Look = {};
  for (const declaration of style.slice(0, 2_000).split(";")) {
    const at = declaration.indexOf(":");
    const property = styles[declaration.slice(0, at).trim().toLowerCase()];
    if (at > 0 && property) look = { ...look, ...property(declaration.slice(at + 1).trim()) };
  }
  return look;
}

function lookOf(element: string, attributes: Record<string, string>): Look {
  let look: Look = { ...looks[element] };
  if (element === "a") {
    const href = attributes.href?.trim() ?? "";
    if (link.test(href)) look.link = href;
  }
  if (element === "font") {
    const size = fontSizes[Number(attributes.size) - 1];
    if (size !== undefined) look.size = size;
    look = {
      ...look,
      ...(attributes.color && styles.color?.(attributes.color)),
      ...(attributes.face && styles["font-family"]?.(attributes.face)),
    };
  }
  return attributes.style ? { ...look, ...styleOf(attributes.style) } : look;
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
  private readonly open_: { element: string; look: Look }[] = [];
  private readonly lists: { ordered: boolean; item: number }[] = [];
  private silence = 0;
  private breakBefore = false;

  open(element: string, attributes: Record<string, string>): void {
    if (silent.has(element)) this.silence++;
    if (this.silence > 0) return;
    if (element === "br") this.append("\n");
    if (blocks.has(element)) this.breakBefore = this.runs.length > 0;
    if (element === "ol" || element === "ul") this.lists.push({ ordered: element === "ol", item: 0 });
    const list = this.lists.at(-1);
    if (element === "li" && list) list.item++;
    const parent = this.open_.at(-1)?.look ?? {};
    const item =
      element === "li" && list ? { list: { ordered: list.ordered, level: this.lists.length, item: list.item } } : {};
    this.open_.push({
      element,
      look: { ...parent, ...(element in looks || element === "li" ? lookOf(element, attributes) : {}), ...item },
    });
  }

  close(element: string): void {
    if (silent.has(element)) this.silence = Math.max(0, this.silence - 1);
    else if (this.silence === 0) {
      if (element === "ol" || element === "ul") this.lists.pop();
      if (blocks.has(element)) this.breakBefore = this.runs.length > 0;
      if (this.open_.at(-1)?.element === element) this.open_.pop();
    }
  }

  text(text: string): void {
    if (this.silence > 0) return;
    // White space between the items of a list is layout of the markup, not text.
    if (this.lists.length > 0 && !this.open_.at(-1)?.look.list && text.trim() === "") return;
    this.append(text);
  }

  private append(text: string): void {
    const look = this.open_.at(-1)?.look ?? {};
    const broken = this.breakBefore && text.trim() !== "" ? `\n${text}` : text;
    if (broken !== text || text.trim() !== "") this.breakBefore = false;
    const last = this.runs.at(-1);
    if (last && sameLook(last, look)) last.text += broken;
    else if (broken !== "") this.runs.push({ text: broken, ...look });
  }
}

const sameLook = ({ text: _, ...run }: Run, look: Look): boolean =>
  JSON.stringify(sorted(run)) === JSON.stringify(sorted(look));
const sorted = (look: Look) => Object.entries(look).sort(([a], [b]) => (a < b ? -1 : 1));
