import { hookLimits } from "./limits.ts";

/** How an entry or a command is to look, as far as the host says. */
export interface Look {
  label?: string;
  /** Address of a picture, shown as an image. */
  picture?: string;
}

const schemes = new Set(["http:", "https:", "blob:"]);

/** A picture that can be nothing else; relative addresses are those of the page. */
function pictureOf(picture: unknown): string | undefined {
  if (typeof picture !== "string" || picture === "" || picture.length > hookLimits.picture) return undefined;
  if (/^data:image\//i.test(picture)) return picture;
  const url = URL.parse(picture, globalThis.document?.baseURI ?? "http://localhost/");
  return url && schemes.has(url.protocol) ? url.href : undefined;
}

/** What is usable of the look that a host gave; what is of another type, empty or too long is as if absent. */
export function lookOf({ label, picture }: { label?: unknown; picture?: unknown }): Look {
  const shown = typeof label === "string" ? label.trim().slice(0, hookLimits.label) : "";
  const seen = pictureOf(picture);
  return { ...(shown !== "" && { label: shown }), ...(seen !== undefined && { picture: seen }) };
}
