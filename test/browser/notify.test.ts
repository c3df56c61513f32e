import { expect } from "vitest";
import { messageOf, rowOf, test, type } from "../support/browser/test.ts";

test("NTF-9 CNV-33 the notification centre shows what is new, opens it, and reading clears it on the other device", async ({
  world,
  open,
}) => {
  const { id = "" } = await world.anna.beseda.createConversation({ title: "Склад", members: [world.boris.id] }).write();
  await world.anna.beseda.createMessage(id, { text: "Машина пришла" }).write();
  const desktop = await open(world.boris, { path: "/notifications" });
  const phone = await open(world.boris, { device: "phone", path: "/notifications" });
  await rowOf(phone, "Склад").getByText("Машина пришла").waitFor();
  await rowOf(desktop, "Склад").click();
  await messageOf(desktop, "Машина пришла").waitFor();
  await desktop.evaluate(() => dispatchEvent(new Event("focus")));
  await phone.getByRole("heading", { name: "You have read everything" }).waitFor({ timeout: 15_000 });
  expect((await world.boris.beseda.getCurrentUserNotifications()).items).toEqual([]);
});

test("NTF-10 NTF-11 without disturbance a pop-up shows; the settings of user and conversation keep it away, not the entry", async ({
  world,
  open,
}) => {
  const { beseda } = world.anna;
  const { id = "" } = await beseda.createConversation({ title: "Склад", members: [world.boris.id] }).write();
  const boris = await open(world.boris);
  await rowOf(boris, "Склад").waitFor();
  const popUp = boris.locator(".pop-up");
  const lastLine = rowOf(boris, "Склад").locator(".last");
  await beseda.createMessage(id, { text: "Первое" }).write();
  await popUp.getByText("Первое").waitFor();
  await popUp.getByRole("button", { name: "Close" }).click();

  await world.boris.beseda.setConversationNotificationRepresentation(id, "DontDisturb");
  await rowOf(boris, "Склад").getByRole("img", { name: "Do not disturb" }).waitFor();
  await beseda.createMessage(id, { text: "Второе" }).write();
  await lastLine.getByText("Второе").waitFor();
  expect(await popUp.count()).toBe(0);

  await world.boris.beseda.setConversationNotificationRepresentation(id, "Normal");
  await world.boris.beseda.setDoNotDisturb(true);
  await boris.getByRole("link", { name: "Profile" }).click();
  await expect.poll(() => boris.getByLabel("Do not disturb").isChecked()).toBe(true);
  await beseda.createMessage(id, { text: "Третье" }).write();
  await lastLine.getByText("Третье").waitFor();
  expect(await popUp.count()).toBe(0);
  await boris.getByRole("link", { name: "Notifications" }).click();
  await rowOf(boris, "Склад").getByText("3 new messages").waitFor();
});

test("NTF-14 in the conversation of an object the author picks whom to notify, or nobody", async ({ world, open }) => {
  const claims = { contexts: ["/orders/1041"] };
  const server = world.keep(world.application.connectAs(world.anna.id, claims));
  const fields = { title: "Заказ 1041", conversationContext: "/orders/1041" };
  const { id = "" } = await server.createConversation(fields).write();
  const anna = await open(world.anna, { path: `/c/${id}`, claims });
  await anna.getByRole("button", { name: "Nobody is notified" }).click();
  await anna.getByRole("combobox", { name: "Choose people to notify" }).fill("вер");
  await anna.getByRole("option", { name: "Вера" }).click();
  await type(anna, "Вера, посмотрите");
  await messageOf(anna, "to Вера").waitFor();
  await anna.getByRole("button", { name: "Notify nobody" }).click();
  await type(anna, "Для памяти");
  await messageOf(anna, "Для памяти").waitFor();
  await expect.poll(async () => (await server.getMessages({ conversation: id })).items.length).toBe(2);
  const { items } = await server.getMessages({ conversation: id, sortDirection: "Asc" });
  expect(items.map(({ recipients }) => recipients)).toEqual([[world.vera.id], []]);
});
