import mime from "mime";
import * as v from "valibot";
import { ContentType } from "../../protocol/attachments.ts";
import { validated } from "../../protocol/validated.ts";

const Stated = v.object({ contentType: ContentType });

/**
 * The content type of an upload: what is stated, otherwise what the extension of the name says (ATT-12).
 * @throws Problem `validation`, `limit_exceeded`
 */
export function contentTypeOf(stated: string | undefined, name: string): string {
  if (stated !== undefined && stated !== "") return validated(Stated, { contentType: stated }).contentType;
  return mime.getType(extensionOf(name)) ?? "application/octet-stream";
}

/** What stands behind the last dot; a name without one has no extension. */
const extensionOf = (name: string): string => /\.([^./\\]+)$/.exec(name)?.[1] ?? "";
