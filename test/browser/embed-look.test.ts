import type { Page } from "playwright-core";
import { expect } from "vitest";
import { violationsOn } from "../support/browser/axe.ts";
import { type HostPage, type OpenHost, orderElement, test } from "../support/browser/host.ts";
import { devices, messageOf, type } from "../support/browser/test.ts";
import type { World } from "../support/node/world.ts";

/** Everything that a page could do to what stands in it by accident, and some of it on purpose. */
const wild = `
  html { font-size: 62.5%; line-height: 3; }
  * { all: unset !important; color: red !important; font: italic 40px fantasy !important; letter-spacing: 1em !important; }
  button, textarea, section, p, svg { display: none !important; }
  :root { --accent: red; --text: lime; --s2: 90px; --text-14: 60px; --surface: red; }
`;

const openOrder = `<beseda-conversation context="/orders/1041" title="Заказ 1041" open></beseda-conversation>`;

async function talked({ anna, boris }: World): Promise<void> {
  const reader = anna.open({}, { contexts: ["*"] });
  const { id = "" } = await reader.createConversation({ conversationContext: "/orders/1041" }).write();
  await reader.createMessage(id, { text: "Успеем https://romashka.example :)", recipients: [boris.id] }).write();
  const other = boris.open({}, { contexts: ["*"] });
  await other.createMessage(id, { text: "Если оплата придёт сегодня" }).write();
}

/** How the parts of an embedded conversation look, as the browser has worked it out. */
const lookOf = (page: Page) =>
  page.evaluate(() => {
    const root = document.querySelector("beseda-conversation")?.shadowRoot;
    return [".command", ".panel", ".message .bubble", ".message .text", ".own .bubble", "textarea", ".when"].map(
      (part) => {
        const element = root?.querySelector(part) as Element;
        const { color, backgroundColor, fontSize, fontStyle, lineHeight, letterSpacing, display, padding } =
          getComputedStyle(element);
        const height = Math.round(element.getBoundingClientRect().height);
        return [part, color, backgroundColor, fontSize, fontStyle, lineHeight, letterSpacing, display, padding, height];
      },
    );
  });

async function shown(openHost: OpenHost, world: World, page: Partial<HostPage>): Promise<Page> {
  const opened = await openHost(world.boris, { body: openOrder, ...page });
  await messageOf(opened, "Если оплата придёт сегодня").waitFor();
  await opened.getByRole("button", { name: "Attach files" }).waitFor();
  // Names come by themselves, and a line without its name is lower.
  const first = messageOf(opened, "Успеем");
  await Promise.all(["Анна", "to Борис"].map((text) => first.getByText(text, { exact: true }).waitFor()));
  return opened;
}

test("the wildest styles of a page change nothing in an embedded conversation", async ({ world, openHost }) => {
  await talked(world);
  const [calm, torn] = await Promise.all([shown(openHost, world, {}), shown(openHost, world, { css: wild })]);
  expect(await lookOf(torn)).toEqual(await lookOf(calm));
  await type(torn, "И всё же пишется");
  await messageOf(torn, "И всё же пишется").waitFor();
});

test("colours and height that a page gives in its properties are taken over, and its light or dark", async ({
  world,
  openHost,
}) => {
  await talked(world);
  const css = `beseda-conversation { --beseda-accent: rgb(47, 107, 79); --beseda-height: 400px; color-scheme: dark; }`;
  const page = await shown(openHost, world, { css });
  const { accent, height, surface } = await page.evaluate(() => {
    const root = document.querySelector("beseda-conversation")?.shadowRoot as ShadowRoot;
    const styleOf = (part: string) => getComputedStyle(root.querySelector(part) as Element);
    return {
      accent: styleOf(".command .icon").color,
      height: (root.querySelector(".panel") as HTMLElement).offsetHeight,
      surface: styleOf(".message:not(.own) .bubble").backgroundColor,
    };
  });
  expect([accent, height, surface]).toEqual(["rgb(47, 107, 79)", 400, "rgb(23, 27, 34)"]);
});

test("letters typed in an embedded conversation are no shortcuts of the page, its own keys still are", async ({
  world,
  openHost,
}) => {
  const boris = await openHost(world.boris, {
    body: `${openOrder}<output></output>`,
    script: `addEventListener("keydown", ({ key }) => { document.querySelector("output").textContent += key + " "; });`,
  });
  const field = boris.getByRole("textbox", { name: "Write a message" });
  await field.pressSequentially("да");
  await field.press("Control+s");
  await boris.getByRole("button", { name: "Conversation" }).press("x");
  expect(await boris.locator("output").textContent()).toBe("Control s x ");
  expect(await field.inputValue()).toBe("да");
});

test("on a telephone an embedded conversation is used within its own width, and its menus lie at the lower edge of the window", async ({
  world,
  openHost,
}) => {
  await talked(world);
  const page = await shown(openHost, world, { device: "phone" });
  await page.getByRole("button", { name: "Emoticons" }).tap();
  await page.getByRole("button", { name: "smiling" }).tap();
  expect(await page.getByRole("textbox", { name: "Write a message" }).inputValue()).toBe("🙂");
  const message = messageOf(page, "Если оплата придёт сегодня");
  await message.tap();
  await message.getByRole("button", { name: "Commands of the message" }).tap();
  const [width, height] = [page.viewportSize()?.width ?? 0, page.viewportSize()?.height ?? 0];
  for (const item of await page.getByRole("menuitem").all()) {
    const box = (await item.boundingBox()) ?? { x: -1, y: -1, width: 0, height: 0 };
    expect(box.x).toBeGreaterThanOrEqual(0);
    expect(box.x + box.width).toBeLessThanOrEqual(width);
    expect(box.y).toBeGreaterThanOrEqual(height / 2);
    expect(box.y + box.height).toBeLessThanOrEqual(height);
    expect(box.height).toBeGreaterThanOrEqual(44);
  }
  await page.getByRole("menuitem", { name: "Edit" }).tap();
  await page.getByRole("textbox", { name: "Text of the message" }).fill("Если оплата придёт завтра");
  await page.getByRole("button", { name: "Save" }).tap();
  await messageOf(page, "Если оплата придёт завтра").getByText("edited").waitFor();
  expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)).toBe(0);
});

test.for(["light", "dark"] as const)(
  "an embedded conversation has no barrier that axe knows: %s",
  async (colorScheme, { world, openHost }) => {
    await talked(world);
    for (const device of Object.keys(devices) as (keyof typeof devices)[]) {
      const look = { css: ":root { color-scheme: light dark; }", colorScheme, device };
      const page = await shown(openHost, world, look);
      expect(await violationsOn(page), `${device} conversation`).toEqual([]);
      await page.getByRole("button", { name: "Nobody is notified" }).click();
      await page.getByRole("combobox", { name: "Choose people to notify" }).fill("ан");
      await page.getByRole("option").first().waitFor();
      expect(await violationsOn(page), `${device} recipients`).toEqual([]);
      await page.context().close();
      const closed = await openHost(world.vera, { body: orderElement, claims: { contexts: [] }, ...look });
      await closed.getByRole("button", { name: "Conversation" }).click();
      await closed.getByRole("heading", { name: "This conversation is for others" }).waitFor();
      expect(await violationsOn(closed), `${device} closed`).toEqual([]);
      await closed.context().close();
    }
  },
);
