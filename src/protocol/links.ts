import * as v from "valibot";
import { limits } from "./limits.ts";
import { text } from "./strings.ts";

/** An address as it stands in a message. */
export const LinkPreviewQuery = v.strictObject({
  url: v.pipe(
    text(limits.linkAddress),
    v.check(
      (url) => /^https?:$/.test(URL.parse(url)?.protocol ?? ""),
      "must be an address that begins with https:// or http://",
    ),
  ),
});

/** What a page says of itself, as plain text. Whoever made the page wrote it: never take it for more. */
export const LinkPreview = v.pipe(
  v.object({
    /** Where the page really is, after all redirects: unlike the other fields nobody can choose it freely. */
    host: v.string(),
    siteName: v.optional(v.string()),
    title: v.string(),
    description: v.optional(v.string()),
  }),
  v.metadata({ ref: "LinkPreview" }),
);
export type LinkPreview = v.InferOutput<typeof LinkPreview>;

export const LinkPreviewAnswer = v.pipe(
  v.object({ preview: v.nullable(LinkPreview) }),
  v.metadata({ ref: "LinkPreviewAnswer" }),
);
export type LinkPreviewAnswer = v.InferOutput<typeof LinkPreviewAnswer>;
