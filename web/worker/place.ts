/// <reference lib="webworker" />
import type { Shown } from "./news.ts";

/** What the worker asks a page to show. */
export interface OpenPlace extends Shown {
  type: "open";
}

/** Shows a conversation at its message: in the window that is open, or in a new one. */
export async function openPlace(clients: Clients, shown: Shown): Promise<void> {
  const windows = await clients.matchAll({ type: "window" });
  const window = windows.find(({ url }) => !new URL(url).pathname.startsWith("/api/"));
  if (!window) {
    const { conversation, n, application } = shown;
    await clients.openWindow(`/c/${conversation}/${n}#application=${application}`);
    return;
  }
  window.postMessage({ type: "open", ...shown } satisfies OpenPlace);
  await window.focus();
}
