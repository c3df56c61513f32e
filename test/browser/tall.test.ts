import { expect } from "vitest";
import { messageOf, rowOf, test } from "../support/browser/test.ts";

test("in a window so tall that nothing scrolls the newest message is seen, however many are loaded", async ({
  world,
  open,
}) => {
  const { beseda } = world.anna;
  const { id = "" } = await beseda.createConversation({ title: "Склад", members: [world.boris.id] }).write();
  for (let i = 1; i <= 110; i++) await beseda.createMessage(id, { text: `Запись ${i}` }).write();
  const boris = await open(world.boris);
  await boris.setViewportSize({ width: 1280, height: 2_400 });
  await rowOf(boris, "Склад").click();
  await messageOf(boris, "Запись 110").waitFor();
  // More than one page, and so more than the page holds that comes first.
  await expect.poll(() => boris.locator(".message").count()).toBe(100);
  for (const text of ["Первая новая", "Вторая новая"]) {
    await beseda.createMessage(id, { text }).write();
    await messageOf(boris, text).waitFor();
  }
  expect(await boris.getByRole("button", { name: "To the latest message" }).count()).toBe(0);
});
