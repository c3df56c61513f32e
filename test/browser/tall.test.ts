import type { Conversation } from "beseda/client";
import { expect } from "vitest";
import { messageOf, rowOf, test } from "../support/browser/test.ts";
import type { World } from "../support/node/world.ts";

async function write(world: World, { id = "" }: Pick<Conversation, "id">, from: number, to: number): Promise<void> {
  for (let i = from; i <= to; i++) await world.anna.beseda.createMessage(id, { text: `Запись ${i}.` }).write();
}

test("in a window taller than a hundred messages all of them are seen, and so is every new one", async ({
  world,
  open,
}) => {
  const talk = await world.anna.beseda.createConversation({ title: "Склад", members: [world.boris.id] }).write();
  await write(world, talk, 1, 110);
  const boris = await open(world.boris);
  await boris.setViewportSize({ width: 1280, height: 6_000 });
  await rowOf(boris, "Склад").click();
  await messageOf(boris, "Запись 110.").waitFor();
  // More than one page of the server, and more than are drawn in a window of the usual height.
  await expect.poll(() => boris.locator(".message").count()).toBe(110);
  for (const n of [111, 112]) {
    await write(world, talk, n, n);
    await messageOf(boris, `Запись ${n}.`).waitFor();
  }
  expect(await boris.getByRole("button", { name: "To the latest message" }).count()).toBe(0);
});
