import { env } from "cloudflare:workers";
import { importJWK, jwtVerify } from "jose";
import { expect, vi } from "vitest";
import { askApplication } from "../../support/workers/endpoint.ts";
import { toldUpTo } from "../../support/workers/inbox.ts";
import { keepJobs } from "../../support/workers/jobs.ts";
import { Device, publicJwk, pushService, vapidOf } from "../../support/workers/push-device.ts";
import { neighbourOf } from "../../support/workers/shard-fence.ts";
import { type Person, test, type World } from "../../support/workers/world.ts";

const sent = () => vi.mocked(env.JOBS.send).mock.calls.length;

/** Анна and Борис talk; Борис has a telephone and does not listen. */
async function talk(world: World, draft: object = { title: "Склад" }) {
  const [consumer, service] = [keepJobs(), pushService()];
  const phone = await Device.of(world.boris);
  const room = await world.anna.converse({ members: [world.boris.id], ...draft });
  return { consumer, service, phone, room };
}

/** The same, with somebody who listens in Борис's shard: what the shard does not do by then it does not do. */
async function fenced(world: World) {
  const { neighbour, line } = await neighbourOf(world, world.boris);
  const scene = await talk(world);
  await world.anna.post(`/conversations/${scene.room.id}/members`, { users: [neighbour.id] });
  const silence = async (person: Person, text: string) => {
    const before = sent();
    const { m } = await person.say(scene.room.id, text);
    await toldUpTo(line, scene.room.id, m);
    return sent() === before;
  };
  return { ...scene, neighbour, silence };
}

test("NTF-3 whoever does not listen is told on the device: title, sender, text, signed by the operator's key", async ({
  world,
}) => {
  const { consumer, service, phone, room } = await talk(world);
  const message = await world.anna.say(room.id, "Машина пришла");
  await consumer();
  const [parcel] = service.parcels;
  if (!parcel) throw new Error("Nothing was pushed");
  expect(await phone.open(parcel)).toEqual({
    application: world.id,
    user: world.boris.id,
    conversation: room.id,
    n: message.n,
    m: 1,
    title: "Склад",
    sender: "Анна",
    text: "Машина пришла",
  });
  expect(parcel.endpoint).toBe(phone.subscription.endpoint);
  expect(Object.fromEntries(parcel.headers)).toMatchObject({ ttl: "86400", "content-encoding": "aes128gcm" });
  expect(parcel.headers.get("topic")).toMatch(/^[\w-]{32}$/);
  const { token, key } = vapidOf(parcel);
  expect(key).toBe(env.VAPID_PUBLIC_KEY);
  const { payload } = await jwtVerify(token, await importJWK(publicJwk(key), "ES256"), {
    audience: "https://push.example",
  });
  expect(payload.sub).toBe("https://beseda.test");
});

test("NTF-3 a job carries references only; the device is told what the message is by then, or nothing once it is deleted", async ({
  world,
}) => {
  const { consumer, service, phone, room } = await talk(world);
  const message = await world.anna.say(room.id, "Пароль 1234");
  await vi.waitUntil(() => sent() > 0);
  expect(JSON.stringify(vi.mocked(env.JOBS.send).mock.calls)).not.toMatch(/Пароль|Склад|Анна/);
  await world.anna.patch(`/messages/${message.id}`, { text: "Исправлено" });
  await consumer();
  expect((await phone.open(service.parcels[0] as never)).text).toBe("Исправлено");
  const other = await world.anna.converse({ title: "Касса", members: [world.boris.id] });
  const secret = await world.anna.say(other.id, "Ещё тайна");
  await vi.waitUntil(() => sent() > 1);
  await world.anna.delete(`/messages/${secret.id}`);
  await consumer();
  expect(service.parcels).toHaveLength(1);
});

test("NTF-3 NTF-10 NTF-11 no job for who listens, wants no disturbance, does not watch, or wrote it", async ({
  world,
}) => {
  const { silence, room, consumer } = await fenced(world);
  const { boris, anna } = world;
  expect(await silence(anna, "слышно")).toBe(false);
  expect(await silence(boris, "своё")).toBe(true);
  await boris.put("/do-not-disturb", { doNotDisturb: true });
  expect(await silence(anna, "тихо")).toBe(true);
  await boris.put("/do-not-disturb", { doNotDisturb: false });
  await boris.put(`/conversations/${room.id}/notification-representation`, { representation: "DontDisturb" });
  expect(await silence(anna, "тихо здесь")).toBe(true);
  await boris.put(`/conversations/${room.id}/notification-representation`, { representation: "Normal" });
  await boris.put(`/conversations/${room.id}/watch-mode`, { watch: false });
  expect(await silence(anna, "не наблюдает")).toBe(true);
  await boris.put(`/conversations/${room.id}/watch-mode`, { watch: true });
  await boris.inbox();
  expect(await silence(anna, "на связи")).toBe(true);
  await consumer();
});

