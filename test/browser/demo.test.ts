import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Page } from "playwright-core";
import { expect } from "vitest";
import { prepareDemo, romashka } from "../../demo/prepare.ts";
import { openDemo } from "../../demo/server.ts";
import { violationsOn } from "../support/browser/axe.ts";
import { test as base, command, devices, messageOf, type Opening, openWindow, type } from "../support/browser/test.ts";

/** The demo application as `npm start` opens it. */
const test = base.extend("demo", { scope: "file" }, async ({ server, browser }, { onCleanup }) => {
  const folder = mkdtempSync(join(tmpdir(), "demo-"));
  await prepareDemo(server.origin, folder);
  const options = { application: romashka(folder), beseda: server.origin, folder, port: 0 };
  let host = await openDemo(options);
  onCleanup(async () => {
    await host.close();
    rmSync(folder, { recursive: true, force: true });
  });
  return {
    async restart() {
      await host.close();
      host = await openDemo(options);
    },
    /** A window of the application, with somebody signed in. */
    async open(person: string, path = "/", look: Opening = {}): Promise<Page> {
      const page = await openWindow(browser, look);
      const value = encodeURIComponent(person);
      await page.context().addCookies([{ name: "person", value, url: host.origin }]);
      // A page that is left while it connects complains of it.
      await page.goto(host.origin + path, { waitUntil: "networkidle" });
      return page;
    },
  };
});

test("in the demo two people talk about an order, and a third, who may not read it, is told calmly", async ({
  demo,
  open: _,
}) => {
  const anna = await demo.open("Анна");
  await anna.getByRole("link", { name: "Order 1041" }).click();
  await messageOf(anna, "оплата пришла").waitFor();
  const boris = await demo.open("Борис", "/orders/1041", { locale: "ru" });
  await boris.getByRole("textbox", { name: "Напишите сообщение" }).fill("Машина заказана на восемь");
  await boris.getByRole("button", { name: "Отправить", exact: true }).click();
  await messageOf(anna, "Машина заказана на восемь").getByText("Борис").waitFor();

  await boris.locator("#person select").selectOption("Вера");
  await boris.getByText("Этот заказ ведут другие сотрудники").waitFor();
  await boris.getByRole("heading", { name: "Это обсуждение ведут другие" }).waitFor();
  await boris.getByRole("link", { name: "Все заказы" }).click();
  await boris.getByRole("link", { name: "Заказ 1042" }).click();
  await messageOf(boris, "просят отгрузить первую в пятницу").waitFor();
});

test("SUB-30 the demo asks every page to load itself again, and each asks its user first and keeps the draft", async ({
  demo,
  open: _,
}) => {
  const boris = await demo.open("Борис", "/orders/1041");
  const field = boris.getByRole("textbox", { name: "Write a message" });
  await field.fill("Недописанное");
  const anna = await demo.open("Анна");
  await anna.getByRole("button", { name: "Ask everybody to reload" }).click();
  await boris.getByText("The application has been updated.").waitFor();
  expect(await field.inputValue()).toBe("Недописанное");
  const loaded = boris.waitForEvent("load");
  await boris.getByRole("button", { name: "Reload", exact: true }).click();
  await loaded;
  await expect.poll(() => field.inputValue()).toBe("Недописанное");
});

test("USR-27 CMD-1 SUB-33 hooks of the demo: departments and a list of people to choose from, tasks out of messages, answers to questions", async ({
  demo,
  open: _,
}) => {
  const anna = await demo.open("Анна", "/orders/1041");
  await messageOf(anna, "оплата пришла").waitFor();
  await anna.getByText("There are none yet.").waitFor();
  await command(anna, "оплата пришла", "Add to the tasks of the order");
  await anna.locator(".tasks li", { hasText: "оплата пришла" }).waitFor();

  await anna.getByRole("button", { name: "Nobody is notified" }).click();
  const field = anna.getByRole("combobox", { name: "Choose people to notify" });
  await field.fill("ware");
  await anna.getByRole("option", { name: "Warehouse" }).click();
  await anna.getByRole("button", { name: "Notify: Борис, Глеб" }).waitFor();
  await field.fill("кт");
  await anna.getByRole("option", { name: "Show all" }).click();
  const dialog = anna.getByRole("dialog", { name: "Choose people" });
  await dialog.getByRole("checkbox", { name: "Дарья" }).check();
  expect(await violationsOn(anna)).toEqual([]);
  await dialog.getByRole("button", { name: "Choose", exact: true }).click();
  await anna.getByRole("button", { name: "Notify: Борис, Глеб, Дарья" }).waitFor();

  const boris = await demo.open("Борис", "/orders/1041", { locale: "ru" });
  await boris.locator(".tasks li", { hasText: "оплата пришла" }).waitFor();
  await type(anna, "? когда");
  await messageOf(boris, "Order 1041: being assembled").getByText("Справочная").waitFor();
});

test("the state of the demo survives a restart, and its language is the reader's", async ({ demo, open: _ }) => {
  const anna = await demo.open("Анна", "/orders/1044");
  await anna.getByLabel("Status").selectOption("Shipped");
  await anna.getByRole("button", { name: "Change" }).click();
  await anna.waitForLoadState("networkidle");
  await anna.context().close();
  await demo.restart();
  const boris = await demo.open("Борис", "/orders/1044");
  expect(await boris.getByLabel("Status").inputValue()).toBe("shipped");
  await boris.getByRole("button", { name: "Русский" }).click();
  await boris.getByRole("heading", { name: "Заказ 1044" }).waitFor();
  await boris.getByRole("button", { name: "Обсуждение" }).waitFor();
});

test.for(["light", "dark"] as const)(
  "no screen of the demo has a barrier that axe knows: %s",
  async (colorScheme, { demo, open: _ }) => {
    for (const device of Object.keys(devices) as (keyof typeof devices)[]) {
      const list = await demo.open("Вера", "/", { device, colorScheme, locale: "ru" });
      await list.getByRole("heading", { name: "Заказы" }).waitFor();
      expect(await violationsOn(list), `${device} list`).toEqual([]);
      const order = await demo.open("Анна", "/orders/1041", { device, colorScheme, locale: "ru" });
      await messageOf(order, "оплата пришла").waitFor();
      expect(await violationsOn(order), `${device} order`).toEqual([]);
      const width = await order.evaluate(() => document.documentElement.scrollWidth - innerWidth);
      expect(width, device).toBe(0);
    }
  },
);
