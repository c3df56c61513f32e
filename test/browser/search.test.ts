import { expect } from "vitest";
import { messageOf, rowOf, test } from "../support/browser/test.ts";

test("what the other said is found in all conversations by its words, and pressing a result goes there", async ({
  world,
  open,
}) => {
  const { anna, boris } = world;
  const [stock = "", till = ""] = await Promise.all(
    ["Склад", "Касса"].map(
      async (title) => (await anna.beseda.createConversation({ title, members: [boris.id] }).write()).id,
    ),
  );
  await anna.beseda.createMessage(stock, { text: "Накладная 1041: двенадцать коробок, ворота 3" }).write();
  await boris.beseda.createMessage(till, { text: "Где накладные за вторник?" }).write();
  await anna.beseda.createMessage(till, { text: "Обед в час" }).write();

  const page = await open(boris);
  await rowOf(page, "Склад").waitFor();
  const field = page.getByRole("searchbox", { name: "Conversation or person" });
  await field.fill("накладной");
  await page.getByRole("heading", { name: "Nothing found" }).waitFor();
  await page.getByRole("button", { name: "Messages", exact: true }).click();
  await page.getByText("2 messages found").waitFor();
  const result = page.locator(".result", { hasText: "Склад" });
  expect(await result.textContent()).toContain("Анна: Накладная 1041");
  expect(await result.locator("mark").allTextContents()).toEqual(["Накладная"]);

  await field.fill("короб");
  await page.getByText("1 message found").waitFor();
  await page.locator(".result").click();
  await messageOf(page, "Накладная 1041").waitFor();
  expect(new URL(page.url()).pathname).toBe(`/c/${stock}/1`);

  await field.fill("жираф");
  await page.getByRole("heading", { name: "No message has these words" }).waitFor();
  await field.fill("ж");
  await page.getByText("Type at least two letters").waitFor();
  await page.getByRole("button", { name: "Conversations", exact: true }).click();
  await field.fill("скл");
  await rowOf(page, "Склад").waitFor();
});

test("a search that failed says so and is tried again; one that is not through goes on", async ({ world, open }) => {
  const { anna } = world;
  const { id = "" } = await anna.beseda.createConversation({ title: "Склад", members: [] }).write();
  for (let i = 1; i <= 25; i++) await anna.beseda.createMessage(id, { text: `Накладная ${i}` }).write();
  const page = await open(anna, { device: "phone", locale: "ru" });
  await rowOf(page, "Склад").waitFor();
  await page.route("**/api/v1/messages?*", (route) => route.fulfill({ status: 400, body: "" }), { times: 1 });
  await page.getByRole("searchbox").fill("накладные");
  await page.getByRole("button", { name: "Сообщения", exact: true }).click();
  await page.getByRole("heading", { name: "Не удалось выполнить поиск" }).waitFor();
  await page.getByRole("button", { name: "Повторить" }).click();
  await page.getByText("Пока найдено: 20 сообщений").waitFor();
  await page.getByRole("button", { name: "Искать дальше" }).click();
  await page.getByText("Найдено: 25 сообщений").waitFor();
  await page.getByRole("button", { name: "Искать дальше" }).waitFor({ state: "detached" });
});
