import { limits } from "../../../src/protocol/limits.ts";

const sides = [256, 192, 128, 96];

/** A square part from the middle of a picture, as small as the server keeps pictures. @throws when it is no picture */
export async function pictureOf(file: Blob): Promise<string> {
  const image = await createImageBitmap(file);
  const side = Math.min(image.width, image.height);
  for (const wanted of sides) {
    const canvas = new OffscreenCanvas(wanted, wanted);
    const context = canvas.getContext("2d");
    if (!context) break;
    const [left, top] = [(image.width - side) / 2, (image.height - side) / 2];
    context.drawImage(image, left, top, side, side, 0, 0, wanted, wanted);
    const address = await addressOf(await canvas.convertToBlob({ type: "image/jpeg", quality: 0.85 }));
    if (address.length <= limits.picture) return address;
  }
  throw new RangeError("The picture stays too large");
}

const addressOf = (blob: Blob): Promise<string> =>
  new Promise((resolve, reject) => {
    const reader = new FileReader();
    reader.addEventListener("load", () => resolve(reader.result as string));
    reader.addEventListener("error", () => reject(reader.error));
    reader.readAsDataURL(blob);
  });
