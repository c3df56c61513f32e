import { runInDurableObject } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { expect } from "vitest";
import { test } from "../../support/workers/world.ts";

/** Every row of a conversation's log, as text. */
const logOf = (id: string): Promise<string> =>
  runInDurableObject(env.CONVERSATIONS.get(env.CONVERSATIONS.idFromName(id)), (_, { storage }) =>
    JSON.stringify(["messages", "changes"].map((table) => storage.sql.exec(`SELECT * FROM ${table}`).toArray())),
  );

test("MSG-20 deleting takes the content away for good and leaves a mark", async ({ world }) => {
  const { anna, boris } = world;
  const { id: room } = await anna.converse({ members: [boris.id] });
  const code = await world.as(anna.id);
  const [line, inbox] = [await boris.live(room), await boris.inbox()];
  const message = await code.say(room, "<b>Тайна</b>", {
    textFormat: "text/html",
    data: { тайна: 1 },
    recipients: [boris.id],
  });
  await anna.patch(`/messages/${message.id}`, { text: "Тайна 2" });
  const { id, n, m, conversationId, author, date } = message;
  const deleted = await anna.delete(`/messages/${id}`);
  const left = { id, n, m, conversationId, author, date, text: "", deleted: expect.any(String) };
  expect(deleted.body).toEqual(left);
  expect(await line.event("deleted")).toEqual({ type: "deleted", n: 3, message: deleted.body });
  expect((await boris.get(`/messages/${id}`)).body).toEqual(left);
  expect((await boris.get(`/conversations/${room}/messages`)).body.items).toEqual([left]);
  while (!(await inbox.next("activity")).activity.messages[0].deleted);
  expect((await boris.get("/conversations")).body.items[0].lastMessage.text).toBe("");
  expect((await logOf(room)).toLowerCase()).not.toContain("тайна");
});

test("MSG-20 deleting twice is one deletion", async ({ world }) => {
  const { id: room } = await world.anna.converse({});
  const { id } = await world.anna.say(room, "Лишнее");
  const first = await world.anna.delete(`/messages/${id}`);
  const second = await world.anna.delete(`/messages/${id}`);
  expect([second.status, second.body]).toEqual([200, first.body]);
  expect((await world.anna.get(`/conversations/${room}`)).body.n).toBe(2);
});

test("MSG-20 authors delete their own; any other deletion takes privileged mode", async ({ world }) => {
  const { anna, boris, vera } = world;
  const { id: room } = await anna.converse({ members: [boris.id, vera.id] });
  const message = await boris.say(room, "Слово Бориса");
  const others = [
    anna,
    vera,
    await world.again(vera, { scopes: ["code", "dataAdministration", "registerSystem"] }),
    await world.as(anna.id),
  ];
  for (const other of others) expect((await other.delete(`/messages/${message.id}`)).body.code).toBe("forbidden");
  expect((await boris.get(`/messages/${message.id}`)).body).toEqual(message);
  expect((await world.privileged.delete(`/messages/${message.id}`)).body).toMatchObject({
    deleted: expect.any(String),
  });
  const own = await boris.say(room, "Ещё");
  expect((await (await world.as(boris.id)).delete(`/messages/${own.id}`)).status).toBe(200);
});

test("MSG-20 what is deleted keeps its place, and what comes after it keeps its number", async ({ world }) => {
  const { id: room } = await world.anna.converse({});
  const [first, second] = [await world.anna.say(room, "Раз"), await world.anna.say(room, "Два")];
  await world.anna.delete(`/messages/${first.id}`);
  const third = await world.anna.say(room, "Три");
  expect([first, second, third].map(({ n, m }) => [n, m])).toEqual([
    [1, 1],
    [2, 2],
    [4, 3],
  ]);
  const { items } = (await world.anna.get(`/conversations/${room}/messages`)).body;
  expect(items.map(({ id }: { id: string }) => id)).toEqual([third.id, second.id, first.id]);
});

test("MSG-20 only what is there can be deleted", async ({ world }) => {
  const { id: room } = await world.anna.converse({});
  await world.anna.patch(`/conversations/${room}`, { title: "Событие 1" });
  for (const id of [`${room}.1`, `${room}.2`, `${"0".repeat(26)}.1`, room, "1"])
    expect((await world.anna.delete(`/messages/${id}`)).body.code).toBe("not_found");
});
