import { expect } from "vitest";
import { messageOf, test } from "../support/browser/test.ts";

/** A red square of two by two points. */
const base64 = "iVBORw0KGgoAAAANSUhEUgAAAAIAAAACCAIAAAD91JpzAAAAEElEQVR4nGP4z8AARAwQCgAf7gP9i18U1AAAAABJRU5ErkJggg==";
const picture = Buffer.from(base64, "base64");
const text = "Ворота;3";

test("ATT-10 ATT-13 files go with a message, each with its type: pictures are seen, others have the icon of their kind", async ({
  world,
  open,
}) => {
  const { id = "" } = await world.anna.beseda.createConversation({ title: "Склад", members: [world.boris.id] }).write();
  const anna = await open(world.anna, { path: `/c/${id}` });
  const boris = await open(world.boris, { path: `/c/${id}` });
  await anna.getByRole("button", { name: "Attach files" }).waitFor();
  await anna.locator("input[type=file]").setInputFiles([
    { name: "ворота.png", mimeType: "image/png", buffer: picture },
    { name: "остатки.xlsx", mimeType: "", buffer: Buffer.from(text) },
  ]);
  await anna.locator(".tile.ready").nth(1).waitFor();
  await anna.getByRole("button", { name: "Send", exact: true }).click();

  const tile = boris.getByRole("button", { name: "Download остатки.xlsx" });
  await tile.getByTitle("Spreadsheet").waitFor();
  const shown = boris.getByRole("button", { name: "Open ворота.png" }).locator("img");
  await expect.poll(() => shown.evaluate((image: HTMLImageElement) => image.naturalWidth)).toBe(2);
  const [message] = (await world.boris.beseda.getMessages({ conversation: id })).items;
  expect(message?.view?.attachments?.map(({ name, contentType }) => [name, contentType])).toEqual([
    ["ворота.png", "image/png"],
    ["остатки.xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"],
  ]);

  await boris.getByRole("button", { name: "Open ворота.png" }).click();
  await boris.getByRole("dialog", { name: "ворота.png" }).waitFor();
  await boris.keyboard.press("Escape");
  expect(await boris.getByRole("dialog").count()).toBe(0);
});

test("ATT-11 a picture pasted from the clipboard goes as image/png", async ({ world, open }) => {
  const { id = "" } = await world.anna.beseda.createConversation({ title: "Склад", members: [world.boris.id] }).write();
  const anna = await open(world.anna, { path: `/c/${id}` });
  await anna.getByRole("button", { name: "Attach files" }).waitFor();
  await anna.getByRole("textbox", { name: "Write a message" }).evaluate(
    (field, bytes) => {
      const clipboardData = new DataTransfer();
      clipboardData.items.add(new File([new Uint8Array(bytes)], "image.bmp", { type: "image/bmp" }));
      field.dispatchEvent(new ClipboardEvent("paste", { clipboardData, bubbles: true, cancelable: true }));
    },
    [...picture],
  );
  await anna.locator(".tile.ready").waitFor();
  await anna.getByRole("textbox", { name: "Write a message" }).fill("Ворота");
  await anna.getByRole("button", { name: "Send", exact: true }).click();
  await messageOf(anna, "Ворота").getByRole("button", { name: "Open image.png" }).waitFor();
  const [message] = (await world.boris.beseda.getMessages({ conversation: id })).items;
  expect(message?.view?.attachments?.[0]).toMatchObject({ name: "image.png", contentType: "image/png" });
});

test("an upload that fails says so and is tried again, and one that is not wanted is taken away", async ({
  world,
  open,
}) => {
  const { id = "" } = await world.anna.beseda.createConversation({ title: "Склад", members: [world.boris.id] }).write();
  const anna = await open(world.anna, { path: `/c/${id}` });
  await anna.getByRole("button", { name: "Attach files" }).waitFor();
  await anna
    .context()
    .route(/\/attachments\?/, (route) => route.fulfill({ status: 413, json: { code: "limit_exceeded", status: 413 } }));
  await anna.locator("input[type=file]").setInputFiles([{ name: "a.txt", mimeType: "text/plain", buffer: picture }]);
  await anna.getByText("Larger than the server takes").waitFor();
  expect(await anna.getByRole("button", { name: "Send", exact: true }).isDisabled()).toBe(true);
  await anna.context().unroute(/\/attachments\?/);
  await anna.getByRole("button", { name: "Try again" }).click();
  await anna.locator(".tile.ready").waitFor();
  await anna.getByRole("button", { name: "Remove a.txt" }).click();
  expect(await anna.locator(".tile").count()).toBe(0);
});
