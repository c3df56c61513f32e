/** Who is told on this device, application by application, and the words that a notification needs in their language. */
export interface Account {
  user: string;
  product: string;
  newMessage: string;
}

const cacheName = "accounts";
const addressOf = (application: string): string => `/accounts/${application}`;

export async function accountOf(application: string): Promise<Account | undefined> {
  const kept = await caches.match(addressOf(application), { cacheName });
  return kept && ((await kept.json()) as Account);
}

export async function keepAccount(application: string, account: Account): Promise<void> {
  await (await caches.open(cacheName)).put(addressOf(application), Response.json(account));
}

export async function forgetAccount(application: string): Promise<void> {
  await (await caches.open(cacheName)).delete(addressOf(application));
}

export const hasAccounts = async (): Promise<boolean> => (await (await caches.open(cacheName)).keys()).length > 0;
