import { expect } from "vitest";
import { fieldOf, messageOf, rowOf, test, textsOn, type } from "../support/browser/test.ts";

test("two devices of one person count the same, and reading on one clears the other", async ({ world, open }) => {
  const { beseda } = world.anna;
  const [stock = "", till = ""] = await Promise.all(
    ["Склад", "Касса"].map(
      async (title) => (await beseda.createConversation({ title, members: [world.boris.id] }).write()).id,
    ),
  );
  for (const text of ["Первая", "Вторая"]) await beseda.createMessage(stock, { text }).write();
  const phone = await open(world.boris, { device: "phone", hasOwnClock: true });
  const devices = [await open(world.boris), phone];
  for (const device of devices) await rowOf(device, "Склад").getByText("2 unread messages").waitFor();
  await beseda.createMessage(stock, { text: "Третья" }).write();
  await beseda.createMessage(till, { text: "Чек" }).write();
  for (const device of devices) {
    await rowOf(device, "Склад").getByText("3 unread messages").waitFor();
    await rowOf(device, "Касса").getByText("1 unread message").waitFor();
    await expect.poll(() => device.title()).toBe("(2) Beseda");
  }
  await rowOf(phone, "Склад").click();
  await messageOf(phone, "Третья").waitFor();
  // The server is told what was read after a while.
  await phone.clock.fastForward(10_000);
  await phone.getByRole("button", { name: "Back" }).click();
  for (const device of devices) {
    await expect.poll(() => rowOf(device, "Склад").locator(".badge").count()).toBe(0);
    await rowOf(device, "Касса").getByText("1 unread message").waitFor();
    await expect.poll(() => device.title()).toBe("(1) Beseda");
  }
});

test("two devices of one person send at the same time: both show all of it, once and in one order", async ({
  world,
  open,
}) => {
  const { id = "" } = await world.boris.beseda.createConversation({ title: "Склад", members: [world.anna.id] }).write();
  const path = `/c/${id}`;
  const [desktop, phone] = [await open(world.boris, { path }), await open(world.boris, { path, device: "phone" })];
  await Promise.all([fieldOf(desktop).waitFor(), fieldOf(phone).waitFor()]);
  const send = async (page: typeof phone, name: string) => {
    for (let i = 1; i <= 8; i++) await type(page, `${name} ${i}`);
  };
  await Promise.all([send(desktop, "Стол"), send(phone, "Телефон")]);
  const stored = async () =>
    (await world.anna.beseda.getMessages({ conversation: id, count: 100 })).items.map(({ text }) => text).reverse();
  await expect.poll(async () => (await stored()).length).toBe(16);
  const texts = await stored();
  expect(new Set(texts).size).toBe(16);
  await expect.poll(() => textsOn(desktop)).toEqual(texts);
  await expect.poll(() => textsOn(phone)).toEqual(texts);
});