test("NTF-5 whoever was removed, or was blocked, before the job ran is told nothing", async ({ world }) => {
  const { consumer, service, room } = await talk(world);
  await world.anna.say(room.id, "Только для своих");
  await world.anna.delete(`/conversations/${room.id}/members/${world.boris.id}`);
  await consumer();
  const other = await world.anna.converse({ title: "Касса", members: [world.boris.id] });
  await world.anna.say(other.id, "Только для работающих");
  await world.privileged.patch(`/users/${world.boris.id}`, { isLocked: true });
  await consumer();
  expect(service.parcels).toEqual([]);
});

test("NTF-3 what was read meanwhile on another device is not pushed", async ({ world }) => {
  const { consumer, service, room } = await talk(world);
  await world.anna.say(room.id, "Прочитано");
  await world.boris.put(`/conversations/${room.id}/read-marker`, { m: 1 });
  await consumer();
  expect(service.parcels).toEqual([]);
});

/** A conversation about order 42 that only the application knows the readers of. */
async function context(world: World, readers: Person[]) {
  const may = readers.map(({ infoBaseUserId }) => infoBaseUserId);
  const consumer = keepJobs();
  const service = pushService((_, body) => {
    const { users } = JSON.parse(body) as { users: string[] };
    return Response.json({ readers: users.filter((user) => may.includes(user)) });
  });
  await askApplication(world);
  const phone = await Device.of(world.boris);
  const room = await world.anna.converse({ conversationContext: "/orders/42", title: "Заказ 42" });
  return { may, consumer, service, phone, room };
}

test("NTF-2 NTF-5 about an object the one addressed is told, if the application says that they may read it", async ({
  world,
}) => {
  const { anna, boris, vera } = world;
  const { consumer, service, phone, room } = await context(world, [anna, boris]);
  const tablet = await Device.of(vera, "tablet");
  const recipients = [boris.id, vera.id];
  await anna.say(room.id, "Борис, посмотрите", { recipients });
  await consumer(); // tell: asks the application
  await consumer(); // push
  expect(service.parcels.map(({ endpoint }) => endpoint)).toEqual([phone.subscription.endpoint]);
  expect(await phone.open(service.parcels[0] as never)).toMatchObject({ title: "Заказ 42", text: "Борис, посмотрите" });
  expect(tablet.subscription.endpoint).not.toBe(phone.subscription.endpoint);
});

test("NTF-5 a Read right that was taken away before the job ran keeps the device silent", async ({ world }) => {
  const { anna, boris } = world;
  const { may, consumer, service, room } = await context(world, [anna, boris]);
  await anna.say(room.id, "Борис, посмотрите", { recipients: [boris.id] });
  await consumer();
  may.length = 0;
  await world.privileged.post("/context-revocations", { conversationContext: "/orders/42" });
  await consumer();
  expect(service.parcels).toEqual([]);
});

test("NTF-5 where tokens tell who may read, nothing about objects is pushed: nobody shows one then", async ({
  world,
}) => {
  const { neighbour, silence } = await fenced(world);
  const claims = { contexts: ["/orders/42"] };
  const [anna, near] = [await world.again(world.anna, claims), await world.again(neighbour, claims)];
  const line = await near.inbox();
  const room = await anna.converse({ conversationContext: "/orders/42" });
  const before = sent();
  const { m } = await anna.say(room.id, "Борис?", { recipients: [world.boris.id, near.id] });
  await toldUpTo(line, room.id, m);
  expect(sent()).toBe(before);
  expect(await silence(world.anna, "а здесь можно")).toBe(false);
});

test("NTF-3 a device that is gone is forgotten, one that cannot be reached is tried again three times", async ({
  world,
}) => {
  const { consumer, service, room } = await talk(world);
  await Device.of(world.vera, "other");
  service.status = 503;
  await world.anna.say(room.id, "раз");
  await consumer();
  expect(vi.mocked(env.JOBS.send).mock.calls.at(-1)).toMatchObject([
    { users: [world.boris.id], tries: 1 },
    { delaySeconds: 30 },
  ]);
  await consumer();
  await consumer();
  expect([sent(), service.parcels.length]).toEqual([3, 3]);
  service.status = 410;
  const other = await world.anna.converse({ title: "Касса", members: [world.boris.id] });
  await world.anna.say(other.id, "два");
  await consumer();
  const rows = await env.DIRECTORY.prepare("SELECT user FROM push_subscriptions").all();
  expect(rows.results).toEqual([{ user: world.vera.id }]);
});
