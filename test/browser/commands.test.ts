import type { Page } from "playwright-core";
import { expect } from "vitest";
import { violationsOn } from "../support/browser/axe.ts";
import { heardOn, test } from "../support/browser/hooked.ts";
import { messageOf } from "../support/browser/test.ts";

const claims = { contexts: ["/orders/*"] };

const itemsOf = (page: Page): Promise<string[]> => page.getByRole("menuitem").allTextContents();

/** Holds a finger on an element for as long as a menu takes. */
async function press(page: Page, selector: string): Promise<void> {
  const element = page.locator(selector).first();
  // Nothing moves any more once it could be clicked.
  await element.click({ trial: true });
  const touch = await page.context().newCDPSession(page);
  // A link may go over several lines, and then the middle of its box is not on it.
  const point = await element.evaluate((target) => {
    const { left, top, width, height } = target.getClientRects()[0] as DOMRect;
    return { x: left + width / 2, y: top + height / 2 };
  });
  const touchPoints = [point];
  await touch.send("Input.dispatchTouchEvent", { type: "touchStart", touchPoints });
  await page.getByRole("menu").waitFor();
  await touch.send("Input.dispatchTouchEvent", { type: "touchEnd", touchPoints: [] });
}

test("CMD-2 CMD-3 CMD-8 a secondary click on a message, a link or a file opens the standard commands of just that", async ({
  world,
  open,
  order,
}) => {
  const page = await open(world.anna, { path: `/c/${order.id}`, claims });
  const message = messageOf(page, "Акт");
  await message.locator(".text").click({ button: "right", position: { x: 3, y: 3 } });
  await page.getByRole("menu", { name: "Commands" }).waitFor();
  expect(await itemsOf(page)).toEqual(["Reply", "Copy the text", "Copy the link", "Edit", "Delete"]);
  expect(await violationsOn(page)).toEqual([]);
  await page.keyboard.press("Escape");
  expect(await page.getByRole("menu").count()).toBe(0);
  await message.getByRole("link").click({ button: "right" });
  await page.getByRole("menu").waitFor();
  expect(await itemsOf(page)).toEqual(["Follow the link", "Copy the link", "Copy the text of the link"]);
  await message.locator(".tile").click({ button: "right" });
  await expect.poll(() => itemsOf(page)).toEqual(["Save"]);
  await page.locator(".composer").click({ position: { x: 2, y: 2 } });
  expect(await page.getByRole("menu").count()).toBe(0);

  await message.focus();
  await page.keyboard.press("Shift+F10");
  await page.getByRole("menu").waitFor();
  await page.keyboard.press("ArrowUp");
  await page.keyboard.press("ArrowUp");
  await page.keyboard.press("Enter");
  await page.getByRole("textbox", { name: "Text of the message" }).waitFor();
});

test("CMD-2 on a touch screen a long press opens the commands, and is no tap", async ({ world, open, order }) => {
  const page = await open(world.anna, { path: `/c/${order.id}`, claims, device: "phone" });
  // This line comes once it is known that the conversation is about an object, and moves the messages.
  await page.getByRole("button", { name: "Nobody is notified" }).waitFor();
  await press(page, ".message a");
  expect(await itemsOf(page)).toEqual(["Follow the link", "Copy the link", "Copy the text of the link"]);
  expect(page.context().pages()).toHaveLength(1);
  for (const item of await page.getByRole("menuitem").all()) {
    const { y = -1, height = 0 } = (await item.boundingBox()) ?? {};
    expect([y + height <= 844, height >= 44]).toEqual([true, true]);
  }
});

test("CMD-1 CMD-7 CMD-10 the host's handler adds commands of its own, separators and menus within the menu", async ({
  world,
  openHooked,
}) => {
  const page = await openHooked(world.anna, {
    setUp: () => {
      host.hooks.attachGenerateCommandsHandler(
        ({ parameters, commands }, additional) => {
          host.heard.push([parameters.source, parameters.message.text.slice(0, 3), additional]);
          if (parameters.source !== "Message") return;
          commands.shift();
          commands.push({ command: undefined }, 7 as never, {
            command: [
              { command: (asked) => host.heard.push(`task: ${asked.source}`), label: "<b>Задача</b>" },
              { command: "CopyMessage", label: "Скопировать", picture: "javascript:alert(1)" },
            ],
            label: "Ромашка",
          });
        },
        { shop: 3 },
      );
    },
  });
  const message = messageOf(page, "Акт");
  await message.locator(".text").click({ button: "right", position: { x: 3, y: 3 } });
  await page.getByRole("menu").waitFor();
  expect(await itemsOf(page)).toEqual(["Copy the text", "Copy the link", "Edit", "Delete", "Ромашка"]);
  expect(await page.getByRole("separator").count()).toBe(1);
  await page.keyboard.press("ArrowUp");
  await page.keyboard.press("ArrowRight");
  await page.getByRole("menuitem", { name: "<b>Задача</b>" }).waitFor();
  expect(await violationsOn(page)).toEqual([]);
  await page.keyboard.press("ArrowLeft");
  expect(await itemsOf(page)).toHaveLength(5);
  await page.keyboard.press("ArrowRight");
  await page.keyboard.press("Enter");
  await expect.poll(() => heardOn(page)).toEqual([["Message", "Акт", { shop: 3 }], "task: Message"]);
});

test("CMD-4 CMD-9 CMD-11 a primary click runs the default, or opens the menu; a faulty handler changes nothing, a detached one neither", async ({
  world,
  openHooked,
}) => {
  const page = await openHooked(world.anna, {
    setUp: () => {
      const byCallback: Parameters<typeof host.hooks.attachGenerateCommandsHandler>[0] = (forming) => {
        const { parameters } = forming;
        if (parameters.source === "URL") forming.defaultCommand = () => host.heard.push(parameters.url);
        if (parameters.source !== "Attachment") return;
        host.heard.push("asked of a file");
        forming.defaultCommand = undefined;
      };
      host.hooks.attachGenerateCommandsHandler(byCallback);
      host.hooks.attachGenerateCommandsHandler(async ({ commands }) => {
        commands.length = 0;
        await new Promise(() => undefined);
      });
      host.hooks.attachGenerateCommandsHandler(({ commands }) => {
        commands.length = 0;
        throw new TypeError("A fault of the host");
      });
      Object.assign(host, { detach: () => host.hooks.detachGenerateCommandsHandler(byCallback) });
    },
  });
  const message = messageOf(page, "Акт");
  await message.getByRole("link").click();
  await expect
    .poll(() => heardOn(page))
    .toEqual(["error: TimeoutError", "error: TypeError", "https://www.romashka.example/acts"]);
  await message.locator(".tile").click();
  await page.getByRole("menu").waitFor();
  expect(await itemsOf(page)).toEqual(["Save"]);
  // One click, one question.
  expect((await heardOn(page)).filter((one) => one === "asked of a file")).toHaveLength(1);
  await page.keyboard.press("Escape");

  await page.evaluate(() => (host as never as { detach: () => void }).detach());
  const download = page.waitForEvent("download");
  await message.locator(".tile").click();
  expect((await download).suggestedFilename()).toBe("акт.pdf");
});
