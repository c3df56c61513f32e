import { evictDurableObject, runInDurableObject } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { expect } from "vitest";
import { limits } from "../../../src/protocol/limits.ts";
import { test } from "../../support/workers/world.ts";

const objectOf = (id: string) => env.CONVERSATIONS.get(env.CONVERSATIONS.idFromName(id));

/** So many events happen after the first message, while everybody is away. */
async function muchHappens(id: string, events: number): Promise<void> {
  await runInDurableObject(objectOf(id), (_, { storage }) => {
    storage.sql.exec(
      `WITH RECURSIVE numbers (i) AS (SELECT 2 UNION ALL SELECT i + 1 FROM numbers WHERE i <= ?)
       INSERT INTO changes (n, type, message, body) SELECT i, 'edited', 1, NULL FROM numbers`,
      events,
    );
  });
  await evictDurableObject(objectOf(id));
}

test("R3 a repeat is recognised over 10,000 events, and beyond them it is refused instead of guessed", async ({
  world,
}) => {
  const { id } = await world.anna.converse({});
  const first = await world.anna.say(id, "Раз", { clientId: "1", seen: 0 });
  await muchHappens(id, limits.repeatAfterSeen - 1);
  const path = `/conversations/${id}/messages`;
  const known = await world.anna.post(path, { text: "Раз", clientId: "1", seen: 0 });
  expect([known.status, known.body]).toEqual([200, first]);
  await world.anna.say(id, "Ещё одно событие");
  for (const clientId of ["1", "новое"]) {
    const late = await world.anna.post(path, { text: "Раз", clientId, seen: 0 });
    expect(late.body).toMatchObject({ code: "conflict", field: "seen" });
  }
  const { body } = await world.anna.get(`${path}?sortDirection=Asc`);
  expect(body.items.map(({ text }: { text: string }) => text)).toEqual(["Раз", "Ещё одно событие"]);
});

test("R3 without seen a repeat is recognised among the last 2,000 events", async ({ world }) => {
  const { id } = await world.anna.converse({});
  const first = await world.anna.say(id, "Раз", { clientId: "1" });
  await muchHappens(id, limits.repeatWithoutSeen - 1);
  const path = `/conversations/${id}/messages`;
  expect((await world.anna.post(path, { text: "Раз", clientId: "1" })).body).toEqual(first);
  await world.anna.say(id, "Два", { clientId: "2" });
  expect((await world.anna.post(path, { text: "Раз", clientId: "1" })).status).toBe(201);
});

test("R3 after the object was evicted a repeat finds the first result among the rows", async ({ world }) => {
  const { anna, boris } = world;
  const { id } = await anna.converse({ members: [boris.id] });
  const [his, hers] = [await boris.say(id, "Моё", { clientId: "1" }), await anna.say(id, "Моё", { clientId: "1" })];
  await evictDurableObject(objectOf(id));
  expect(await anna.say(id, "Другое", { clientId: "1" })).toEqual(hers);
  expect(await boris.say(id, "Другое", { clientId: "1" })).toEqual(his);
  const later = await anna.say(id, "Новое", { clientId: "2" });
  expect(await anna.say(id, "Новое", { clientId: "2", seen: hers.n })).toEqual(later);
  expect((await anna.get(`/conversations/${id}`)).body.n).toBe(3);
});

test("R3 a repeat returns the first result although its people were blocked since", async ({ world }) => {
  const { anna, boris, privileged } = world;
  const group = await anna.converse({ members: [boris.id] });
  const pair = await anna.converse({ group: false, members: [boris.id] });
  const addressed = { recipients: [boris.id], clientId: "1" };
  const first = await anna.say(group.id, "Борису", addressed);
  const second = await anna.say(pair.id, "Борису", { clientId: "1" });
  await privileged.patch(`/users/${boris.id}`, { isLocked: true });
  expect(await anna.say(group.id, "Борису", addressed)).toEqual(first);
  expect(await anna.say(pair.id, "Борису", { clientId: "1" })).toEqual(second);
  for (const [room, more] of [
    [group, { recipients: [boris.id], clientId: "2" }],
    [pair, { clientId: "2" }],
  ] as const) {
    const refused = await anna.post(`/conversations/${room.id}/messages`, { text: "Новое", ...more });
    expect(refused.body.code).toBe("user_blocked");
  }
});

test("R3 a repeat of what was edited or deleted brings nothing back", async ({ world }) => {
  const { anna } = world;
  const { id } = await anna.converse({});
  const edited = await anna.say(id, "Раз", { clientId: "1" });
  const deleted = await anna.say(id, "Два", { clientId: "2" });
  const now = [
    (await anna.patch(`/messages/${edited.id}`, { text: "Раз!" })).body,
    (await anna.delete(`/messages/${deleted.id}`)).body,
  ];
  expect([await anna.say(id, "Раз", { clientId: "1" }), await anna.say(id, "Два", { clientId: "2" })]).toEqual(now);
  expect((await anna.get(`/conversations/${id}`)).body.n).toBe(4);
});

test("R3 messages without a client id are as many as were sent", async ({ world }) => {
  const { id } = await world.anna.converse({});
  const messages = [await world.anna.say(id, "Раз"), await world.anna.say(id, "Раз")];
  expect(messages.map(({ n }) => n)).toEqual([1, 2]);
});
