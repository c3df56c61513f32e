import type { SafeType } from "../../protocol/attachments.ts";
import { jpegSize } from "./jpeg.ts";

/** A picture that may be shown, told by its bytes alone. */
export interface Picture {
  safeType: SafeType;
  /** Pixels, as it is shown. Absent when the beginning of the file does not say. */
  width?: number;
  height?: number;
}

export interface Size {
  width: number;
  height: number;
}

/** Bytes at the beginning of a file in which a picture has said what it is. */
export const pictureHead = 262_144;

/** What a browser would unpack to more than this is a file to download, not a picture to show. */
const mostPixels = 100_000_000;
const longestSide = 65_535;

const ascii = (head: Uint8Array, from: number, length: number): string =>
  String.fromCharCode(...head.subarray(from, from + length));

/** The picture that begins with these bytes; undefined when it is none of those that may be shown. */
export function pictureOf(head: Uint8Array): Picture | undefined {
  const view = new DataView(head.buffer, head.byteOffset, head.byteLength);
  const safeType = typeOf(head);
  const size = safeType && sizeOf(safeType, head, view);
  if (!safeType || (size && isHuge(size))) return undefined;
  return size && size.width > 0 && size.height > 0 ? { safeType, ...size } : { safeType };
}

const isHuge = ({ width, height }: Size): boolean =>
  Math.max(width, height) > longestSide || width * height > mostPixels;

function typeOf(head: Uint8Array): SafeType | undefined {
  if (ascii(head, 0, 8) === "\x89PNG\r\n\x1a\n" && ascii(head, 12, 4) === "IHDR") return "image/png";
  if (ascii(head, 0, 3) === "\xff\xd8\xff") return "image/jpeg";
  if (/^GIF8[79]a$/.test(ascii(head, 0, 6))) return "image/gif";
  if (ascii(head, 0, 4) === "RIFF" && ascii(head, 8, 4) === "WEBP") return "image/webp";
  if (ascii(head, 4, 4) === "ftyp" && /^avi[fs]$/.test(ascii(head, 8, 4))) return "image/avif";
  return undefined;
}

function sizeOf(type: SafeType, head: Uint8Array, view: DataView): Size | undefined {
  try {
    if (type === "image/png") return { width: view.getUint32(16), height: view.getUint32(20) };
    if (type === "image/gif") return { width: view.getUint16(6, true), height: view.getUint16(8, true) };
    if (type === "image/jpeg") return jpegSize(view);
    return type === "image/webp" ? webpSize(ascii(head, 12, 4), view) : undefined;
  } catch {
    // The file ends before it has said so.
    return undefined;
  }
}

function webpSize(kind: string, view: DataView): Size | undefined {
  if (kind === "VP8 ") return { width: view.getUint16(26, true) & 0x3fff, height: view.getUint16(28, true) & 0x3fff };
  if (kind === "VP8L") {
    const bits = view.getUint32(21, true);
    return { width: (bits & 0x3fff) + 1, height: ((bits >> 14) & 0x3fff) + 1 };
  }
  if (kind !== "VP8X") return undefined;
  const threeBytes = (at: number) => view.getUint16(at, true) + view.getUint8(at + 2) * 0x10000;
  return { width: threeBytes(24) + 1, height: threeBytes(27) + 1 };
}
