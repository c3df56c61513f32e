import type { Page } from "playwright-core";
import { expect } from "vitest";
import { command, messageOf, test, type } from "../support/browser/test.ts";

const phone = { device: "phone" } as const;
const field = (page: Page) => page.getByRole("textbox", { name: "Write a message" });

/** Takes an emoji out of the few at hand. */
async function react(page: Page, text: string, emoji: string): Promise<void> {
  const message = messageOf(page, text);
  await message.focus();
  await message.getByRole("button", { name: "React", exact: true }).click();
  await page.getByRole("dialog", { name: "React" }).getByRole("button", { name: emoji }).click();
}

test("a reply is written under its quote, Escape takes it back, and the quote follows what becomes of the original", async ({
  world,
  open,
}) => {
  const { id = "" } = await world.anna.beseda.createConversation({ title: "Склад", members: [world.boris.id] }).write();
  const anna = await open(world.anna, { path: `/c/${id}` });
  const boris = await open(world.boris, { path: `/c/${id}`, ...phone });
  await type(anna, "Когда отгрузка?");
  await messageOf(boris, "Когда отгрузка?").waitFor();

  await command(anna, "Когда отгрузка?", "Reply");
  const line = anna.getByRole("blockquote", { name: "The message you answer" });
  await line.getByText("Когда отгрузка?").waitFor();
  expect(await field(anna).evaluate((element) => element === document.activeElement)).toBe(true);
  await anna.keyboard.press("Escape");
  await line.waitFor({ state: "detached" });
  await command(anna, "Когда отгрузка?", "Reply");
  await line.waitFor();
  await field(anna).fill("Уточняю");
  await anna.reload();
  await line.getByText("Когда отгрузка?").waitFor();
  expect(await field(anna).inputValue()).toBe("Уточняю");
  await anna.getByRole("button", { name: "Do not answer it" }).click();
  await field(anna).fill("");

  // A finger along the message.
  const message = messageOf(boris, "Когда отгрузка?");
  const box = (await message.boundingBox()) as { x: number; y: number; height: number };
  const touch = (kind: string, x: number) =>
    message.dispatchEvent(kind, {
      touches: kind === "touchend" ? [] : [{ identifier: 1, clientX: x, clientY: box.y + box.height / 2 }],
    });
  await touch("touchstart", box.x + 20);
  for (const x of [40, 60, 100]) await touch("touchmove", box.x + x);
  await touch("touchend", box.x + 100);
  await type(boris, "Завтра в девять");
  const quote = messageOf(anna, "Завтра в девять").getByRole("link");
  await quote.getByText("Когда отгрузка?").waitFor();

  await anna.locator(".message").first().focus();
  await anna.locator(".message").first().getByRole("button", { name: "Commands of the message" }).click();
  await anna.getByRole("menuitem", { name: "Edit" }).click();
  await anna.getByRole("textbox", { name: "Text of the message" }).fill("Когда отгрузка заказа 7?");
  await anna.getByRole("button", { name: "Save" }).click();
  await messageOf(boris, "Завтра в девять").getByText("Когда отгрузка заказа 7?").waitFor();
  const [reply] = (await world.boris.beseda.getMessages({ conversation: id, count: 1 })).items;
  await world.anna.beseda.deleteMessage(`${id}.${reply?.replyTo}`);
  await messageOf(boris, "Завтра в девять").getByText("Message deleted").waitFor();
  expect(await boris.getByText("заказа 7").count()).toBe(0);
});

test("a quote leads to its original, far back and not loaded", async ({ world, open }) => {
  const { beseda } = world.anna;
  const { id = "" } = await beseda.createConversation({ title: "Склад", members: [world.boris.id] }).write();
  const first = await beseda.createMessage(id, { text: "Начало разговора" }).write();
  for (let i = 0; i < 120; i++) await beseda.createMessage(id, { text: `Строка ${i}` }).write();
  await world.boris.beseda.createMessage(id, { text: "Это о начале", replyTo: first.n }).write();
  const anna = await open(world.anna, { path: `/c/${id}` });
  const quote = messageOf(anna, "Это о начале").getByRole("link");
  await quote.getByText("Начало разговора").waitFor();
  expect(await anna.locator(".message .text", { hasText: "Начало разговора" }).count()).toBe(0);
  await quote.click();
  await anna.locator(".message.found .text", { hasText: "Начало разговора" }).waitFor();
});

