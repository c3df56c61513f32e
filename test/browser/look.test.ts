import { expect } from "vitest";
import { mostDrawn } from "../../web/site/conversation/stretch.ts";
import { messageOf, rowOf, test } from "../support/browser/test.ts";

test("MSG-4 MSG-5 MSG-6 formatted text is drawn as it is, with its own links only and its emoticons; lists show it plain", async ({
  world,
  open,
}) => {
  const { id = "" } = await world.anna.beseda
    .createConversation({ title: "Новости", members: [world.boris.id] })
    .write();
  const html = 'Это <b>важно</b>, см. <a href="https://romashka.example/a">портал</a> и https://plain.example :)';
  const server = world.keep(world.application.connectAs(world.anna.id));
  await server.createMessage(id, { text: html, textFormat: "text/html" }).write();
  const boris = await open(world.boris);
  expect(await rowOf(boris, "Новости").locator(".last").innerHTML()).not.toMatch(/<b>|<a /);
  await rowOf(boris, "Новости").click();
  const message = messageOf(boris, "важно");
  await message.waitFor();
  expect(await message.getByText("важно", { exact: true }).evaluate((run) => getComputedStyle(run).fontWeight)).toBe(
    "650",
  );
  const links = message.getByRole("link");
  expect(await links.evaluateAll((all) => all.map((link) => [link.textContent, link.getAttribute("rel")]))).toEqual([
    ["портал", "noopener noreferrer nofollow ugc"],
  ]);
  await message.getByRole("img", { name: "smiling" }).waitFor();
});

test("MSG-7 MSG-14 a plain message shows its links and emoticons, and never its data", async ({ world, open }) => {
  const { id = "" } = await world.anna.beseda.createConversation({ title: "Склад", members: [world.boris.id] }).write();
  await world.anna.beseda
    .createMessage(id, { text: "Акт: www.romashka.example/acts, готово ;)", data: { секрет: "Не для людей" } })
    .write();
  const boris = await open(world.boris, { path: `/c/${id}` });
  const message = messageOf(boris, "Акт");
  await message.waitFor();
  expect(await message.getByRole("link").getAttribute("href")).toBe("https://www.romashka.example/acts");
  await message.getByRole("img", { name: "winking" }).waitFor();
  expect(await boris.content()).not.toContain("Не для людей");
});

test("MSG-18 CNV-38 messages are found in the open conversation only, and the list finds titles and people only", async ({
  world,
  open,
}) => {
  const { beseda } = world.anna;
  const [one = "", two = ""] = await Promise.all(
    ["Склад", "Касса"].map(
      async (title) => (await beseda.createConversation({ title, members: [world.boris.id] }).write()).id,
    ),
  );
  await beseda.createMessage(one, { text: "Погрузчик на складе" }).write();
  await beseda.createMessage(two, { text: "Погрузчик оплачен" }).write();
  const boris = await open(world.boris, { path: `/c/${one}` });
  await messageOf(boris, "Погрузчик на складе").waitFor();
  await boris.getByRole("searchbox", { name: "Conversation or person" }).fill("погрузчик");
  await boris.getByRole("heading", { name: "Nothing found" }).waitFor();
  await boris.getByRole("searchbox", { name: "Conversation or person" }).fill("касс");
  await rowOf(boris, "Касса").waitFor();
  await boris.getByRole("button", { name: "Search in this conversation" }).click();
  await boris.getByRole("searchbox", { name: "Words of a message" }).fill("погрузчик");
  await boris.getByText("1 message found").waitFor();
  expect(await boris.locator(".result").textContent()).toContain("Погрузчик на складе");
});

test("a long conversation stays in place while older pages come, and draws a part of itself", async ({
  world,
  open,
}) => {
  const { id = "" } = await world.anna.beseda.createConversation({ title: "Склад", members: [world.boris.id] }).write();
  const live = await world.anna.beseda.subscribe(id, {});
  await Promise.all(Array.from({ length: 330 }, (_, index) => live.send({ text: `Запись ${index + 1}.` })));
  const boris = await open(world.boris, { path: `/c/${id}` });
  await messageOf(boris, "Запись 330.").waitFor();
  const [log, messages] = [boris.getByRole("log"), boris.locator(".message")];
  const keyOfFirst = () => messages.first().getAttribute("data-key");
  while (!(await messages.first().textContent())?.includes("Запись 1.")) {
    const top = await keyOfFirst();
    await log.evaluate((box) => box.scrollTo(0, 0));
    await expect.poll(keyOfFirst, { timeout: 5_000 }).not.toBe(top);
    const { y = -1 } = (await boris.locator(`[data-key="${top}"]`).boundingBox()) ?? {};
    expect(y).toBeGreaterThan(0);
    expect(y).toBeLessThan(200);
  }
  await messageOf(boris, "Запись 1.").waitFor();
  expect(await messages.count()).toBe(mostDrawn);
  await boris.getByRole("button", { name: /latest message|new message/ }).click();
  await expect.poll(() => messageOf(boris, "Запись 330.").isVisible(), { timeout: 5_000 }).toBe(true);
});

test("USR-18 the profile shows and changes the user's own fields", async ({ world, open }) => {
  const anna = await open(world.anna, { path: "/profile" });
  await anna.getByText("Анна Ивановна Белова").waitFor();
  await anna.getByLabel("Phone").fill("+7 495 000-00-00");
  await anna.getByLabel("E-mail").fill("anna@romashka.example");
  await anna.getByLabel("Phone").focus();
  await expect
    .poll(async () => {
      const { phoneNumber, email } = await world.anna.beseda.getUser("me");
      return [phoneNumber, email];
    })
    .toEqual(["+7 495 000-00-00", "anna@romashka.example"]);
  await anna.getByLabel("E-mail").fill("не адрес");
  await anna.getByLabel("Phone").focus();
  await anna.getByRole("alert").waitFor();
  expect((await world.anna.beseda.getUser("me")).email).toBe("anna@romashka.example");
});

test("USR-25 a blocked person carries a mark in lists, in the header and beside messages", async ({ world, open }) => {
  const { beseda } = world.anna;
  const pair = await beseda.createConversation({ group: false, members: [world.boris.id] }).write();
  const group = await beseda.createConversation({ title: "Склад", members: [world.boris.id] }).write();
  await world.boris.beseda.createMessage(group.id ?? "", { text: "До свидания" }).write();
  await world.privileged.updateUser(world.boris.id, { isLocked: true });
  const anna = await open(world.anna, { path: `/c/${pair.id}` });
  await rowOf(anna, "Борис").getByRole("img", { name: "Blocked" }).waitFor();
  await anna.locator(".heading").getByRole("img", { name: "Blocked" }).waitFor();
  await anna.getByText("This person is blocked, so nothing can be sent.").waitFor();
  await rowOf(anna, "Склад").click();
  await messageOf(anna, "До свидания").getByRole("img", { name: "Blocked" }).waitFor();
});
