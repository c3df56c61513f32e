import { expect } from "vitest";
import { Collaboration } from "../../../src/sdk/client/collaboration.ts";
import { ask } from "../../support/workers/ask.ts";
import { door } from "../../support/workers/door.ts";
import { type Caller, test } from "../../support/workers/world.ts";

const secret = "Пароль от склада: 1234";

test("a reply names the message it answers, by request, by frame and in the SDK", async ({ world }) => {
  const { anna, boris } = world;
  const { id } = await anna.converse({ members: [boris.id] });
  const question = await anna.say(id, "Когда отгрузка?");
  const [line, listener] = [await boris.live(id), await anna.live(id)];
  const asked = await boris.say(id, "Завтра", { replyTo: question.n });
  expect(asked.replyTo).toBe(question.n);
  const { message } = await ask(line, { type: "post", message: { text: "Утром", replyTo: asked.n } });
  expect(message.replyTo).toBe(asked.n);
  const beseda = new Collaboration(() => Promise.resolve(boris.token), { fetch: door });
  const third = beseda.createMessage(id, { text: "К девяти" });
  third.replyTo = question.n;
  await third.write();
  expect(third.replyTo).toBe(question.n);
  expect(() => Object.assign(third, { replyTo: 1 })).toThrow(TypeError);
  for (const replyTo of [question.n, asked.n, question.n])
    expect((await listener.event("message")).message.replyTo).toBe(replyTo);
  expect((await anna.get(`/messages/${message.id}`)).body).toEqual(message);
});

test("what is answered must be a message of the same conversation, or nothing is posted", async ({ world }) => {
  const { anna, boris } = world;
  const [here, there] = [await anna.converse({ title: "Склад" }), await anna.converse({ members: [boris.id] })];
  await anna.say(here.id, "Раз");
  // A change of the title has a number and is no message.
  await anna.patch(`/conversations/${here.id}`, { title: "Склад 2" });
  await anna.say(there.id, "Там");
  for (const replyTo of [2, 3, 0, 999, Number.MAX_SAFE_INTEGER]) {
    const { status, body } = await anna.post(`/conversations/${here.id}/messages`, { text: "Ответ", replyTo });
    expect([status, body.code, body.field], String(replyTo)).toEqual([400, "validation", "replyTo"]);
  }
  for (const replyTo of [-1, 1.5, "1", null, `${here.id}.1`, Number.MAX_VALUE, { n: 1 }])
    expect((await anna.post(`/conversations/${here.id}/messages`, { text: "Ответ", replyTo })).body.code).toBe(
      "validation",
    );
  expect((await anna.get(`/conversations/${here.id}/messages`)).body.items).toHaveLength(1);
});

test("a reply carries no word of what it answers, so nothing deleted or changed stays in it", async ({ world }) => {
  const { anna, boris } = world;
  const { id } = await anna.converse({ members: [boris.id] });
  const original = await anna.say(id, secret);
  const edited = await anna.say(id, `${secret}!`);
  for (const { n } of [original, edited]) await boris.say(id, "Понял", { replyTo: n });
  await anna.delete(`/messages/${original.id}`);
  await anna.patch(`/messages/${edited.id}`, { text: "Спроси у Веры" });
  const { body } = await boris.get(`/conversations/${id}/messages`);
  expect(JSON.stringify(body)).not.toContain("1234");
  const { epoch } = (await boris.get(`/conversations/${id}`)).body;
  const line = await boris.live(id, `?epoch=${epoch}&n=0`);
  await line.next("caughtUp");
  expect(line.events.filter(({ message }) => message?.replyTo)).toHaveLength(2);
  expect(JSON.stringify(line.frames)).not.toContain("1234");
  // What is deleted can be answered still: its place is there.
  expect((await boris.say(id, "Что там было?", { replyTo: original.n })).replyTo).toBe(original.n);
});

test("R3 a repeat of a reply returns the first result; an edit keeps what it answers, and cannot change it", async ({
  world,
}) => {
  const { anna } = world;
  const { id } = await anna.converse({});
  const { n } = await anna.say(id, "Вопрос");
  const reply = await anna.say(id, "Ответ", { replyTo: n, clientId: "1" });
  const again = await anna.post(`/conversations/${id}/messages`, { text: "Ответ", replyTo: 999, clientId: "1" });
  expect([again.status, again.body]).toEqual([200, reply]);
  expect((await anna.patch(`/messages/${reply.id}`, { text: "Ответ!" })).body.replyTo).toBe(n);
  expect((await anna.patch(`/messages/${reply.id}`, { replyTo: 2 })).body.code).toBe("validation");
  expect((await anna.delete(`/messages/${reply.id}`)).body.replyTo).toBeUndefined();
});

test("NTF-2 a reply tells of itself as any message does, and nobody more for being answered", async ({ world }) => {
  const { anna, boris, vera } = world;
  const contexts = ["/orders/1"];
  const [reader, asker] = [await world.again(boris, { contexts }), await world.again(anna, { contexts })];
  const { id } = await asker.converse({ conversationContext: "/orders/1" });
  const question = await asker.say(id, "Кто примет?");
  await reader.say(id, "Я", { replyTo: question.n });
  const notified = async (person: Caller) => (await person.notified())[id];
  expect([await notified(asker), await notified(vera)]).toEqual([undefined, undefined]);
});
