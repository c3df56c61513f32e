import type { Page } from "playwright-core";
import type { ApplicationHooks, ViewHooks } from "../../../src/sdk/embed/index.ts";
import type { Person } from "../node/world.ts";
import { test as base, type HostPage } from "./host.ts";

/** What a page's programmer has at hand, as tests set it. */
interface Host {
  /** The hooks of the page. */
  hooks: ApplicationHooks;
  /** Those of its only view. */
  view: ViewHooks;
  /** What hooks, handlers and pickers noted. */
  heard: unknown[];
}

declare global {
  /** On the page of the application. */
  var host: Host;
}

interface HookedPage extends Pick<HostPage, "device" | "body" | "css" | "script"> {
  /** Runs on the page once the conversation is open. */
  setUp?: (ids: Record<string, string>) => void;
  ids?: Record<string, string>;
}

/** Opens the page of an order whose programmer has set hooks. */
export type OpenHooked = (person: Person, page?: Partial<HookedPage>) => Promise<Page>;

const element = `<beseda-conversation id="order" context="/orders/1041" title="Заказ 1041" open></beseda-conversation>`;

const script = `
globalThis.host = { hooks, view: document.querySelector("beseda-conversation").hooks, heard: [] };
hooks.onError = (error) => host.heard.push("error: " + error.name);`;

/** An order's conversation with one message; `order` opens it as Anna's, `openHooked` as a page with hooks. */
export const test = base
  .extend("order", async ({ world }) => {
    const server = world.keep(world.application.connectAs(world.anna.id, { contexts: ["/orders/*"] }));
    const { id = "" } = await server
      .createConversation({ title: "Заказ 1041", conversationContext: "/orders/1041" })
      .write();
    const message = server.createMessage(id, { text: "Акт: www.romashka.example/acts готов" });
    await message.attachments.add(new File(["%PDF-1.4"], "акт.pdf", { type: "application/pdf" }));
    await message.write();
    const { boris, vera } = world;
    return { server, id, ids: { boris: boris.id, borisUuid: boris.infoBaseUserId, vera: vera.id } };
  })
  .extend(
    "openHooked",
    async ({ openHost, order: _ }): Promise<OpenHooked> =>
      async (person, { setUp, ids = {}, body = "", script: more = "", ...page } = {}) => {
        const opened = await openHost(person, { body: element + body, script: script + more, ...page });
        await opened.locator(".message", { hasText: "Акт" }).waitFor();
        if (setUp) await opened.evaluate(setUp, ids);
        return opened;
      },
  );

export const heardOn = (page: Page): Promise<unknown[]> => page.evaluate(() => host.heard);
