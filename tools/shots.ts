import type { Page } from "playwright-core";
import type { Demo } from "../demo/prepare.ts";

/** A picture: what has to be done for it where the one before left off. A phone shows one pane at a time. */
export type Shot = [name: string, draw: (page: Page, device: string, demo: Demo) => Promise<unknown>];

const attachments = /\/attachments\?/;
const fieldOf = (page: Page) => page.locator(".composer textarea");
const pathOf = ({ conversations }: Demo, title: string): string =>
  `/c/${conversations.find((conversation) => conversation.title.startsWith(title))?.id}`;
const choose = (page: Page, ...files: { name: string; mimeType: string; buffer: Buffer }[]) =>
  page.locator("input[type=file]").setInputFiles(files);

const openConversation = (page: Page, title: string) => page.locator(".row", { hasText: title }).first().click();

export const shots: Shot[] = [
  ["list", (page) => page.locator(".row").first().waitFor()],
  ["search", (page) => page.getByRole("searchbox").first().fill("е")],
  [
    "new-conversation",
    async (page) => {
      await page.getByRole("searchbox").first().fill("");
      await page.getByRole("button", { name: "Новое обсуждение" }).first().click();
      await page.getByRole("combobox").fill("в");
      await page.getByRole("option").first().waitFor();
    },
  ],
  [
    "conversation",
    async (page) => {
      await page.reload();
      await openConversation(page, "Склад");
      await page.locator(".message").first().waitFor();
    },
  ],
  [
    "menu",
    async (page) => {
      await page.locator(".message.own").last().hover();
      await page.locator(".message.own .commands button").last().click();
    },
  ],
  [
    "editing",
    async (page) => {
      await page.getByRole("menuitem", { name: "Изменить" }).click();
      await page.locator(".editing").waitFor();
    },
  ],
  [
    "details",
    async (page) => {
      await page.locator(".editing textarea").press("Escape");
      await page.getByRole("button", { name: "Сведения" }).click();
      await page.locator(".side-pane .person").first().waitFor();
    },
  ],
  [
    "searching",
    async (page, device) => {
      if (device === "phone") await page.locator(".side-pane .icon-button").first().click();
      await page.getByRole("button", { name: "Поиск в обсуждении" }).click();
      await page.getByRole("searchbox", { name: "Слова из сообщения" }).fill("машин");
      await page.locator(".result").first().waitFor();
    },
  ],
  [
    "context",
    async (page, device) => {
      if (device === "phone") await page.goto(new URL("/", page.url()).href);
      await page.getByRole("link", { name: /Оповещения/ }).click();
      await page.locator(".row.tall").first().waitFor();
    },
  ],
  [
    "order",
    async (page, _, demo) => {
      // By its address: once it was read, the notification that leads there is gone.
      await page.goto(pathOf(demo, "Заказ"));
      await page.locator(".message").first().waitFor();
    },
  ],
  [
    "profile",
    async (page, device) => {
      if (device === "phone") await page.goto(new URL("/", page.url()).href);
      await page.getByRole("link", { name: /Профиль/ }).click();
      await page.locator(".profile").waitFor();
    },
  ],
  [
    "switcher",
    async (page) => {
      await page.keyboard.press("Control+k");
      await page.locator(".switcher [role=option]").first().waitFor();
    },
  ],
  [
    "help",
    async (page) => {
      await page.keyboard.press("Escape");
      await page.locator(".switcher").waitFor({ state: "detached" });
      await page.evaluate(() => (document.activeElement as HTMLElement | null)?.blur());
      await page.keyboard.press("?");
      await page.locator(".keys").waitFor();
    },
  ],
  [
    "conversation-menu",
    async (page, _, demo) => {
      await page.goto(pathOf(demo, "Склад"));
      await page.locator(".message").last().waitFor();
      await page.getByRole("button", { name: "Ещё", exact: true }).click();
      await page.getByRole("menuitem").first().waitFor();
    },
  ],
  [
    "emoticons",
    async (page) => {
      await page.keyboard.press("Escape");
      await page.getByRole("button", { name: "Смайлики" }).click();
    },
  ],
  [
    "mention",
    async (page) => {
      await page.keyboard.press("Escape");
      await fieldOf(page).fill("");
      await fieldOf(page).pressSequentially("@в");
      await page.getByRole("option").first().waitFor();
    },
  ],
  [
    "uploads",
    async (page) => {
      await page.keyboard.press("Escape");
      await fieldOf(page).fill("Акт, фото и запись разговора");
      const picture = { name: "ворота.png", mimeType: "image/png", buffer: await page.screenshot() };
      await choose(page, picture, { name: "остатки на утро.xlsx", mimeType: "", buffer: Buffer.alloc(48_000) });
      await page.locator(".uploads .tile.ready").nth(1).waitFor();
      await page.route(attachments, (route) => route.fulfill({ status: 413, json: { code: "limit_exceeded" } }));
      await choose(page, {
        name: "видео с камеры у третьих ворот.mp4",
        mimeType: "video/mp4",
        buffer: Buffer.alloc(10),
      });
      await page.locator(".uploads .tile.failed").waitFor();
      await page.unroute(attachments);
      await page.route(attachments, () => undefined);
      await choose(page, { name: "договор.pdf", mimeType: "application/pdf", buffer: Buffer.alloc(10) });
      await page.locator(".uploads .tile.uploading").waitFor();
    },
  ],
  [
    "attachments",
    async (page) => {
      await page.unroute(attachments);
      await page.locator(".uploads .tile.uploading .icon-button").last().click();
      await page.locator(".uploads .tile.failed .icon-button").last().click();
      await page.getByRole("button", { name: "Отправить", exact: true }).click();
      await page.locator(".message .picture img").last().waitFor();
    },
  ],
  [
    "lightbox",
    async (page) => {
      await page.locator(".message .picture").last().click();
      await page.locator(".lightbox img").waitFor();
    },
  ],
  [
    "deleted",
    async (page) => {
      await page.keyboard.press("Escape");
      await page.locator(".message.own").last().focus();
      await page.locator(".message.own .commands button").last().click();
      await page.getByRole("menuitem", { name: "Удалить" }).click();
      await page.locator(".toast").waitFor();
    },
  ],
  [
    "unsent",
    async (page) => {
      const posts = "**/conversations/*/messages";
      await page.route(posts, (route) => route.fulfill({ status: 403, json: { code: "forbidden", status: 403 } }));
      await fieldOf(page).fill("Это сообщение не пройдёт");
      await page.keyboard.press("Control+Enter");
      await page.locator(".unsent .failure").waitFor();
      await page.unroute(posts);
      await page.route(posts, () => undefined);
      await fieldOf(page).fill("А это в пути");
      await page.keyboard.press("Control+Enter");
      await page.locator(".unsent").nth(1).waitFor();
    },
  ],
  [
    "too-long",
    async (page) => {
      await page.unrouteAll({ behavior: "ignoreErrors" });
      await page.locator(".failure .text-button").last().click();
      await fieldOf(page).fill("Очень длинное сообщение о приёмке товара. ".repeat(100));
      await page.locator(".left").waitFor();
    },
  ],
  [
    "connecting",
    async (page) => {
      await fieldOf(page).fill("");
      await page.route("**/tickets", () => undefined);
      await page.goto("/");
      await page.locator(".connection").waitFor();
    },
  ],
  [
    "loading",
    async (page) => {
      await page.route("**/api/v1/conversations?*", () => undefined);
      await page.goto("/");
      await page.locator(".skeleton-row").first().waitFor();
    },
  ],
  [
    "failed",
    async (page) => {
      await page.unrouteAll({ behavior: "ignoreErrors" });
      await page.route("**/api/v1/conversations?*", (route) => route.fulfill({ status: 400, json: {} }));
      await page.goto("/");
      await page.locator(".state").first().waitFor();
    },
  ],
  [
    "gone",
    async (page) => {
      await page.unrouteAll({ behavior: "ignoreErrors" });
      await page.goto("/c/0000000000000000");
      await page.locator(".conversation-pane .state").waitFor();
    },
  ],
  [
    "everything-read",
    async (page) => {
      await page.goto("/notifications");
      await page
        .getByRole("button", { name: "Отметить всё прочитанным" })
        .click({ timeout: 1_000 })
        .catch(() => undefined);
      await page.locator(".list-pane .state").waitFor();
    },
  ],
  [
    "session-ended",
    async (page) => {
      await page.context().clearCookies();
      await page.goto("/");
      await page.locator(".sign-in").waitFor();
    },
  ],
  [
    "code-used",
    async (page) => {
      await page.goto("/#code=used&application=none");
      await page.locator(".sign-in").waitFor();
    },
  ],
];
