import type { Attachment, SafeType } from "../../protocol/attachments.ts";
import { limits } from "../../protocol/limits.ts";
import { Problem } from "../../protocol/problems.ts";
import { type Picture, pictureOf } from "./picture.ts";

/** Kinds that cannot move: a preview stands for what the picture is, all the time. */
const still = new Set<SafeType>(["image/jpeg", "image/webp"]);

/**
 * The small picture that may stand for a picture. Nobody here compares the two, so what can be told is: it is a still
 * picture by its bytes, small, and of the form of the other.
 * @returns its type
 * @throws Problem `not_supported` for a file that is no picture, `validation`, `limit_exceeded`
 */
export function previewTypeOf(attachment: Attachment, bytes: Uint8Array): SafeType {
  if (!attachment.safeType) throw new Problem("not_supported", "Only a picture has a preview");
  if (bytes.length > limits.previewBytes)
    throw new Problem("limit_exceeded", `A preview has at most ${limits.previewBytes} bytes`);
  const picture = pictureOf(bytes);
  if (!picture || !still.has(picture.safeType) || isAnimated(picture, bytes))
    throw new Problem("validation", "A preview must be a JPEG or WebP picture that does not move");
  const { width = 0, height = 0 } = picture;
  if (width === 0 || Math.max(width, height) > limits.previewSide)
    throw new Problem("validation", `A preview has sides of at most ${limits.previewSide} pixels`);
  if (!isOfTheForm({ width, height }, attachment))
    throw new Problem("validation", "A preview has the form of its picture");
  return picture.safeType;
}

/** The mark in the beginning of a WebP of several pictures. */
const isAnimated = ({ safeType }: Picture, bytes: Uint8Array): boolean =>
  safeType === "image/webp" &&
  String.fromCharCode(...bytes.subarray(12, 16)) === "VP8X" &&
  ((bytes[20] ?? 0) & 2) !== 0;

/** Is this the whole of the picture, made smaller? Rounding moves a side by a pixel. */
function isOfTheForm(preview: { width: number; height: number }, { width, height }: Attachment): boolean {
  if (!width || !height) return true;
  if (preview.width > width || preview.height > height) return false;
  const scale = width > height ? preview.width / width : preview.height / height;
  const isAs = (side: number, whole: number) => Math.abs(side - Math.max(1, whole * scale)) <= 1;
  return isAs(preview.width, width) && isAs(preview.height, height);
}
