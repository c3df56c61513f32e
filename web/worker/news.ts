import type { PushNews } from "../../src/protocol/push.ts";
import { accountOf, hasAccounts } from "./accounts.ts";

/** What a shown notification remembers. */
export type Shown = Pick<PushNews, "application" | "conversation" | "n" | "m">;

/** Shows what was pushed, if it is for somebody who is told on this device; one for each conversation. */
export async function showNews(
  registration: ServiceWorkerRegistration,
  data: Pick<PushMessageData, "json"> | null,
): Promise<void> {
  const news = newsIn(data);
  const account = news && (await accountOf(news.application));
  if (!news || account?.user !== news.user) return endWithoutAccounts(registration);
  const { application, conversation, n, m, title, sender, text } = news;
  const [former] = await registration.getNotifications({ tag: conversation });
  // A repeat, or one that was overtaken, must not ring.
  if (former && (former.data as Shown).m >= m) return;
  const hasContent = sender !== undefined && text !== undefined;
  await registration.showNotification((hasContent && (title || sender)) || account.product, {
    body: !hasContent ? account.newMessage : title && sender ? `${sender}: ${text}` : text,
    tag: conversation,
    renotify: true,
    icon: "/icon-192.png",
    badge: "/icon-192.png",
    data: { application, conversation, n, m } satisfies Shown,
  } as NotificationOptions);
}

function newsIn(data: Pick<PushMessageData, "json"> | null): PushNews | undefined {
  try {
    return (data?.json() as PushNews | null) ?? undefined;
  } catch {
    return undefined;
  }
}

/** Whoever signed out while no server was there to hear it is told no more. */
async function endWithoutAccounts(registration: ServiceWorkerRegistration): Promise<void> {
  if (await hasAccounts()) return;
  await (await registration.pushManager.getSubscription())?.unsubscribe();
}
