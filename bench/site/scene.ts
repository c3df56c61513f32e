import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Collaboration, connect } from "beseda/client";
import type { Browser, BrowserContextOptions, Page } from "playwright-core";
import { openBrowser } from "../../tools/browser.ts";
import { type Ground, prepareGround } from "../ground.ts";
import { freePort, System } from "../systems.ts";

/** Messages that the object writes in one go, and those of one author in a row where the reader looks. */
const seedAtOnce = 5_000;
const talkedOver = 5_000;
const inARow = 4;

/** What every measurement of the site needs: the product with one long conversation, and a browser with its reader. */
export interface Scene {
  origin: string;
  browser: Browser;
  /** Id of the long conversation, and its title. */
  conversation: string;
  title: string;
  /** Somebody else in it. */
  writer: Collaboration;
  /** A new window of the reader, with nothing in its cache. */
  open(): Promise<Page>;
  close(): Promise<void>;
}

export async function openScene(messages: number): Promise<Scene> {
  const state = mkdtempSync(join(tmpdir(), "bench-"));
  const port = await freePort();
  const origin = `http://127.0.0.1:${port}`;
  const counting = await System.start("site.ts", [port, state, "counting"], true);
  const ground = await prepareGround(origin, 3);
  const title = "Склад";
  const conversation = await talk(ground, title, messages);
  await counting.stop();
  // What is measured is the product itself.
  const system = await System.start("site.ts", [port, state], true);
  // A real window: what an emulated one has beyond the browser's own is never painted, and so never timed.
  const browser = await openBrowser("--window-size=1280,800");
  await readAll(ground, conversation);
  const signedIn = await signIn(browser, ground);
  const writer = connect(() => ground.users[1]?.token ?? "");
  return {
    origin,
    browser,
    conversation,
    title,
    writer,
    open: async () => (await browser.newContext(signedIn)).newPage(),
    close: async () => {
      writer.close();
      await browser.close();
      await system.stop();
      rmSync(state, { recursive: true, force: true });
    },
  };
}

/** A conversation of three with a long history, at whose end two of them talk. Edits and deletions included. */
async function talk({ origin, users }: Ground, title: string, messages: number): Promise<string> {
  const [, first, second] = users as [...Ground["users"]];
  const creator = connect(() => first?.token ?? "");
  const draft = { title, members: users.map(({ id }) => id) };
  const { id = "" } = await creator.createConversation(draft).write();
  const seed = async (author: string | undefined, count: number) => {
    const answer = await fetch(`${origin}/api/v1/meter/seed/${id}/${author}/${count}`);
    if (!answer.ok) throw new Error(`No history: ${answer.status}`);
    await answer.arrayBuffer();
  };
  for (let i = 0; i < messages - talkedOver; i += seedAtOnce) await seed(first?.id, seedAtOnce);
  for (let i = 0; i < talkedOver; i += inARow) await seed((i / inARow) % 2 === 0 ? first?.id : second?.id, inARow);
  creator.close();
  return id;
}

/** The reader was there until now: the conversation opens at its end. */
async function readAll({ users }: Ground, conversation: string): Promise<void> {
  const reader = connect(() => users[0]?.token ?? "");
  const [last] = (await reader.getMessages({ conversation, count: 1 })).items;
  const inbox = await reader.openInbox({});
  inbox.markRead(conversation, last?.view?.m ?? 0);
  inbox.close();
  for (let unread = 1; unread > 0; ) unread = (await reader.getConversations({ count: 1 })).items[0]?.unread ?? 0;
  reader.close();
}

/** Cookies and storage of a browser in which the reader has signed in. */
async function signIn(browser: Browser, { application, users, origin }: Ground): Promise<BrowserContextOptions> {
  const [reader] = users as [Ground["users"][number]];
  const context = await browser.newContext();
  const page = await context.newPage();
  const { infoBaseUserId } = reader;
  await page.goto((await application.createSessionCode({ infoBaseUserId, name: "Анна" })).address);
  await page.locator(".row").first().waitFor();
  const storageState = await context.storageState();
  await context.close();
  return { storageState, locale: "ru-RU", viewport: null, baseURL: origin };
}
