import { tellOfDevices } from "../../durable-objects/devices.ts";
import { unseal } from "../domain/access/secrets.ts";
import { encrypt } from "../domain/push/encrypt.ts";
import { type NewsOf, newsBytes, topicOf } from "../domain/push/news.ts";
import { authorizationFor } from "../domain/push/vapid.ts";
import type { PushSubscription } from "../protocol/push.ts";
import { configOf } from "../storage/config.ts";
import { directoryOf } from "../storage/directory/database.ts";
import { forgetSubscription, type PushRow } from "../storage/directory/push-subscriptions.ts";
import { trustedApplication } from "../storage/directory/trusted.ts";
import { type Delivery, deliver } from "../storage/push-service.ts";

/** Hands a message over for each device of a user; devices that are gone are forgotten. @returns false when one is worth another try */
export async function handOver(env: Env, rows: readonly PushRow[], news: NewsOf): Promise<boolean> {
  const deliveries = await Promise.all(rows.map((row) => handOverTo(env, row, news)));
  const gone = rows.filter((_, index) => deliveries[index] === "gone");
  if (gone.length > 0) await forget(env, gone, news);
  return !deliveries.includes("failed");
}

async function handOverTo(env: Env, row: PushRow, news: NewsOf): Promise<Delivery> {
  const { secret, push, allowPrivateCallbacks } = configOf(env);
  if (!push) return "refused";
  const { endpoint, keys } = JSON.parse(await unseal(secret, row.sealed)) as PushSubscription;
  const [authorization, topic, body] = await Promise.all([
    authorizationFor(endpoint, push, Date.now()),
    topicOf(endpoint, news.conversation),
    encrypt(keys, newsBytes(news, push.hidesContent)),
  ]);
  const delivery = await deliver({ endpoint, authorization, topic, body }, allowPrivateCallbacks);
  if (delivery === "refused") console.warn("A push service refused a message", new URL(endpoint).origin, row.user);
  return delivery;
}

async function forget(env: Env, rows: readonly PushRow[], { application: id, user }: NewsOf): Promise<void> {
  const db = directoryOf(env, id);
  for (const row of rows) await forgetSubscription(db, row);
  const application = await trustedApplication(env, id);
  if (application) await tellOfDevices(env, { application: id, shards: application.shards }, user);
}
