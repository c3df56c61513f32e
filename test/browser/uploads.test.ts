import { expect, onTestFinished } from "vitest";
import { fieldOf, test } from "../support/browser/test.ts";
import { Server } from "../support/node/server.ts";
import { openWorld } from "../support/node/world.ts";

const most = 1_000;
const file = (name: string, bytes = 10) => ({ name, mimeType: "text/plain", buffer: Buffer.alloc(bytes, "я") });

test("files that are too large, too many, too much for a day or refused say why, and the others stay", async ({
  open,
}) => {
  const variables = { ATTACHMENT_BYTES: String(most), UPLOAD_BYTES_PER_DAY: String(2 * most) };
  const server = await new Server({ variables }).start();
  onTestFinished(() => server.stop());
  const world = await openWorld(server.origin);
  onTestFinished(() => world.close());
  const { id = "" } = await world.anna.beseda.createConversation({ title: "Склад", members: [world.boris.id] }).write();
  const anna = await open(world.anna, { path: `/c/${id}` });
  const input = anna.locator("input[type=file]");
  const tile = (name: string) => anna.locator(".tile", { hasText: name });
  await anna.getByRole("button", { name: "Attach files" }).waitFor();
  await input.setInputFiles([file("малый.txt"), file("большой.txt", most + 1)]);
  await tile("большой.txt").getByText("Larger than the server takes").waitFor();
  await anna.locator(".tile.ready", { hasText: "малый.txt" }).waitFor();
  await input.setInputFiles([file("первый.txt", most), file("второй.txt", most)]);
  await anna.getByText("No more files today").waitFor();
  await anna.route(/\/attachments\?/, (route) =>
    route.fulfill({ status: 403, json: { code: "forbidden", status: 403 } }),
  );
  await input.setInputFiles([file("чужой.txt")]);
  await tile("чужой.txt").getByText("The server did not accept it").waitFor();
  await anna.unroute(/\/attachments\?/);
  await input.setInputFiles(Array.from({ length: 16 }, (_, index) => file(`${index}.txt`, 1)));
  await anna.getByText("A message carries at most 20 files.").waitFor();
  expect(await anna.locator(".tile").count()).toBe(20);
  await fieldOf(anna).fill("Что вышло");
  await expect.poll(() => anna.locator(".tile.uploading").count()).toBe(0);
  const ready = await anna.locator(".tile.ready").count();
  await anna.getByRole("button", { name: "Send", exact: true }).click();
  await anna
    .locator(".message .tile")
    .nth(ready - 1)
    .waitFor();
  expect(await anna.locator(".uploads .tile.failed").count()).toBe(20 - ready);
  expect(await anna.locator(".uploads .tile.ready").count()).toBe(0);
});

test("where the server keeps no files, nothing offers to attach any", async ({ world, open }) => {
  const { id = "" } = await world.anna.beseda.createConversation({ title: "Склад", members: [world.boris.id] }).write();
  const anna = await open(world.anna);
  await anna.route("**/api/v1/server", async (route) => {
    const answer = await route.fetch();
    await route.fulfill({ json: { ...(await answer.json()), attachmentsSupported: false } });
  });
  const asked = anna.waitForResponse("**/api/v1/server");
  await anna.goto(`${world.origin}/c/${id}`);
  await asked;
  await fieldOf(anna).fill("Без файлов");
  expect(await anna.getByRole("button", { name: "Attach files" }).count()).toBe(0);
});
