import { expect } from "vitest";
import { messageOf, test, type } from "../support/browser/test.ts";

test("what was begun and what was not sent outlive a reload, and go once the server is there again", async ({
  world,
  open,
}) => {
  const { id = "" } = await world.anna.beseda.createConversation({ title: "Склад", members: [world.boris.id] }).write();
  const anna = await open(world.anna, { path: `/c/${id}` });
  const field = anna.getByRole("textbox", { name: "Write a message" });
  await field.waitFor();
  await anna.context().route(/\/messages$/, (route) => route.fulfill({ status: 503, json: { code: "unavailable" } }));
  await type(anna, "Не потеряйся");
  await messageOf(anna, "Не потеряйся").waitFor();
  await field.fill("Начато и не");
  await anna.context().unroute(/\/messages$/);
  await anna.reload();
  await messageOf(anna, "Не потеряйся").waitFor();
  expect(await anna.getByRole("textbox", { name: "Write a message" }).inputValue()).toBe("Начато и не");
  await expect
    .poll(async () => (await world.boris.beseda.getMessages({ conversation: id })).items.map(({ text }) => text))
    .toEqual(["Не потеряйся"]);
});
