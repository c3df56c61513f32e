import { expect } from "vitest";
import { command, messageOf, rowOf, test, type } from "../support/browser/test.ts";

test("CNV-34 CNV-35 two people talk: a new conversation with title and members, seen by the other at once", async ({
  world,
  open,
}) => {
  const anna = await open(world.anna);
  const boris = await open(world.boris, { device: "phone" });
  await boris.getByRole("heading", { name: "No conversations yet" }).waitFor();
  const entries = anna.getByRole("navigation", { name: "Main navigation" }).getByRole("link");
  expect(await entries.first().textContent()).toContain("Conversations");

  await anna.getByRole("button", { name: "New conversation" }).first().click();
  await anna.getByRole("button", { name: "Create" }).click();
  await anna.getByText("Give the conversation a title.").waitFor();
  await anna.getByLabel("Title").fill("Склад");
  await anna.getByRole("combobox", { name: "Members" }).fill("бор");
  await anna.getByRole("option", { name: "Борис" }).click();
  await anna.getByRole("button", { name: "Create" }).click();
  await anna.getByRole("heading", { name: "Склад" }).waitFor();
  await type(anna, "Доброе утро! Ворота 3.");

  await rowOf(boris, "Склад").getByText("Доброе утро! Ворота 3.").waitFor();
  await rowOf(boris, "Склад").getByText("1 unread message").waitFor();
  await rowOf(boris, "Склад").click();
  await messageOf(boris, "Доброе утро! Ворота 3.").waitFor();
  await type(boris, "Принято.");
  await messageOf(anna, "Принято.").getByText("Борис").waitFor();

  const { items } = await world.boris.beseda.getConversations({ count: 10 });
  const messages = await world.boris.beseda.getMessages({ conversation: items[0]?.id ?? "" });
  expect(messages.items.map(({ text }) => text)).toEqual(["Принято.", "Доброе утро! Ворота 3."]);
});

test("MSG-19 MSG-20 an edit and a deletion show in the other's open view, each with its mark", async ({
  world,
  open,
}) => {
  const { id = "" } = await world.anna.beseda.createConversation({ title: "Склад", members: [world.boris.id] }).write();
  const anna = await open(world.anna, { path: `/c/${id}` });
  const boris = await open(world.boris, { path: `/c/${id}` });
  await type(anna, "Две машины");
  await messageOf(boris, "Две машины").waitFor();

  await anna.getByRole("textbox", { name: "Write a message" }).press("ArrowUp");
  await anna.getByRole("textbox", { name: "Text of the message" }).fill("Три машины");
  await anna.getByRole("button", { name: "Save" }).click();
  await messageOf(boris, "Три машины").getByText("edited").waitFor();

  await command(anna, "Три машины", "Delete");
  await anna.getByRole("button", { name: "Undo" }).click();
  await messageOf(anna, "Три машины").waitFor();
  await command(anna, "Три машины", "Delete");
  await messageOf(boris, "Message deleted").waitFor();
  const [message] = (await world.boris.beseda.getMessages({ conversation: id })).items;
  expect([message?.isDeleted, message?.text]).toEqual([true, ""]);
});

test("CNV-36 picking a person in the search opens the one conversation with that person, and nothing is asked", async ({
  world,
  open,
}) => {
  const anna = await open(world.anna);
  for (const text of ["Добрый день", "И снова я"]) {
    await anna.getByRole("searchbox").fill("вер");
    await anna.getByRole("button", { name: "Вера" }).click();
    await anna.getByRole("heading", { name: "Вера" }).waitFor();
    await type(anna, text);
    await messageOf(anna, text).waitFor();
  }
  await expect
    .poll(async () => (await world.vera.beseda.getConversations()).items.map(({ group, m }) => [group, m]))
    .toEqual([[false, 2]]);
});

test("MSG-1 the message line counts from 3,500 characters on and stops at the limit", async ({ world, open }) => {
  const { id = "" } = await world.anna.beseda.createConversation({ title: "Склад", members: [world.boris.id] }).write();
  const anna = await open(world.anna, { path: `/c/${id}` });
  const field = anna.getByRole("textbox", { name: "Write a message" });
  await field.fill("я".repeat(3_499));
  expect(await anna.getByText("characters left").count()).toBe(0);
  await field.pressSequentially("я");
  await anna.getByText("500 characters left").waitFor();
  await field.fill("я".repeat(3_999));
  await anna.getByText("1 character left").waitFor();
  await field.pressSequentially("яя");
  await anna.getByText("0 characters left").waitFor();
  expect((await field.inputValue()).length).toBe(4_000);
});

test("on a telephone the commands of a message are all within reach", async ({ world, open }) => {
  const { id = "" } = await world.anna.beseda.createConversation({ title: "Склад", members: [world.boris.id] }).write();
  await world.anna.beseda.createMessage(id, { text: "Две машины, ворота 3 и 4: встречаем обе" }).write();
  const anna = await open(world.anna, { path: `/c/${id}`, device: "phone" });
  const message = messageOf(anna, "Две машины");
  await message.tap();
  await message.getByRole("button", { name: "Commands of the message" }).tap();
  for (const item of await anna.getByRole("menuitem").all()) {
    const { x = -1, y = -1, width = 0, height = 0 } = (await item.boundingBox()) ?? {};
    expect([x >= 0, x + width <= 390, y + height <= 844, height >= 44]).toEqual([true, true, true, true]);
  }
  await anna.getByRole("menuitem", { name: "Edit" }).tap();
  await anna.getByRole("textbox", { name: "Text of the message" }).fill("Три машины");
  await anna.getByRole("button", { name: "Save" }).tap();
  await messageOf(anna, "Три машины").getByText("edited").waitFor();
});

test("whoever writes is seen writing by the other, until the message is there", async ({ world, open }) => {
  const { id = "" } = await world.anna.beseda.createConversation({ title: "Склад", members: [world.boris.id] }).write();
  const anna = await open(world.anna, { path: `/c/${id}` });
  const boris = await open(world.boris, { path: `/c/${id}`, device: "phone" });
  await boris.getByText("2 members").waitFor();
  await anna.getByRole("textbox", { name: "Write a message" }).pressSequentially("Едет");
  await boris.getByText("Анна is writing…").waitFor();
  await anna.keyboard.press("Enter");
  await messageOf(boris, "Едет").waitFor();
  await boris.getByText("2 members").waitFor();
});
