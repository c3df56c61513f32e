import { expect } from "vitest";
import { messageOf, test, type } from "../support/browser/test.ts";

test("the files of a conversation stand in its details: found, saved, and led back to their messages", async ({
  world,
  open,
}) => {
  const { beseda } = world.anna;
  const { id = "" } = await beseda.createConversation({ title: "Склад", members: [world.boris.id] }).write();
  const attach = async (name: string) => {
    const message = beseda.createMessage(id, { text: `Вот ${name}` });
    await message.attachments.add({ name, contentType: "text/plain", content: new TextEncoder().encode("Ворота;3") });
    await message.write();
  };
  await attach("первый.txt");
  for (let n = 0; n < 21; n++) await beseda.createMessage(id, { text: `Строка ${n}` }).write();
  const boris = await open(world.boris, { path: `/c/${id}` });
  await boris.getByRole("button", { name: "Details" }).click();
  const panel = boris.getByRole("region", { name: "Files" });
  await panel.getByText("первый.txt").waitFor();
  expect(await panel.getByRole("listitem").first().textContent()).toMatch(/первый\.txt.*Анна/);

  await attach("второй.txt");
  await panel.getByRole("listitem").nth(1).waitFor();
  expect(await panel.getByRole("listitem").first().textContent()).toContain("второй.txt");

  const saving = boris.waitForEvent("download");
  await panel.getByRole("button", { name: "Download второй.txt" }).click();
  expect((await saving).suggestedFilename()).toBe("второй.txt");

  await panel.getByRole("button", { name: "первый.txt", exact: false }).first().click();
  await boris.locator(".message.found", { hasText: "Вот первый.txt" }).waitFor();

  for (let n = 0; n < 20; n++) await attach(`ещё ${n}.txt`);
  const more = panel.getByRole("button", { name: "Show more files" });
  await more.click();
  await expect.poll(() => panel.getByRole("listitem").count()).toBe(22);
});

test("the list of files says when there are none and when it cannot be had, and tries again", async ({
  world,
  open,
}) => {
  const { id = "" } = await world.anna.beseda.createConversation({ title: "Склад", members: [world.boris.id] }).write();
  const anna = await open(world.anna, { path: `/c/${id}` });
  await type(anna, "Без файлов");
  await messageOf(anna, "Без файлов").waitFor();
  await anna
    .context()
    .route(/\/attachments\?count/, (route) => route.fulfill({ status: 404, json: { code: "not_found" } }));
  await anna.getByRole("button", { name: "Details" }).click();
  const panel = anna.getByRole("region", { name: "Files" });
  await panel.getByText("The files could not be loaded").waitFor();
  await anna.context().unroute(/\/attachments\?count/);
  await panel.getByRole("button", { name: "Try again" }).click();
  await panel.getByText("No files yet").waitFor();
});
