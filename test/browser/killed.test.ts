import { expect } from "vitest";
import { connectionOf, fieldOf, messageOf, skipPause, test, textsOn, type } from "../support/browser/test.ts";
import type { World } from "../support/node/world.ts";

const roomOf = async ({ anna, boris }: World): Promise<string> =>
  (await anna.beseda.createConversation({ title: "Склад", members: [boris.id] }).write()).id ?? "";
const storedIn = async (world: World, conversation: string) =>
  (await world.boris.beseda.getMessages({ conversation, count: 100 })).items.map(({ text }) => text).reverse();

test("a server that dies while somebody types takes nothing along: the draft stays, and goes when it is there again", async ({
  server,
  world,
  open,
}) => {
  const id = await roomOf(world);
  const anna = await open(world.anna, { path: `/c/${id}`, hasOwnClock: true });
  await anna.getByRole("heading", { name: "No messages yet" }).waitFor();
  await fieldOf(anna).pressSequentially("Машина ");
  await server.kill();
  await fieldOf(anna).pressSequentially("пришла");
  await anna.clock.fastForward(2_000);
  await connectionOf(anna).getByText("Offline: you see what was here at").waitFor();
  await fieldOf(anna).press("Enter");
  await messageOf(anna, "Машина пришла").getByRole("img").waitFor();
  await fieldOf(anna).pressSequentially("Вторая");
  await server.start();
  await skipPause(anna);
  await connectionOf(anna).waitFor({ state: "detached" });
  await messageOf(anna, "Машина пришла").getByRole("img").waitFor({ state: "detached" });
  expect(await fieldOf(anna).inputValue()).toBe("Вторая");
  expect([await textsOn(anna), await storedIn(world, id)]).toEqual([["Машина пришла"], ["Машина пришла"]]);
});

test("a server that dies while messages are sent loses none of them and stores none twice, in their order", async ({
  server,
  world,
  open,
}) => {
  const id = await roomOf(world);
  const anna = await open(world.anna, { path: `/c/${id}`, hasOwnClock: true });
  await anna.getByRole("heading", { name: "No messages yet" }).waitFor();
  const texts = Array.from({ length: 12 }, (_, index) => `Запись ${index + 1}`);
  let killed: Promise<void> | undefined;
  for (const text of texts) {
    await type(anna, text);
    if (text === "Запись 6") killed = server.kill();
  }
  await killed;
  await server.start();
  await expect
    .poll(async () => {
      await skipPause(anna);
      return storedIn(world, id);
    })
    .toEqual(texts);
  await expect.poll(() => textsOn(anna)).toEqual(texts);
  await expect.poll(() => anna.locator(".message.unsent").count()).toBe(0);
});

test("a server that dies while a file is uploaded: the file says so and is tried again, the others and the text stay", async ({
  server,
  world,
  open,
}) => {
  const id = await roomOf(world);
  const anna = await open(world.anna, { path: `/c/${id}` });
  await fieldOf(anna).fill("Акт и фото");
  const input = anna.locator("input[type=file]");
  await input.setInputFiles([{ name: "акт.txt", mimeType: "text/plain", buffer: Buffer.alloc(6) }]);
  await anna.locator(".tile.ready").waitFor();
  const line = await anna.context().newCDPSession(anna);
  const speed = { offline: false, latency: 0, downloadThroughput: -1 };
  await line.send("Network.enable");
  await line.send("Network.emulateNetworkConditions", { ...speed, uploadThroughput: 100_000 });
  await input.setInputFiles([{ name: "фото.bin", mimeType: "", buffer: Buffer.alloc(3_000_000) }]);
  await anna.locator(".tile.uploading").waitFor();
  await server.kill();
  const failed = anna.locator(".tile.failed", { hasText: "фото.bin" });
  await failed.getByText("Broken off on the way").waitFor();
  await line.send("Network.emulateNetworkConditions", { ...speed, uploadThroughput: -1 });
  await server.start();
  await failed.getByRole("button", { name: "Try again" }).click();
  await anna.locator(".tile.ready").nth(1).waitFor();
  expect(await fieldOf(anna).inputValue()).toBe("Акт и фото");
  await anna.getByRole("button", { name: "Send", exact: true }).click();
  await expect
    .poll(async () => {
      const { items } = await world.boris.beseda.getMessages({ conversation: id });
      return items.map(({ view }) => view?.attachments?.map(({ name, size }) => [name, size]));
    })
    .toEqual([
      [
        ["акт.txt", 6],
        ["фото.bin", 3_000_000],
      ],
    ]);
});
