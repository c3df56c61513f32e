import type { Page } from "playwright-core";
import { expect } from "vitest";
import { test } from "../support/browser/test.ts";

/** A picture that cannot be packed well, as a camera makes it. @param grain pixels of its finest parts */
async function noise(page: Page, width: number, height: number, grain: number): Promise<Buffer> {
  const address = await page.evaluate(
    async ([wide, high, size]) => {
      const canvas = new OffscreenCanvas(wide, high);
      const context = canvas.getContext("2d");
      const image = new ImageData(wide, high);
      for (let at = 0; at < image.data.length; at += 65_536)
        crypto.getRandomValues(image.data.subarray(at, at + 65_536));
      for (let at = 3; at < image.data.length; at += 4) image.data[at] = 255;
      context?.putImageData(image, 0, 0);
      // Its own beginning, drawn over it so much larger.
      if (size > 1) context?.drawImage(canvas, 0, 0, wide / size, high / size, 0, 0, wide, high);
      const reader = new FileReader();
      reader.readAsDataURL(await canvas.convertToBlob({ type: "image/png" }));
      await new Promise((resolve) => reader.addEventListener("load", resolve));
      return reader.result as string;
    },
    [width, height, grain] as const,
  );
  return Buffer.from(address.slice(address.indexOf(",") + 1), "base64");
}

test("ATT-3 a large picture goes up with a small one: the log shows that, and the whole when it is opened", async ({
  world,
  open,
}) => {
  const { id = "" } = await world.anna.beseda.createConversation({ title: "Склад", members: [world.boris.id] }).write();
  const anna = await open(world.anna, { path: `/c/${id}` });
  const boris = await open(world.boris, { path: `/c/${id}` });
  await anna.getByRole("button", { name: "Attach files" }).waitFor();
  const files: string[] = [];
  boris.on("request", (request) => request.url().includes("/files/") && files.push(request.url()));
  const buffer = await noise(anna, 1_200, 900, 12);
  await anna.locator("input[type=file]").setInputFiles([{ name: "ворота.png", mimeType: "image/png", buffer }]);
  await anna.locator(".tile.ready").waitFor();
  await anna.getByRole("button", { name: "Send", exact: true }).click();

  const tile = boris.getByRole("button", { name: "Open ворота.png" });
  const shown = tile.locator("img");
  await expect.poll(() => shown.evaluate((image: HTMLImageElement) => image.naturalWidth)).toBe(640);
  expect(files).toHaveLength(1);
  const [message] = (await world.boris.beseda.getMessages({ conversation: id })).items;
  const [attachment] = message?.view?.attachments ?? [];
  expect(attachment).toMatchObject({ size: buffer.length, width: 1_200, height: 900 });
  expect(attachment?.previewSize).toBeGreaterThan(0);
  expect(attachment?.previewSize).toBeLessThanOrEqual(102_400);
  await tile.click();
  const whole = boris.getByRole("dialog", { name: "ворота.png" }).locator("img");
  await expect.poll(() => whole.evaluate((image: HTMLImageElement) => image.naturalWidth)).toBe(1_200);
});

test("ATT-13 a heavy picture without a small one is a tile until somebody opens it", async ({ world, open }) => {
  const { beseda } = world.anna;
  const { id = "" } = await beseda.createConversation({ title: "Склад", members: [world.boris.id] }).write();
  const boris = await open(world.boris, { path: `/c/${id}` });
  const files: string[] = [];
  boris.on("request", (request) => request.url().includes("/files/") && files.push(request.url()));
  const content = new Uint8Array(await noise(boris, 800, 600, 1));
  expect(content.length).toBeGreaterThan(1_048_576);
  const message = beseda.createMessage(id);
  await message.attachments.add({ name: "ворота.png", contentType: "image/png", content });
  await message.write();
  const tile = boris.getByRole("button", { name: "Open ворота.png" });
  await tile.getByTitle("Picture").waitFor();
  expect(files).toEqual([]);
  await tile.click();
  const whole = boris.getByRole("dialog", { name: "ворота.png" }).locator("img");
  await expect.poll(() => whole.evaluate((image: HTMLImageElement) => image.naturalWidth)).toBe(800);
});
