import { type Context, Hono } from "hono";
import { tellOfDevices } from "../../durable-objects/devices.ts";
import { keyedHash, seal } from "../domain/access/secrets.ts";
import { sessionHash } from "../domain/access/sessions.ts";
import { deviceKey } from "../domain/push/encrypt.ts";
import { limits } from "../protocol/limits.ts";
import { Problem } from "../protocol/problems.ts";
import { DevicePath, PushSubscription } from "../protocol/push.ts";
import { requirePublicAddress } from "../storage/callback.ts";
import { configOf } from "../storage/config.ts";
import { directoryOf } from "../storage/directory/database.ts";
import { forgetSubscription, keepSubscription } from "../storage/directory/push-subscriptions.ts";
import { identified } from "./credentials.ts";
import { checked, described } from "./described.ts";
import type { Door } from "./door.ts";
import { userOf } from "./places.ts";
import { sessionNamed } from "./presented.ts";

/** Devices on which a user is told of what came while nobody listened. */
export const pushSubscriptions = new Hono<Door>()
  .use("/push-subscriptions/*", identified)
  .put(
    "/push-subscriptions/:device",
    described({
      id: "setPushSubscription",
      summary: "Tell the user on this device of what is missed",
      text: `The device subscribes with the server's \`pushKey\` and says where it takes messages (Web Push). At most ${limits.pushDevices} devices of one user: the oldest go. A device is forgotten when its session is signed out, its user blocked, or nothing was heard of it for ${limits.pushDays} days: say it again at every start.`,
      tag: "notifications",
      answers: { 204: null },
      problems: ["validation", "not_supported"],
    }),
    checked("param", DevicePath),
    checked("json", PushSubscription),
    async (c) => {
      const caller = userOf(c);
      const { device } = c.req.valid("param");
      const subscription = c.req.valid("json");
      await requireUsable(c, subscription);
      const { secret } = configOf(c.env);
      const [endpointHash, sealed] = await Promise.all([
        keyedHash(secret, "push endpoint", subscription.endpoint),
        seal(secret, JSON.stringify(subscription)),
      ]);
      const { application, user, issuedAt } = caller;
      const session = sessionNamed(c);
      await keepSubscription(directoryOf(c.env, application), {
        user,
        device,
        application,
        endpointHash,
        sealed,
        session: session ? await sessionHash(c.env, session.secret) : null,
        issuedAt: issuedAt * 1000,
        made: Date.now(),
      });
      await tellOfDevices(c.env, caller, user);
      return c.body(null, 204);
    },
  )
  .delete(
    "/push-subscriptions/:device",
    described({
      id: "removePushSubscription",
      summary: "Tell the user on this device no more",
      tag: "notifications",
      answers: { 204: null },
      problems: ["validation"],
    }),
    checked("param", DevicePath),
    async (c) => {
      const caller = userOf(c);
      const { device } = c.req.valid("param");
      await forgetSubscription(directoryOf(c.env, caller.application), { user: caller.user, device });
      await tellOfDevices(c.env, caller, caller.user);
      return c.body(null, 204);
    },
  );

/** @throws Problem `not_supported`, `validation` */
async function requireUsable(c: Context<Door>, { endpoint, keys }: PushSubscription): Promise<void> {
  const { push, allowPrivateCallbacks } = configOf(c.env);
  if (!push) throw new Problem("not_supported", "This server sends no push messages");
  try {
    requirePublicAddress(endpoint, allowPrivateCallbacks);
  } catch {
    throw new Problem("validation", "The address of a device must be a public https one", { field: "endpoint" });
  }
  const key = await deviceKey(keys.p256dh).catch(() => undefined);
  if (!key) throw new Problem("validation", "The key must be a point of the curve P-256", { field: "keys.p256dh" });
}
