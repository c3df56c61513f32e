import type { Page } from "playwright-core";
import { expect } from "vitest";
import { violationsOn } from "../support/browser/axe.ts";
import { messageOf, test } from "../support/browser/test.ts";

/** A browser without the internet has no push service; what it would answer is put in its place. */
const withPushService = (page: Page) =>
  page.addInitScript(() => {
    const bytes = (length: number) => btoa(String.fromCharCode(...crypto.getRandomValues(new Uint8Array(length))));
    const url = (text: string) => text.replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
    PushManager.prototype.subscribe = async () => {
      const curve = { name: "ECDH", namedCurve: "P-256" };
      const { publicKey } = (await crypto.subtle.generateKey(curve, true, ["deriveBits"])) as CryptoKeyPair;
      const point = new Uint8Array(await crypto.subtle.exportKey("raw", publicKey));
      const keys = { p256dh: url(btoa(String.fromCharCode(...point))), auth: url(bytes(16)) };
      return { toJSON: () => ({ endpoint: "https://push.example/browser", keys }) } as unknown as PushSubscription;
    };
  });

/** Hands a message to the site's worker, as the push service of the browser does. */
async function deliver(page: Page, data: object): Promise<void> {
  const session = await page.context().newCDPSession(page);
  const registration = new Promise<string>((resolve) => {
    session.on("ServiceWorker.workerRegistrationUpdated", ({ registrations }) => {
      const [first] = registrations;
      if (first) resolve(first.registrationId);
    });
  });
  await session.send("ServiceWorker.enable");
  await session.send("ServiceWorker.deliverPushMessage", {
    origin: new URL(page.url()).origin,
    registrationId: await registration,
    data: JSON.stringify(data),
  });
}

const shownOn = (page: Page) =>
  page.evaluate(async () => {
    const registration = await navigator.serviceWorker.ready;
    return (await registration.getNotifications()).map(({ title, body }) => ({ title, body }));
  });

test("NTF-13 the switch asks for permission by the click alone, the device is told, and signing out ends it", async ({
  world,
  open,
}) => {
  const { id = "" } = await world.anna.beseda.createConversation({ title: "Склад", members: [world.boris.id] }).write();
  const boris = await open(world.boris);
  await boris.getByRole("navigation").waitFor();
  await boris.context().grantPermissions(["notifications"], { origin: world.origin });
  await withPushService(boris);
  await boris.goto(`${world.origin}/profile`);
  const device = boris.getByLabel("Notify me on this device");
  await expect.poll(() => device.isEnabled(), { timeout: 10_000 }).toBe(true);
  expect(await device.isChecked()).toBe(false);
  await device.click();
  await expect.poll(() => boris.getByLabel("Notify me on this device").isChecked(), { timeout: 10_000 }).toBe(true);
  expect(await violationsOn(boris)).toEqual([]);

  const application = await boris.evaluate(() => JSON.parse(localStorage.getItem("beseda/browser/application") ?? ""));
  const news = {
    application,
    user: world.boris.id,
    conversation: id,
    n: 1,
    m: 1,
    title: "Склад",
    sender: "Анна",
    text: "Машина пришла",
  };
  await deliver(boris, news);
  await expect
    .poll(() => shownOn(boris), { timeout: 10_000 })
    .toEqual([{ title: "Склад", body: "Анна: Машина пришла" }]);
  await deliver(boris, { ...news, m: 2, n: 2, text: "И вторая" });
  await expect.poll(() => shownOn(boris), { timeout: 10_000 }).toEqual([{ title: "Склад", body: "Анна: И вторая" }]);
  await deliver(boris, { ...news, user: world.vera.id, conversation: "0".repeat(26), text: "Не для Бориса" });
  await deliver(boris, news);
  expect(await shownOn(boris)).toEqual([{ title: "Склад", body: "Анна: И вторая" }]);

  await world.anna.beseda.createMessage(id, { text: "Машина пришла" }).write();
  await boris.goto(`${world.origin}/c/${id}`);
  await messageOf(boris, "Машина пришла").waitFor();
  await boris.evaluate(() => dispatchEvent(new Event("focus")));
  await expect.poll(() => shownOn(boris), { timeout: 15_000 }).toEqual([]);

  await boris.goto(`${world.origin}/profile`);
  await boris.getByRole("button", { name: "Sign out" }).click();
  await boris.getByRole("heading", { name: "Beseda opens from your application" }).waitFor();
  await deliver(boris, { ...news, m: 3, n: 3 });
  await expect.poll(() => boris.evaluate(async () => (await (await caches.open("accounts")).keys()).length)).toBe(0);
  expect(await shownOn(boris)).toEqual([]);
});

test("a browser that forbids it says so, and the switch cannot be moved", async ({ world, open }) => {
  const boris = await open(world.boris, { path: "/profile" });
  await boris.addInitScript(() => Object.defineProperty(Notification, "permission", { get: () => "denied" }));
  await boris.reload();
  await boris.getByText("The browser forbids them").first().waitFor();
  expect(await boris.getByLabel("Notify me on this device").isDisabled()).toBe(true);
  expect(await violationsOn(boris)).toEqual([]);
});
