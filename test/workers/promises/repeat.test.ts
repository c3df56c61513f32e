import { evictDurableObject } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { expect, vi } from "vitest";
import { conversationObject } from "../../../durable-objects/stubs.ts";
import { type Caller, test } from "../../support/workers/world.ts";

const draft = { text: "Отгрузить сегодня", clientId: "f81d4fae-7dec" };
const countOf = async (caller: Caller, id: string): Promise<number> =>
  (await caller.get(`/conversations/${id}/messages`)).body.items.length;

test("R3 twenty copies at once are one message, over both transports", async ({ world }) => {
  const { id } = await world.anna.converse({ members: [] });
  const line = await world.anna.live(id);
  for (let i = 0; i < 10; i++) line.send({ type: "post", request: String(i), message: draft });
  const copies = Array.from({ length: 10 }, () => world.anna.post(`/conversations/${id}/messages`, draft));
  const answers = [...(await Promise.all(copies)).map(({ body }) => body)];
  for (let i = 0; i < 10; i++) answers.push((await line.next("answer")).message);
  expect(new Set(answers.map((message) => JSON.stringify(message))).size).toBe(1);
  expect(await countOf(world.anna, id)).toBe(1);
});

test("R3 a repeat with other words, over the other transport, with a new token, returns the first result", async ({
  world,
}) => {
  const { id } = await world.anna.converse({ members: [] });
  const first = await world.anna.say(id, draft.text, draft);
  const renewed = await world.again(world.anna, {});
  const answer = await renewed.post(`/conversations/${id}/messages`, { ...draft, text: "Другое" });
  expect([answer.status, answer.body]).toEqual([200, first]);
  const line = await renewed.live(id);
  line.send({ type: "post", request: "1", message: { ...draft, text: "Третье" } });
  expect((await line.next("answer")).message).toEqual(first);
  expect(await countOf(world.anna, id)).toBe(1);
});

test("R3 a repeat a day later, after the conversation has slept and gone on, returns the first result", async ({
  world,
}) => {
  const { id } = await world.anna.converse({ members: [world.boris.id] });
  const first = await world.anna.say(id, draft.text, { ...draft, seen: 0 });
  for (let i = 0; i < 5; i++) await world.boris.say(id, `дальше ${i}`);
  await evictDurableObject(conversationObject(env, id));
  vi.useFakeTimers({ toFake: ["Date"] });
  vi.setSystemTime(Date.now() + 25 * 3_600_000);
  const later = await world.again(world.anna, {});
  const answer = await later.post(`/conversations/${id}/messages`, { ...draft, seen: 0 });
  expect([answer.status, answer.body]).toEqual([200, first]);
});

test("R3 the same client id of another sender, or in another conversation, is another message", async ({ world }) => {
  const here = await world.anna.converse({ members: [world.boris.id] });
  const there = await world.anna.converse({ members: [world.boris.id] });
  const messages = [
    await world.anna.say(here.id, draft.text, draft),
    await world.boris.say(here.id, draft.text, draft),
    await world.anna.say(there.id, draft.text, draft),
  ];
  expect(new Set(messages.map(({ id }) => id)).size).toBe(3);
});
