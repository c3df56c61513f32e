import { directoryOf } from "../src/storage/directory/database.ts";
import { hasSubscription } from "../src/storage/directory/push-subscriptions.ts";
import { inboxOf } from "./stubs.ts";

/**
 * Tells a user's inbox whether there is a device to push to. Devices come and go at the same time, so whoever tells has
 * looked after telling.
 */
export async function tellOfDevices(
  env: Env,
  place: { application: string; shards: number },
  user: string,
): Promise<void> {
  const db = directoryOf(env, place.application);
  let told: boolean;
  let current = await hasSubscription(db, user);
  do {
    told = current;
    await inboxOf(env, place, user).setPush(user, told);
    current = await hasSubscription(db, user);
  } while (current !== told);
}
