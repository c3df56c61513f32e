import type { Shot } from "./shots.ts";

/** The demo application, in which conversations are embedded. */
export const demoShots: Shot[] = [
  ["demo-orders", (page) => page.locator("tbody tr").first().waitFor()],
  [
    "demo-order",
    async (page) => {
      await page.getByRole("link", { name: "Заказ 1041" }).click();
      await page.locator(".message").first().waitFor();
    },
  ],
  [
    "demo-recipients",
    async (page) => {
      await page.getByRole("button", { name: "Никто не будет оповещён" }).click();
      await page.getByRole("combobox").last().fill("б");
      await page.locator(".panel [role=option]").first().waitFor();
    },
  ],
  [
    "demo-menu",
    async (page) => {
      await page.getByRole("combobox").last().fill("");
      await page.locator(".message.own").last().hover();
      await page.locator(".message.own .commands button").last().click();
    },
  ],
  [
    "demo-empty",
    async (page) => {
      await page.goto(new URL("/orders/1044", page.url()).href);
      await page.locator(".log-frame .state").waitFor();
    },
  ],
  [
    "demo-closed",
    async (page) => {
      await page.goto(new URL("/orders/1041", page.url()).href);
      await page.locator("#person select").selectOption("Вера");
      await page.locator(".panel > .state").waitFor();
    },
  ],
  [
    "demo-asked",
    async (page) => {
      await page.goto(new URL("/", page.url()).href, { waitUntil: "networkidle" });
      // As somebody else would: whoever asks sees a fresh page anyway.
      await page.evaluate(() => fetch("/reload", { method: "POST" }));
      await page.locator(".asked").waitFor();
    },
  ],
];
