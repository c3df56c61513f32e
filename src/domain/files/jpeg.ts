/** Markers of a frame's beginning: all of C0 to CF but C4, C8 and CC, which are tables. */
const isFrame = (marker: number): boolean =>
  marker >= 0xc0 && marker <= 0xcf && marker !== 0xc4 && marker !== 0xc8 && marker !== 0xcc;

/**
 * Width and height of a JPEG as it is shown: cameras store a picture as it was taken and note how to turn it.
 * @throws RangeError when the bytes end before they say it
 */
export function jpegSize(view: DataView): { width: number; height: number } | undefined {
  let isTurned = false;
  let at = 2;
  while (view.getUint8(at) === 0xff) {
    const marker = view.getUint8(at + 1);
    const length = view.getUint16(at + 2);
    if (isFrame(marker)) {
      const [height, width] = [view.getUint16(at + 5), view.getUint16(at + 7)];
      return isTurned ? { width: height, height: width } : { width, height };
    }
    if (marker === 0xe1) isTurned ||= orientationIn(view, at + 4, length - 2) >= 5;
    at += 2 + Math.max(2, length);
  }
  return undefined;
}

/** The note of an Exif segment how to turn the picture: 5 to 8 lie on the side; 1 when there is none. */
function orientationIn(view: DataView, from: number, length: number): number {
  if (length < 14 || view.getUint32(from) !== 0x45786966) return 1;
  const tiff = from + 6;
  const isLittle = view.getUint16(tiff) === 0x4949;
  const directory = tiff + view.getUint32(tiff + 4, isLittle);
  const entries = Math.min(view.getUint16(directory, isLittle), 64);
  for (let entry = 0; entry < entries; entry++) {
    const at = directory + 2 + entry * 12;
    if (view.getUint16(at, isLittle) === 0x0112) return view.getUint16(at + 8, isLittle);
  }
  return 1;
}
