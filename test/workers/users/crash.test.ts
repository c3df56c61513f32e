import { createScheduledController } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { expect, vi } from "vitest";
import { applicationById } from "../../../src/storage/directory/applications.ts";
import { directoryOf } from "../../../src/storage/directory/database.ts";
import { newRevocation, openRevocations, type Revocation } from "../../../src/storage/directory/revocations.ts";
import { changeUser } from "../../../src/storage/directory/users.ts";
import worker from "../../../src/worker.ts";
import { connectLine } from "../../support/workers/line.ts";
import { type Person, test, type World } from "../../support/workers/world.ts";

/** Writes a block as the server does, and dies before the inbox hears of it. */
async function blockAndDie(world: World, { id }: Person): Promise<void> {
  const db = directoryOf(env);
  const shards = (await applicationById(db, world.id))?.shards ?? 0;
  const order: Revocation = { application: world.id, shards, user: id, blocked: true, validFrom: 0, cause: "blocked" };
  await changeUser(db, world.id, id, { isLocked: true }, newRevocation(order, Date.now()));
}

/** Lets the minute's work be done, a minute and more from now. */
async function aMinuteLater(): Promise<void> {
  vi.useFakeTimers({ toFake: ["Date"] });
  vi.setSystemTime(Date.now() + 90_000);
  await worker.scheduled(createScheduledController(), env);
}

const leftOver = () => openRevocations(directoryOf(env), Number.MAX_SAFE_INTEGER, 100);

test("USR-23 a block that a crash interrupted is finished by the minute's work", async ({ world }) => {
  const { anna, boris, vera } = world;
  const room = await anna.converse({ title: "Склад", members: [boris.id, vera.id] });
  const pair = await anna.converse({ group: false, members: [boris.id] });
  const lines = [await boris.live(room.id), await boris.live(pair.id), await boris.inbox()];
  const others = [await vera.live(room.id), await vera.inbox()];
  await blockAndDie(world, boris);
  expect(await leftOver()).toHaveLength(1);
  await aMinuteLater();
  await anna.say(room.id, "Без Бориса");
  for (const line of lines) {
    expect(await line.end()).toMatchObject({ code: 4011 });
    expect(JSON.stringify(line.frames)).not.toContain("Без Бориса");
  }
  for (const line of others) expect(line.closed).toBeUndefined();
  const answer = await anna.post(`/conversations/${pair.id}/messages`, { text: "Ты где?" });
  expect(answer).toMatchObject({ status: 403, body: { code: "user_blocked" } });
  expect(await leftOver()).toEqual([]);
});

test("USR-23 blocking again after a failure closes everything before the answer", async ({ world }) => {
  const { anna, boris, privileged } = world;
  const room = await anna.converse({ title: "Склад", members: [boris.id] });
  const lines = [await boris.live(room.id), await boris.inbox()];
  await blockAndDie(world, boris);
  expect((await privileged.patch(`/users/${boris.id}`, { isLocked: true })).status).toBe(200);
  await anna.say(room.id, "Без Бориса");
  for (const line of lines) {
    expect(await line.end()).toMatchObject({ code: 4011 });
    expect(JSON.stringify(line.frames)).not.toContain("Без Бориса");
  }
});

test("USR-23 a block left behind by a crash does not undo the unblocking after it", async ({ world }) => {
  const { anna, boris, privileged } = world;
  const pair = await anna.converse({ group: false, members: [boris.id] });
  await blockAndDie(world, boris);
  await privileged.patch(`/users/${boris.id}`, { isLocked: false });
  const line = await boris.live(pair.id);
  await aMinuteLater();
  expect(await leftOver()).toEqual([]);
  expect((await anna.say(pair.id, "С возвращением")).n).toBe(1);
  expect((await line.event("message")).message.text).toBe("С возвращением");
  expect(await connectLine("/live", boris.token)).toMatchObject({ status: 101 });
});
