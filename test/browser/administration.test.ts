import { expect } from "vitest";
import { test } from "../support/browser/test.ts";

test("REG-40 an administrator without a key is warned, issues one, and sees it once with the advice to keep it safe", async ({
  world,
  open,
}) => {
  const page = await open(world.anna);
  await page.getByRole("heading", { name: "Conversations", exact: true }).waitFor();
  expect(await page.getByRole("complementary", { name: "Administration" }).count()).toBe(0);
  // A subscriber without a key comes from elsewhere: one that was restored. Here only the answer says so.
  await page.route("**/api/v1/subscriber", (route) =>
    route.fulfill({ json: { email: "anna@romashka.example", hasAdministrationKey: false } }),
  );
  await page.reload();
  const warning = page.getByRole("complementary", { name: "Administration" });
  await warning.getByRole("button", { name: "Issue a key" }).click();
  const dialog = page.getByRole("dialog", { name: "Administration key" });
  await dialog.getByRole("button", { name: "Issue a key" }).click();
  await dialog.getByText("Keep it where only administrators can read it").waitFor();
  const key = (await dialog.getByRole("status").textContent()) ?? "";
  await dialog.getByRole("button", { name: "I have kept it" }).click();
  await warning.waitFor({ state: "detached" });
  await world.vera.beseda.addToSubscriberAdministrators(world.vera.id, key);
  expect(await world.vera.beseda.currentUserIsSubscriberAdministrator()).toBe(true);
  expect(await page.locator("body").textContent()).not.toContain(key);
});

test("REG-40 in the profile an administrator replaces the key, and others see nothing of it", async ({
  world,
  open,
}) => {
  const boris = await open(world.boris, { path: "/profile", device: "phone" });
  await boris.getByRole("heading", { name: "Look" }).waitFor();
  expect(await boris.getByText("administration key").count()).toBe(0);
  const anna = await open(world.anna, { path: "/profile" });
  await anna.getByRole("button", { name: "Issue a key" }).click();
  const dialog = anna.getByRole("dialog", { name: "Administration key" });
  await dialog.getByText("The key that was issued before stops working at once.").waitFor();
  await dialog.getByRole("button", { name: "Issue a key" }).click();
  await dialog.getByText("It is shown this one time.").waitFor();
});

test("REG-40 pressing twice issues one key: a second would make the shown one worthless", async ({ world, open }) => {
  const page = await open(world.anna, { path: "/profile" });
  let asked = 0;
  await page.route("**/api/v1/subscriber/administration-key", async (route) => {
    asked++;
    await route.continue();
  });
  await page.getByRole("button", { name: "Issue a key" }).click();
  const dialog = page.getByRole("dialog", { name: "Administration key" });
  await dialog.getByRole("button", { name: "Issue a key" }).dblclick();
  const key = (await dialog.getByRole("status").textContent()) ?? "";
  expect(asked).toBe(1);
  await world.vera.beseda.addToSubscriberAdministrators(world.vera.id, key);
});
