import { expect } from "vitest";
import { messageId } from "../../../src/protocol/ids.ts";
import { Collaboration } from "../../../src/sdk/client/collaboration.ts";
import { door } from "../../support/workers/door.ts";
import { DoorSocket } from "../../support/workers/door-socket.ts";
import { openStrangers, test } from "../../support/workers/world.ts";

test("MSG-8 a created message is for one conversation and stored by write", async ({ world }) => {
  const requests: string[] = [];
  const fetch: typeof globalThis.fetch = (input, init) => {
    requests.push(`${init?.method} ${decodeURI(new URL(String(input)).pathname)}`);
    return door(input, init);
  };
  const beseda = new Collaboration(() => Promise.resolve(world.anna.token), { fetch });
  const { id } = await world.anna.converse({ key: "склад" });
  const message = beseda.createMessage("склад");
  message.text = "Привет";
  expect([message.id, requests]).toEqual([undefined, []]);
  await message.write();
  expect(requests).toEqual(["POST /api/v1/conversations/склад/messages"]);
  expect((await world.anna.get(`/conversations/${id}/messages`)).body.items).toMatchObject([
    { id: message.id, text: "Привет", conversationId: id },
  ]);
});

test("MSG-8 a message that names no conversation is validation", async ({ world }) => {
  const requests: unknown[] = [];
  const beseda = new Collaboration(() => Promise.resolve(world.anna.token), {
    fetch: (input) => {
      requests.push(input);
      return door(input);
    },
  });
  for (const none of ["", undefined as unknown as string])
    await expect(beseda.createMessage(none, { text: "Кому?" }).write()).rejects.toMatchObject({
      code: "validation",
      field: "conversation",
    });
  expect(requests).toEqual([]);
});

test("MSG-8 a message says something: text or data", async ({ world }) => {
  const { id } = await world.anna.converse({});
  const path = `/conversations/${id}/messages`;
  for (const nothing of [{}, { text: "" }, { data: null }, { text: "", data: null }, { recipients: [world.boris.id] }])
    expect((await world.anna.post(path, nothing)).body.code).toBe("validation");
  for (const something of [{ text: " " }, { data: 0 }, { data: false }, { data: "" }, { data: [] }])
    expect((await world.anna.post(path, something)).status).toBe(201);
});

test("MSG-9 a new message reaches everybody who has the conversation open, and programs", async ({ world }) => {
  const { anna, boris, vera } = world;
  const room = await anna.converse({ title: "Склад", members: [boris.id, vera.id] });
  const line = await boris.live(room.id);
  expect((await line.next("hello")).conversation.title).toBe("Склад");
  const program = new Collaboration(() => Promise.resolve(vera.token), {
    fetch: door,
    WebSocket: DoorSocket as unknown as typeof WebSocket,
  });
  const heard = new Promise((resolve) => {
    void program.beginAttachNewMessagesHandler(
      () => void vera.say(room.id, "Привет"),
      room.id,
      ({ text }) => resolve(text),
    );
  });
  expect(await heard).toBe("Привет");
  expect(await line.event("message")).toMatchObject({ n: 1, message: { text: "Привет", author: vera.id } });
  program.close();
});

test("MSG-9 who has no access hears nothing", async ({ world }) => {
  const { anna, boris, vera } = world;
  const room = await anna.converse({ members: [boris.id] });
  const other = await vera.converse({ members: [boris.id] });
  const line = await vera.live(other.id);
  await anna.say(room.id, "Не для Веры");
  await boris.say(other.id, "Для Веры");
  expect((await line.event("message")).message.text).toBe("Для Веры");
  expect(line.events).toHaveLength(1);
});

test("MSG-9 messages and changes share one sequence without gaps", async ({ world }) => {
  const { anna, boris, vera } = world;
  const { id } = await anna.converse({ members: [boris.id] });
  const line = await boris.live(id);
  const first = await anna.say(id, "Раз");
  await anna.patch(`/messages/${first.id}`, { text: "Раз!" });
  await anna.patch(`/conversations/${id}`, { title: "Счёт" });
  const second = await anna.say(id, "Два");
  await anna.delete(`/messages/${first.id}`);
  await anna.post(`/conversations/${id}/members`, { users: [vera.id] });
  const third = await anna.say(id, "Три");
  while (line.events.length < 7) await line.next();
  expect(line.events.map(({ n, type }) => [n, type])).toEqual([
    [1, "message"],
    [2, "edited"],
    [3, "title"],
    [4, "message"],
    [5, "deleted"],
    [6, "members"],
    [7, "message"],
  ]);
  expect([first, second, third].map(({ m }) => m)).toEqual([1, 2, 3]);
});

test("MSG-10 an id is unique in the whole system", async ({ world }) => {
  const strangers = await openStrangers();
  const rooms = [await world.anna.converse({}), await world.anna.converse({}), await strangers.anna.converse({})];
  const callers = [world.anna, world.anna, strangers.anna];
  const ids: string[] = [];
  for (const [index, room] of rooms.entries())
    for (const text of ["Раз", "Два"]) {
      const message = await callers[index]?.say(room.id, text);
      expect(message.id).toBe(messageId(room.id, message.n));
      ids.push(message.id);
    }
  expect(new Set(ids).size).toBe(6);
});

test("MSG-15 recipients are accepted everywhere and change nothing about who may read", async ({ world }) => {
  const { anna, boris, vera } = world;
  const drafts = [
    { members: [boris.id] },
    { group: false, members: [boris.id] },
    { displayed: false, members: [boris.id] },
  ];
  for (const draft of drafts) {
    const room = await anna.converse(draft);
    const line = await boris.live(room.id);
    const recipients = [vera.infoBaseUserId, boris.id, vera.id];
    const message = await anna.say(room.id, "Вера, посмотри", { recipients });
    expect(message.recipients).toEqual([vera.id, boris.id]);
    expect((await line.event("message")).message.recipients).toEqual([vera.id, boris.id]);
    expect((await vera.get(`/messages/${message.id}`)).body.code).toBe("not_found");
    expect((await boris.get(`/messages/${message.id}`)).status).toBe(200);
  }
  expect(await vera.notified()).toEqual({});
});

test("MSG-15 a recipient is a user that exists here", async ({ world }) => {
  const strangers = await openStrangers();
  const { id } = await world.anna.converse({});
  for (const stranger of [strangers.anna.id, strangers.anna.infoBaseUserId.replace("1", "2")]) {
    const answer = await world.anna.post(`/conversations/${id}/messages`, {
      text: "Кому?",
      recipients: [world.boris.id, stranger],
    });
    expect(answer.body).toMatchObject({ code: "not_found", field: "recipients.1" });
  }
  expect((await world.anna.get(`/conversations/${id}/messages`)).body.items).toEqual([]);
});

test("MSG-16 the obsolete list of actions is refused, and not lost without a word", async ({ world }) => {
  const { id } = await world.anna.converse({});
  const code = await world.as(world.anna.id);
  const answer = await code.post(`/conversations/${id}/messages`, {
    text: "Открыть?",
    actions: [{ link: "/orders/1" }],
  });
  expect(answer.body).toMatchObject({ code: "validation", field: "actions" });
  expect((await code.get(`/conversations/${id}/messages`)).body.items).toEqual([]);
});
