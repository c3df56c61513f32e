import { expect } from "vitest";
import { rowOf, test } from "../support/browser/test.ts";

test("REG-42 a code signs in once, leaves the address at once, and the session outlives a reload", async ({
  world,
  open,
}) => {
  await world.anna.beseda.createConversation({ title: "Склад", members: [world.boris.id] }).write();
  const anna = await open(world.anna, { path: "/notifications" });
  await anna.getByRole("heading", { name: "Notifications" }).waitFor();
  expect(new URL(anna.url()).href).toBe(`${world.origin}/notifications`);
  await anna.goto(`${world.origin}/`);
  await rowOf(anna, "Склад").waitFor();
});

test("REG-42 a code that was used shows what to do, and nobody is signed in", async ({ browser, world, open }) => {
  const address = await world.anna.signInAddress();
  await open(world.boris);
  const [first, second] = await Promise.all([browser.newContext(), browser.newContext()]);
  const page = await first.newPage();
  await page.goto(address);
  await page.getByRole("navigation").waitFor();
  const late = await second.newPage();
  await late.goto(address);
  await late.getByRole("heading", { name: "This link does not work any more" }).waitFor();
  expect(await late.context().cookies()).toEqual([]);
});

test("signing out ends the session, also in the other window of the same browser", async ({ world, open }) => {
  const anna = await open(world.anna, { path: "/profile" });
  const other = await anna.context().newPage();
  await other.goto(`${world.origin}/`);
  await other.getByRole("heading", { name: "No conversations yet" }).waitFor();
  await anna.getByRole("button", { name: "Sign out" }).click();
  await anna.getByRole("heading", { name: "Beseda opens from your application" }).waitFor();
  await other.getByRole("heading", { name: "Your session has ended" }).waitFor();
});

test("whoever is blocked sees that the session has ended, at once", async ({ world, open }) => {
  const boris = await open(world.boris);
  await boris.getByRole("heading", { name: "No conversations yet" }).waitFor();
  await world.privileged.updateUser(world.boris.id, { isLocked: true });
  await boris.getByRole("heading", { name: "Your session has ended" }).waitFor();
});
