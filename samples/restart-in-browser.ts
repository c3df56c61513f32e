import type { Collaboration, Subscription } from "beseda/client";
import { runIfMain } from "./demo.ts";
import { askToRestart, restartKey, restartWhenAsked } from "./restart-clients.ts";
import { serviceConversation } from "./service-conversation.ts";

/** The parts of a web page that the sample touches: `window` and its `sessionStorage`, and the field people write in. */
export interface Page {
  field: { value: string };
  storage: Pick<Storage, "getItem" | "setItem" | "removeItem">;
  confirm(question: string): boolean;
  reload(): void;
}

const draftKey = "draft";

/** Keeps what is being written, asks, and only then reloads. */
export function restartPage({ field, storage, confirm, reload }: Page): void {
  if (field.value !== "") storage.setItem(draftKey, field.value);
  if (confirm("The application asks to be reloaded. What you are writing is kept. Reload now?")) reload();
}

/** At the start of the page: gives back what was being written. */
export function restoreDraft({ field, storage }: Pick<Page, "field" | "storage">): void {
  field.value = storage.getItem(draftKey) ?? "";
  storage.removeItem(draftKey);
}

/**
 * Illustrates restarting a web page when the server asks for it. It demonstrates a feature and is not a finished tool.
 *
 * Caution: restarting a client in the middle of a user's work is bad practice. This sample saves the draft and asks the
 * user before it reloads the page.
 *
 * In a page: `restartPageWhenAsked(beseda, { field: textarea, storage: sessionStorage, confirm: (question) =>
 * window.confirm(question), reload: () => location.reload() })`.
 */
export const restartPageWhenAsked = (client: Collaboration, page: Page): Promise<Subscription> =>
  restartWhenAsked(client, () => restartPage(page));

await runIfMain(import.meta.filename, async (demo) => {
  await serviceConversation(demo.server("Анна"), restartKey);
  const { promise, resolve } = Promise.withResolvers<void>();
  const kept = new Map<string, string>();
  const page: Page = {
    field: { value: "Коллеги, завтра в десять" },
    storage: {
      getItem: (key) => kept.get(key) ?? null,
      setItem: (key, value) => void kept.set(key, value),
      removeItem: (key) => void kept.delete(key),
    },
    confirm: (question) => {
      console.log(`The page asks: ${question}`);
      return true;
    },
    reload: () => resolve(console.log("The page reloads.")),
  };
  await restartPageWhenAsked(demo.client("Борис"), page);
  await askToRestart(demo.server("Анна"), [demo.id("Борис")]);
  await promise;
  restoreDraft(page);
  console.log(`After it the field holds: ${page.field.value}`);
});
