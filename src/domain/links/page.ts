import { Parser } from "htmlparser2";
import { limits } from "../../protocol/limits.ts";
import type { LinkPreview } from "../../protocol/links.ts";

/** More of a title than any preview shows. */
const mostTitle = 1_000;

/** Fields by the names that pages give them, the better one first. */
const fields = {
  siteName: ["og:site_name"],
  title: ["og:title", "twitter:title", "title"],
  description: ["og:description", "twitter:description", "description"],
} as const;

/**
 * Reads what a page says of itself out of its head, while it comes in. Nothing of it is kept as markup: tags are passed
 * over, entities are characters.
 */
export class PageHead {
  /** The head is over: nothing that comes now counts. */
  isOver = false;
  readonly #found = new Map<string, string>();
  #isTitle = false;
  readonly #parser = new Parser({
    onopentag: (name, attributes) => this.#open(name, attributes),
    ontext: (text) =>
      this.#isTitle && this.#found.set("title", `${this.#found.get("title")}${text}`.slice(0, mostTitle)),
    onclosetag: (name) => this.#close(name),
  });

  add(text: string): void {
    this.#parser.write(text);
  }

  /** @param host where the page is @returns undefined for a page without a title */
  preview(host: string): LinkPreview | undefined {
    const title = this.#field(fields.title, limits.linkTitle);
    if (title === "") return undefined;
    const siteName = this.#field(fields.siteName, limits.linkSite);
    const description = this.#field(fields.description, limits.linkDescription);
    return { host, title, ...(siteName && { siteName }), ...(description && { description }) };
  }

  #open(name: string, { property, name: named, content }: Record<string, string>): void {
    if (name === "body") this.isOver = true;
    if (this.isOver) return;
    if (name === "title") {
      this.#isTitle = !this.#found.has("title");
      if (this.#isTitle) this.#found.set("title", "");
    }
    const field = (property ?? named ?? "").trim().toLowerCase();
    // The first one counts; a <meta name="title"> is no title of the page.
    if (name === "meta" && field !== "title" && content && !this.#found.has(field)) this.#found.set(field, content);
  }

  #close(name: string): void {
    if (name === "title") this.#isTitle = false;
    if (name === "head") this.isOver = true;
  }

  #field(names: readonly string[], most: number): string {
    for (const name of names) {
      const text = plainLine(this.#found.get(name) ?? "", most);
      if (text !== "") return text;
    }
    return "";
  }
}

/** Control characters, and those that are not seen and turn the direction of what stands beside them. */
const unseen = /[\p{Cc}\p{Cf}]+/gu;

/** One line of at most `most` characters, whole ones, without anything that is not seen. */
function plainLine(text: string, most: number): string {
  const line = text.toWellFormed().replace(/\s+/g, " ").replace(unseen, "").trim();
  if (line.length <= most) return line;
  return `${line
    .slice(0, most - 1)
    .replace(/[\ud800-\udbff]$/, "")
    .trimEnd()}…`;
}
