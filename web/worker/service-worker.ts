/// <reference lib="webworker" />
import { showNews } from "./news.ts";
import { openPlace } from "./place.ts";

declare const self: ServiceWorkerGlobalScope;
/** Set by the build: the files of the site, and a word that changes with any of them. */
declare const SITE_FILES: readonly string[];
declare const SITE_VERSION: string;

const cacheName = `site-${SITE_VERSION}`;
/** A connection that says nothing for so long counts as none. */
const patienceMs = 4_000;

/** Addresses that are not the site's one page. */
const elsewhere = /^\/(?:api|files|session|local|\.well-known)(?:\/|$)/;

self.addEventListener("install", (event) => {
  // Not the browser's copies: the page of the former version would come along.
  const files = ["/", ...SITE_FILES].map((path) => new Request(path, path === "/" ? { cache: "reload" } : {}));
  event.waitUntil(caches.open(cacheName).then((cache) => cache.addAll(files)));
  // Nobody waits for the old worker to end: pages are asked of the server first in any case.
  void self.skipWaiting();
});

self.addEventListener("activate", (event) => {
  event.waitUntil(forgetFormer().then(() => self.clients.claim()));
});

async function forgetFormer(): Promise<void> {
  const names = await caches.keys();
  const former = names.filter((name) => name.startsWith("site-") && name !== cacheName);
  await Promise.all(former.map((name) => caches.delete(name)));
}

self.addEventListener("fetch", (event) => {
  const { request } = event;
  const { origin, pathname } = new URL(request.url);
  if (request.method !== "GET" || origin !== location.origin) return;
  if (request.mode === "navigate" && !elsewhere.test(pathname)) event.respondWith(page(request));
  else if (SITE_FILES.includes(pathname)) event.respondWith(file(request));
});

/** The page as the server has it; without a server the kept one, so that no version outlives the next. */
async function page(request: Request): Promise<Response> {
  try {
    return await fetch(request, { signal: AbortSignal.timeout(patienceMs) });
  } catch (error) {
    const kept = await caches.match("/", { cacheName });
    if (kept) return kept;
    throw error;
  }
}

/** Files with a hash in their name never change. */
const file = async (request: Request): Promise<Response> =>
  (await caches.match(request, { cacheName })) ?? fetch(request);

self.addEventListener("push", (event) => {
  event.waitUntil(showNews(self.registration, event.data));
});

self.addEventListener("notificationclick", (event) => {
  event.notification.close();
  event.waitUntil(openPlace(self.clients, event.notification.data));
});
