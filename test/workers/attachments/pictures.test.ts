import { expect, test } from "vitest";
import { pictureOf } from "../../../src/domain/files/picture.ts";
import { avif, gif, jpeg, png, webp } from "../../support/workers/pictures.ts";

const size = { width: 640, height: 480 };

test.for<[string, Uint8Array, object]>([
  ["PNG", png(640, 480), { safeType: "image/png", ...size }],
  ["GIF", gif(640, 480), { safeType: "image/gif", ...size }],
  ["JPEG", jpeg(640, 480), { safeType: "image/jpeg", ...size }],
  ["JPEG with much before its size", jpeg(640, 480, undefined, 60_000), { safeType: "image/jpeg", ...size }],
  ["JPEG taken upright", jpeg(640, 480, 1), { safeType: "image/jpeg", ...size }],
  ["JPEG lying on the side", jpeg(640, 480, 6), { safeType: "image/jpeg", width: 480, height: 640 }],
  ["WebP, lossy", webp.lossy(640, 480), { safeType: "image/webp", ...size }],
  ["WebP, lossless", webp.lossless(640, 480), { safeType: "image/webp", ...size }],
  ["WebP, extended", webp.extended(640, 480), { safeType: "image/webp", ...size }],
  ["AVIF, whose size is not looked for", avif(), { safeType: "image/avif" }],
  ["a picture cut off before its size", jpeg(640, 480).subarray(0, 8), { safeType: "image/jpeg" }],
  ["a picture without a size", png(0, 480), { safeType: "image/png" }],
])("S13 the type of a picture is told by its bytes: %s", ([, head, expected]) => {
  expect(pictureOf(head)).toEqual(expected);
});

test.for<[string, Uint8Array]>([
  ["an empty file", new Uint8Array()],
  ["SVG", new TextEncoder().encode('<svg xmlns="http://www.w3.org/2000/svg"/>')],
  ["a page", new TextEncoder().encode("<!doctype html>")],
  ["a picture that fills the memory", png(60_000, 60_000)],
  ["a picture with an absurd side", png(4_000_000_000, 1)],
  ["a sound in the same container", new TextEncoder().encode("RIFF\0\0\0\0WAVEfmt ")],
  ["a film in the same container", new TextEncoder().encode("\0\0\0\x1cftypisom")],
])("S13 what is no safe picture is a file: %s", ([, head]) => {
  expect(pictureOf(head)).toBeUndefined();
});

test("S13 bytes that lie about their lengths are read within their bounds", () => {
  for (let cut = 0; cut < 60; cut++) {
    const head = jpeg(640, 480, 6).map((byte, index) => (index >= cut && index < cut + 2 ? 0xff : byte));
    expect(() => pictureOf(head)).not.toThrow();
  }
});
