import { limits } from "../../../src/protocol/limits.ts";

const pictures = /^image\/(?:png|jpeg|gif|webp|avif)$/;
/** Pictures that move stay as they are up to this size, which the log shows without a preview. */
const mostMoving = 1_048_576;
const qualities = [0.8, 0.6, 0.4];

/** A small picture of a picture, as the server takes it; undefined where none is needed, or none can be made. */
export async function previewOf(file: File): Promise<Blob | undefined> {
  if (!pictures.test(file.type) || file.size <= limits.previewBytes) return undefined;
  if (file.type === "image/gif" && file.size <= mostMoving) return undefined;
  try {
    const image = await createImageBitmap(file);
    const scale = Math.min(1, limits.previewSide / Math.max(image.width, image.height));
    const canvas = new OffscreenCanvas(sideOf(image.width, scale), sideOf(image.height, scale));
    const context = canvas.getContext("2d");
    if (!context) return undefined;
    context.drawImage(image, 0, 0, canvas.width, canvas.height);
    image.close();
    return await encoded(canvas, context);
  } catch {
    // A picture that this browser does not know, or one too large for its memory.
    return undefined;
  }
}

const sideOf = (side: number, scale: number): number => Math.max(1, Math.round(side * scale));

/** The best quality that fits. WebP keeps what is transparent; where a browser cannot write it, JPEG on white. */
async function encoded(canvas: OffscreenCanvas, context: OffscreenCanvasRenderingContext2D): Promise<Blob | undefined> {
  let type = "image/webp";
  for (const quality of qualities) {
    let blob = await canvas.convertToBlob({ type, quality });
    if (blob.type !== type) {
      type = "image/jpeg";
      context.globalCompositeOperation = "destination-over";
      context.fillStyle = "#fff";
      context.fillRect(0, 0, canvas.width, canvas.height);
      blob = await canvas.convertToBlob({ type, quality });
    }
    if (blob.size <= limits.previewBytes) return blob;
  }
  return undefined;
}
