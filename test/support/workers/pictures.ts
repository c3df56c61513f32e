/** Beginnings of pictures, as much as says what they are. */
const bytes = (...parts: (string | number[])[]): Uint8Array =>
  Uint8Array.from(parts.flatMap((part) => (typeof part === "string" ? [...part].map((c) => c.charCodeAt(0)) : part)));
const big = (value: number, length: number): number[] =>
  Array.from({ length }, (_, i) => Math.floor(value / 256 ** (length - 1 - i)) % 256);
const little = (value: number, length: number): number[] => big(value, length).reverse();

export const png = (width: number, height: number): Uint8Array =>
  bytes("\x89PNG\r\n\x1a\n", big(13, 4), "IHDR", big(width, 4), big(height, 4), [8, 6, 0, 0, 0]);

export const gif = (width: number, height: number): Uint8Array => bytes("GIF89a", little(width, 2), little(height, 2));

/** `orientation` as a camera notes it, after `before` bytes of something else. */
export function jpeg(width: number, height: number, orientation?: number, before = 0): Uint8Array {
  const filler = before === 0 ? [] : [0xff, 0xe2, ...big(before + 2, 2), ...Array<number>(before).fill(0)];
  const tiff = [0x49, 0x49, 42, 0, ...little(8, 4), ...little(1, 2), 0x12, 1, 3, 0, ...little(1, 4)];
  const exif = bytes("Exif\0\0", tiff, little(orientation ?? 1, 4), little(0, 4));
  const noted = orientation === undefined ? [] : [0xff, 0xe1, ...big(exif.length + 2, 2), ...exif];
  return bytes([0xff, 0xd8], noted, filler, [0xff, 0xc2, 0, 17, 8], big(height, 2), big(width, 2), [3]);
}

export const webp = {
  lossy: (width: number, height: number) =>
    bytes(
      "RIFF",
      little(40, 4),
      "WEBPVP8 ",
      little(20, 4),
      [0, 0, 0, 0x9d, 1, 0x2a],
      little(width, 2),
      little(height, 2),
    ),
  lossless: (width: number, height: number) =>
    bytes("RIFF", little(40, 4), "WEBPVP8L", little(20, 4), [0x2f], little((width - 1) | ((height - 1) << 14), 4)),
  extended: (width: number, height: number) =>
    bytes("RIFF", little(40, 4), "WEBPVP8X", little(10, 4), [0, 0, 0, 0], little(width - 1, 3), little(height - 1, 3)),
};

export const avif = (): Uint8Array => bytes(big(28, 4), "ftypavif", [0, 0, 0, 0]);