test("reactions show to both at once, with who they are from, and go with a second press", async ({ world, open }) => {
  const { id = "" } = await world.anna.beseda.createConversation({ title: "Склад", members: [world.boris.id] }).write();
  await world.anna.beseda.createMessage(id, { text: "Отгрузили" }).write();
  const anna = await open(world.anna, { path: `/c/${id}` });
  const boris = await open(world.boris, { path: `/c/${id}`, ...phone });
  await messageOf(boris, "Отгрузили").waitFor();

  await react(anna, "Отгрузили", "👍");
  await messageOf(boris, "Отгрузили").getByRole("button", { name: "👍 1: Анна" }).tap();
  const both = messageOf(anna, "Отгрузили").getByRole("button", { name: "👍 2: Анна, Борис" });
  await both.waitFor();
  expect(await both.getAttribute("aria-pressed")).toBe("true");

  // By keys alone: the picker takes the focus, arrows lead to more, Escape gives the focus back.
  const message = messageOf(anna, "Отгрузили");
  const button = message.getByRole("button", { name: "React", exact: true });
  await button.focus();
  await anna.keyboard.press("Enter");
  const picker = anna.getByRole("dialog", { name: "React" });
  await picker.waitFor();
  for (let i = 0; i < 6; i++) await anna.keyboard.press("ArrowRight");
  await anna.keyboard.press("Enter");
  await picker.getByRole("button", { name: "🔥" }).focus();
  await anna.keyboard.press("Escape");
  await picker.waitFor({ state: "detached" });
  expect(await button.evaluate((element) => element === document.activeElement)).toBe(true);

  await both.click();
  await messageOf(boris, "Отгрузили").getByRole("button", { name: "👍 1: Борис" }).waitFor();
  await command(anna, "Отгрузили", "Who reacted");
  await anna.getByRole("dialog", { name: "Reactions" }).getByText("Борис").waitFor();
});

test("a reaction that is refused is taken back and explained", async ({ world, open }) => {
  const { id = "" } = await world.anna.beseda.createConversation({ title: "Склад", members: [world.boris.id] }).write();
  await world.anna.beseda.createMessage(id, { text: "Отгрузили" }).write();
  const anna = await open(world.anna, { path: `/c/${id}` });
  await messageOf(anna, "Отгрузили").waitFor();
  await anna.route("**/reactions/**", (route) =>
    route.fulfill({
      status: 413,
      contentType: "application/problem+json",
      body: '{"code":"limit_exceeded","detail":""}',
    }),
  );
  await react(anna, "Отгрузили", "🙏");
  await anna.locator(".toast").waitFor();
  expect(await messageOf(anna, "Отгрузили").locator(".reaction").count()).toBe(0);
});

test("in a group the author sees who has read, in a place that was there before", async ({ world, open }) => {
  const members = [world.boris.id, world.vera.id];
  const { id = "" } = await world.anna.beseda.createConversation({ title: "Склад", members }).write();
  const anna = await open(world.anna, { path: `/c/${id}` });
  await type(anna, "Ворота 3");
  const message = messageOf(anna, "Ворота 3");
  await anna.locator(".read-line").waitFor();
  const before = await message.boundingBox();
  await open(world.boris, { path: `/c/${id}`, ...phone });
  await anna.getByRole("button", { name: "Read by Борис" }).waitFor();
  expect(await message.boundingBox()).toEqual(before);
  await world.vera.beseda.markRead(id, 1);
  await anna.reload();
  await anna.getByRole("button", { name: "Read by everybody" }).click();
  await anna.getByRole("dialog", { name: "Who has read it" }).getByText("Вера").waitFor();
});

test("in a one-to-one conversation a tick says sent, and two say read", async ({ world, open }) => {
  const conversation = world.anna.beseda.createConversation({ group: false, members: [world.boris.id] });
  const { id = "" } = await conversation.write();
  const anna = await open(world.anna, { path: `/c/${id}` });
  await type(anna, "Привет");
  await messageOf(anna, "Привет").getByRole("img", { name: "Sent" }).waitFor();
  await open(world.boris, { path: `/c/${id}`, ...phone });
  await messageOf(anna, "Привет").getByRole("img", { name: "Read" }).waitFor();
});
