import { forgetAccount, hasAccounts, keepAccount } from "../../worker/accounts.ts";
import { ofThisBrowser } from "../shell/kept.ts";
import type { Site } from "../shell/site.ts";
import { words } from "../words/words.ts";

/** Whether this device can tell the user of what comes while Beseda is closed. */
export type DeviceState = "on" | "off" | "denied" | "unsupported" | "installFirst" | "notOffered";

/** On iPhone and iPad only an installed site may push. */
const isApple = (): boolean => /iPhone|iPad/.test(navigator.userAgent) || "standalone" in navigator;
const isInstalled = (): boolean => matchMedia("(display-mode: standalone)").matches;

/** The device's name: a random word that this browser keeps. */
function nameHere(): string {
  const kept = ofThisBrowser();
  const name = kept.get<string>("device", "") || crypto.randomUUID();
  kept.set("device", name);
  return name;
}

const wantedBy = ({ kept }: Site): boolean => kept.get("push", false);

export async function deviceState(site: Site): Promise<DeviceState> {
  if (!("serviceWorker" in navigator) || !("PushManager" in window) || !("Notification" in window))
    return isApple() && !isInstalled() ? "installFirst" : "unsupported";
  if (Notification.permission === "denied") return "denied";
  if ((await site.beseda.pushKey()) === undefined) return "notOffered";
  return wantedBy(site) && Notification.permission === "granted" ? "on" : "off";
}

/** Asks for permission, subscribes and tells the server. Called by a click alone. */
export async function switchOn(site: Site): Promise<DeviceState> {
  if ((await Notification.requestPermission()) !== "granted") return deviceState(site);
  site.kept.set("push", true);
  try {
    await subscribe(site);
  } catch (error) {
    site.kept.set("push", undefined);
    throw error;
  }
  return "on";
}

export async function switchOff(site: Site): Promise<DeviceState> {
  site.kept.set("push", undefined);
  await site.beseda.removePushSubscription(nameHere());
  await forgetHere(site.application);
  return "off";
}

/** At every start: the server forgets devices that it hears nothing of, and browsers change addresses. */
export async function renew(site: Site): Promise<void> {
  if (wantedBy(site) && "Notification" in window && Notification.permission === "granted") await subscribe(site);
}

/** Nobody is told here any more; the server has ended it with the session. */
export async function forgetHere(application: string): Promise<void> {
  await forgetAccount(application);
  if (await hasAccounts()) return;
  const registration = await navigator.serviceWorker?.getRegistration();
  await (await registration?.pushManager.getSubscription())?.unsubscribe();
  for (const shown of (await registration?.getNotifications()) ?? []) shown.close();
}

/** What was read elsewhere need not stand on the screen. */
export async function closeShown(conversation: string): Promise<void> {
  const registration = await navigator.serviceWorker?.getRegistration();
  for (const shown of (await registration?.getNotifications({ tag: conversation })) ?? []) shown.close();
}

async function subscribe(site: Site): Promise<void> {
  const key = await site.beseda.pushKey();
  if (key === undefined) return;
  const { pushManager } = await navigator.serviceWorker.ready;
  const subscription = await subscribed(pushManager, key);
  const { endpoint, keys } = subscription.toJSON() as { endpoint: string; keys: { p256dh: string; auth: string } };
  await site.beseda.setPushSubscription(nameHere(), { endpoint, keys });
  const { product, centre } = words;
  await keepAccount(site.application, { user: site.me.id, product, newMessage: centre.newMessage });
}

/** A subscription for the operator's former key is of no use. */
async function subscribed(pushManager: PushManager, applicationServerKey: string): Promise<PushSubscription> {
  const options = { userVisibleOnly: true, applicationServerKey };
  try {
    return await pushManager.subscribe(options);
  } catch (error) {
    if ((error as Error).name !== "InvalidStateError") throw error;
    await (await pushManager.getSubscription())?.unsubscribe();
    return pushManager.subscribe(options);
  }
}
