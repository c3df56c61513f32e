/** Where the service worker stands; see web/public/_headers for how long it is kept. */
const address = "/service-worker.js";

interface Policies {
  createPolicy(name: string, rules: { createScriptURL(url: string): string }): { createScriptURL(url: string): string };
}

/** The one script address that the page's policy lets code name. */
function trusted(): string {
  const { trustedTypes } = globalThis as { trustedTypes?: Policies };
  if (!trustedTypes) return address;
  const policy = trustedTypes.createPolicy("service-worker", {
    createScriptURL: (url) => {
      if (url === address) return url;
      throw new TypeError("Only the service worker has an address to trust");
    },
  });
  return policy.createScriptURL(address);
}

/** Registers the worker that opens the site without a connection, once the first screen is done with its work. */
export function install(): void {
  if (!("serviceWorker" in navigator)) return;
  const start = () =>
    void navigator.serviceWorker.register(trusted(), { updateViaCache: "none" }).catch(() => undefined);
  if ("requestIdleCallback" in window) requestIdleCallback(start, { timeout: 5_000 });
  else setTimeout(start, 2_000);
}
