import type { OpenPlace } from "../../worker/place.ts";
import { closeShown, forgetHere, renew } from "../notifications/device.ts";
import { route } from "../shell/route.ts";
import type { Site } from "../shell/site.ts";
import { Keeping } from "./keeping.ts";
import { nobodyHere, ownerOf } from "./owners.ts";
import { OfflineStore } from "./store.ts";

/** What of a signed-in user stays in this browser while nobody looks: kept conversations, and being told of news. */
export class Staying {
  readonly #site: Site;
  readonly #store: OfflineStore;

  constructor(site: Site, store = new OfflineStore(ownerOf({ application: site.application, user: site.me.id }))) {
    this.#site = site;
    this.#store = store;
  }

  start(): void {
    const site = this.#site;
    site.keepWith(new Keeping(site, this.#store));
    site.onRead = (conversation) => void closeShown(conversation);
    navigator.serviceWorker?.addEventListener("message", this.#asked);
    void renew(site).catch(() => undefined);
  }

  /** The session is over: nothing that was seen stays, and no message comes any more. */
  async end(): Promise<void> {
    navigator.serviceWorker?.removeEventListener("message", this.#asked);
    const { application } = this.#site;
    await Promise.all([this.#store.erase(), nobodyHere(application), forgetHere(application).catch(() => undefined)]);
  }

  /** A shown notification was clicked. */
  readonly #asked = ({ data }: MessageEvent<OpenPlace | null>): void => {
    if (data?.type !== "open") return;
    const { application, conversation, n } = data;
    if (application === this.#site.application) route.go({ name: "conversation", id: conversation, message: n });
    else location.assign(`/c/${conversation}/${n}#application=${application}`);
  };
}
