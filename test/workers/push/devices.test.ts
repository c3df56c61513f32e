import { env } from "cloudflare:workers";
import { expect } from "vitest";
import { everyMinute } from "../../../src/consumers/minute.ts";
import { limits } from "../../../src/protocol/limits.ts";
import { signedIn } from "../../support/workers/browser.ts";
import { call } from "../../support/workers/door.ts";
import { Device } from "../../support/workers/push-device.ts";
import { pass } from "../../support/workers/registering.ts";
import { test, type World } from "../../support/workers/world.ts";

const rows = async (): Promise<{ user: string; device: string }[]> =>
  (await env.DIRECTORY.prepare("SELECT user, device FROM push_subscriptions ORDER BY made, device").all())
    .results as never;

test("anybody can learn the key that devices subscribe with", async () => {
  expect((await call("GET", "/server")).body.pushKey).toBe(env.VAPID_PUBLIC_KEY);
});

const tooLong = `https://${"a".repeat(60)}.example/${"a".repeat(limits.pushEndpoint)}`;

test.for([
  ["http://push.example/1", "endpoint"],
  ["https://127.0.0.1/1", "endpoint"],
  ["https://[::1]/1", "endpoint"],
  ["https://push.internal/1", "endpoint"],
  ["https://push.example:22/1", "endpoint"],
  [tooLong, "endpoint"],
  ["javascript:alert(1)", "endpoint"],
])("CNV-3 a device at %.40s is refused, as a callback there is", async ([endpoint = "", field], { world }) => {
  const device = await Device.make("phone", endpoint);
  const { status, body } = await world.boris.put(device.path, device.subscription);
  expect([body.field, status === 400 || status === 413]).toEqual([field, true]);
  expect(await rows()).toEqual([]);
});

test("a key that is no point of the curve, and a name that is no word, are refused", async ({ world }) => {
  const { subscription, path } = await Device.make("phone");
  const keys = { ...subscription.keys, p256dh: `B${"A".repeat(86)}` };
  const { body } = await world.boris.put(path, { ...subscription, keys });
  expect([body.code, body.field]).toEqual(["validation", "keys.p256dh"]);
  expect((await world.boris.put("/push-subscriptions/..%2F", subscription)).body.code).toBe("validation");
});

test("S7 neither addresses nor keys of devices are kept in clear", async ({ world }) => {
  const { subscription } = await Device.of(world.boris);
  const kept = JSON.stringify((await env.DIRECTORY.prepare("SELECT * FROM push_subscriptions").all()).results);
  expect(kept).toContain(world.boris.id);
  for (const secret of [subscription.endpoint, subscription.keys.auth, subscription.keys.p256dh])
    expect(kept).not.toContain(secret);
});

test("saying it again changes nothing, another user of the same browser takes it over, and of too many the oldest go", async ({
  world,
}) => {
  const phone = await Device.of(world.boris, "phone");
  await world.boris.put(phone.path, phone.subscription);
  expect(await rows()).toEqual([{ user: world.boris.id, device: "phone" }]);
  await world.vera.put("/push-subscriptions/hers", phone.subscription);
  expect(await rows()).toEqual([{ user: world.vera.id, device: "hers" }]);
  for (let i = 0; i <= limits.pushDevices; i++) await Device.of(world.vera, `d${i}`);
  expect(await rows()).toHaveLength(limits.pushDevices);
  expect(await rows()).not.toContainEqual({ user: world.vera.id, device: "hers" });
});

test("nobody takes away the device of somebody else", async ({ world }) => {
  const phone = await Device.of(world.boris, "phone");
  expect((await world.vera.delete(phone.path)).status).toBe(204);
  expect(await rows()).toHaveLength(1);
  expect((await world.boris.delete(phone.path)).status).toBe(204);
  expect(await rows()).toEqual([]);
});

test("REG-42 signing out, and signing in as somebody else, ends what this browser is told, and no other", async ({
  world,
}) => {
  await Device.of(world.boris, "other");
  const browser = await signedIn(world.boris);
  const { path, subscription } = await Device.make("browser");
  expect((await browser.call("PUT", path, subscription)).status).toBe(204);
  await browser.ask("DELETE", `/session?application=${world.id}`);
  expect(await rows()).toEqual([{ user: world.boris.id, device: "other" }]);
  await signedIn(world.boris, browser);
  await browser.call("PUT", path, subscription);
  await signedIn(world.vera, browser);
  expect(await rows()).toEqual([{ user: world.boris.id, device: "other" }]);
});

test.for([
  ["the user is blocked", (world) => world.privileged.patch(`/users/${world.boris.id}`, { isLocked: true })],
  ["the registration ends", (world) => world.application.unregisterInfoBase()],
  ["a key is replaced", (world) => world.application.rotateKey()],
] as [string, (world: World) => Promise<unknown>][])(
  "R15 a device is forgotten when %s",
  async ([, end], { world }) => {
    await Device.of(world.boris);
    await end(world);
    expect(await rows()).toEqual([]);
  },
);

test("R15 a device that nothing is heard of is forgotten, one that says so again is kept", async ({ world }) => {
  const [phone] = [await Device.of(world.boris, "phone"), await Device.of(world.boris, "old")];
  pass(600);
  expect(await world.boris.put(phone.path, phone.subscription)).toMatchObject({ status: 204 });
  await everyMinute(env, Date.now() + limits.pushDays * 86_400_000 - 60_000);
  expect(await rows()).toEqual([{ user: world.boris.id, device: "phone" }]);
});
