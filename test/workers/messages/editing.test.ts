import { expect } from "vitest";
import { Collaboration } from "../../../src/sdk/client/collaboration.ts";
import { door } from "../../support/workers/door.ts";
import { pass } from "../../support/workers/registering.ts";
import { test } from "../../support/workers/world.ts";

test("MSG-19 a stored message is edited and saved again with write, and the mark stays", async ({ world }) => {
  const { boris, vera } = world;
  const { id } = await boris.converse({ members: [vera.id] });
  const [line, inbox] = [await vera.live(id), await vera.inbox()];
  const beseda = new Collaboration(() => Promise.resolve(boris.token), { fetch: door });
  const message = await beseda.createMessage(id, { text: "Завтро", recipients: [vera.id] }).write();
  const before = (await line.event("message")).message;
  expect(message.isEdited).toBe(false);
  message.text = "Завтра";
  await message.write();
  expect(message).toMatchObject({ isEdited: true, text: "Завтра", n: 1, m: 1 });
  const event = await line.event();
  expect(event).toMatchObject({ type: "edited", n: 2 });
  expect(event.message).toEqual({ ...before, text: "Завтра", edited: expect.any(String) });
  expect((await vera.get(`/messages/${message.id}`)).body).toEqual(event.message);
  while (!(await inbox.next("activity")).activity.messages[0].edited);
  expect((await vera.get("/conversations")).body.items[0].lastMessage.text).toBe("Завтра");
  await boris.say(id, "Дальше");
  expect((await beseda.getMessage(message.id ?? "")).isEdited).toBe(true);
});

test("MSG-19 user sessions edit their own messages only, privileged mode those of others", async ({ world }) => {
  const { anna, boris, vera, privileged } = world;
  const { id } = await anna.converse({ members: [boris.id, vera.id] });
  const message = await boris.say(id, "Слово Бориса");
  const others = [
    anna,
    vera,
    await world.again(vera, { scopes: ["code", "dataAdministration", "registerSystem"] }),
    await world.as(anna.id),
  ];
  for (const other of others) {
    const answer = await other.patch(`/messages/${message.id}`, { text: "Не его слово" });
    expect(answer.body.code).toBe("forbidden");
  }
  expect((await boris.get(`/messages/${message.id}`)).body).toEqual(message);
  const corrected = await privileged.patch(`/messages/${message.id}`, { text: "Исправлено" });
  expect(corrected.body).toMatchObject({ text: "Исправлено", author: boris.id, date: message.date });
});

test("MSG-19 own messages are edited and deleted without a time limit", async ({ world }) => {
  const { id } = await world.boris.converse({});
  const [edited, deleted] = [await world.boris.say(id, "Старое"), await world.boris.say(id, "Лишнее")];
  pass(400 * 24 * 3_600);
  const boris = await world.again(world.boris, {});
  expect((await boris.patch(`/messages/${edited.id}`, { text: "Новое" })).body).toMatchObject({
    text: "Новое",
    date: edited.date,
    edited: expect.stringContaining(new Date().toISOString().slice(0, 10)),
  });
  expect((await boris.delete(`/messages/${deleted.id}`)).status).toBe(200);
});

test("MSG-19 data and recipients are changed, and null takes the data away", async ({ world }) => {
  const { anna, boris } = world;
  const { id: room } = await anna.converse({ members: [boris.id] });
  const { id } = await anna.say(room, "Заказ", { data: { шаг: 1 }, recipients: [boris.id] });
  const steps: [object, object][] = [
    [{ data: { шаг: 2 } }, { text: "Заказ", data: { шаг: 2 }, recipients: [boris.id] }],
    [{ recipients: [anna.id] }, { text: "Заказ", data: { шаг: 2 }, recipients: [anna.id] }],
    [{ recipients: [] }, { text: "Заказ", data: { шаг: 2 }, recipients: undefined }],
    [{ data: null }, { text: "Заказ", data: undefined }],
    [{ data: 0 }, { text: "Заказ", data: 0 }],
    [{ text: "" }, { text: "", data: 0 }],
  ];
  for (const [changes, expected] of steps) {
    await anna.patch(`/messages/${id}`, changes);
    const { text, data, recipients } = (await boris.get(`/messages/${id}`)).body;
    expect({ text, data, recipients }).toEqual(expected);
  }
});

test("MSG-19 an edit that leaves nothing to say is refused and changes nothing", async ({ world }) => {
  const { id: room } = await world.anna.converse({});
  const text = await world.anna.say(room, "Слова");
  const data = await world.anna.say(room, "", { data: 1 });
  expect((await world.anna.patch(`/messages/${text.id}`, { text: "" })).body.code).toBe("validation");
  expect((await world.anna.patch(`/messages/${data.id}`, { data: null })).body.code).toBe("validation");
  const { items } = (await world.anna.get(`/conversations/${room}/messages`)).body;
  expect(items).toEqual([data, text]);
});

test("MSG-19 a deleted message is edited no more, by nobody", async ({ world }) => {
  const { id: room } = await world.boris.converse({});
  const { id } = await world.boris.say(room, "Было");
  const deleted = (await world.boris.delete(`/messages/${id}`)).body;
  for (const caller of [world.boris, world.privileged])
    expect((await caller.patch(`/messages/${id}`, { text: "Снова" })).body.code).toBe("conflict");
  expect((await world.boris.get(`/messages/${id}`)).body).toEqual(deleted);
});

test("MSG-19 who has left edits no more, not even own messages", async ({ world }) => {
  const { anna, boris } = world;
  const { id: room } = await anna.converse({ members: [boris.id] });
  const message = await boris.say(room, "Пока");
  await boris.delete(`/conversations/${room}/members/me`);
  expect((await boris.patch(`/messages/${message.id}`, { text: "Вернусь" })).body.code).toBe("not_found");
  expect((await boris.delete(`/messages/${message.id}`)).body.code).toBe("not_found");
  expect((await anna.get(`/messages/${message.id}`)).body).toEqual(message);
});
