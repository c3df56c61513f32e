import { evictAllDurableObjects, runDurableObjectAlarm, runInDurableObject } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { expect } from "vitest";
import { conversationObject, inboxOf } from "../../../durable-objects/stubs.ts";
import { ping } from "../../../src/protocol/wire.ts";
import type { Line } from "../../support/workers/line.ts";
import { test } from "../../support/workers/world.ts";

/** Puts every object to sleep, as the platform does with idle ones. */
const sleep = () => evictAllDurableObjects({ webSockets: "hibernate" });

/** Every event up to this number, once it is there. */
async function heard(line: Line, n: number): Promise<number[]> {
  while (line.events.at(-1)?.n !== n) await line.next();
  return line.events.map((event) => event.n);
}

test("R19 a conversation that slept wakes with all its sockets, at its number, and takes frames from each", async ({
  world,
}) => {
  const { anna, boris, vera } = world;
  const { id } = await anna.converse({ members: [boris.id, vera.id] });
  await anna.say(id, "до сна");
  const lines = [await anna.live(id), await boris.live(id), await vera.live(id), await world.privileged.live(id)];
  await sleep();
  for (const line of lines.slice(0, 3)) {
    line.send({ type: "post", request: "1", message: { text: "после сна" } });
    await line.next("answer");
  }
  for (const line of lines) expect(await heard(line, 4)).toEqual([2, 3, 4]);
});

test("R19 an inbox that slept wakes with its sockets and tells of news", async ({ world }) => {
  const { anna, boris } = world;
  const { id } = await anna.converse({ title: "Склад", members: [boris.id] });
  const inbox = await boris.inbox();
  await sleep();
  await anna.say(id, "Доброе утро");
  expect((await inbox.next("activity")).activity.messages[0].text).toBe("Доброе утро");
});

test("R19 a ping is answered with the latest number, before and after sleep", async ({ world }) => {
  const { anna, boris } = world;
  const { id } = await anna.converse({ members: [boris.id] });
  const line = await boris.live(id);
  for (const n of [1, 2]) {
    await anna.say(id, "новое");
    line.send(ping);
    expect(await line.next("pong")).toEqual({ type: "pong", n });
    await sleep();
    line.send(ping);
    expect(await line.next("pong")).toEqual({ type: "pong", n });
  }
});

test("R19 sleep forgets no removal and no block: closed sockets stay closed, open ones are found", async ({
  world,
}) => {
  const { anna, boris, vera } = world;
  const { id } = await anna.converse({ members: [boris.id, vera.id] });
  const [ofBoris, ofVera] = [await boris.live(id), await vera.live(id)];
  await sleep();
  await anna.delete(`/conversations/${id}/members/${vera.id}`);
  expect((await ofVera.end()).reason).toBe("no longer a member");
  await sleep();
  await world.privileged.patch(`/users/${boris.id}`, { isLocked: true });
  expect((await ofBoris.end()).reason).toBe("user is blocked");
});

test("R19 once everything is told, no alarm is left: an idle conversation is never woken", async ({ world }) => {
  const { anna, boris } = world;
  const { id } = await anna.converse({ members: [boris.id] });
  const stub = conversationObject(env, id);
  const alarm = () => runInDurableObject(stub, (_, state) => state.storage.getAlarm());
  expect(await alarm()).toBeNull();
  await boris.live(id);
  await anna.say(id, "новое");
  expect(await alarm()).not.toBeNull();
  while (await runDurableObjectAlarm(stub));
  expect(await alarm()).toBeNull();
  const inbox = inboxOf(env, { application: world.id, shards: 16 }, boris.id);
  expect(await runInDurableObject(inbox, (_, state) => state.storage.getAlarm())).toBeNull();
});
