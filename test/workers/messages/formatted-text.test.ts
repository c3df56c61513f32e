import { expect } from "vitest";
import { ask } from "../../support/workers/ask.ts";
import { test } from "../../support/workers/world.ts";

const html = { text: "<p>Отгружено: <b>5</b></p><script>alert(1)</script>", textFormat: "text/html" };
const formatted = { text: "Отгружено: 5", runs: [{ text: "Отгружено: " }, { text: "5", bold: true }] };

test("MSG-2 formatted text is accepted from code: its own token, privileged mode and the scope code", async ({
  world,
}) => {
  const { boris, privileged } = world;
  const room = await boris.converse({});
  const path = `/conversations/${room.id}/messages`;
  const callers = [await world.as(boris.id), await world.again(boris, { scopes: ["code"] })];
  for (const caller of callers) expect((await caller.post(path, html)).body).toMatchObject(formatted);
  expect((await privileged.post(path, { ...html, author: boris.id })).body).toMatchObject(formatted);
});

test("MSG-2 formatted text is forbidden to every other user session, written or edited", async ({ world }) => {
  const administrator = await world.again(world.anna, { scopes: ["dataAdministration", "registerSystem"] });
  for (const caller of [world.boris, administrator]) {
    const room = await caller.converse({});
    const own = await caller.say(room.id, "Просто");
    const line = await caller.live(room.id);
    const answers = [
      (await caller.post(`/conversations/${room.id}/messages`, html)).body,
      (await caller.patch(`/messages/${own.id}`, html)).body,
      (await ask(line, { type: "post", message: html })).problem,
      (await ask(line, { type: "edit", id: own.id, changes: html })).problem,
    ];
    for (const answer of answers) expect(answer).toMatchObject({ code: "forbidden", field: "textFormat" });
    expect((await caller.get(`/conversations/${room.id}/messages`)).body.items).toEqual([own]);
  }
});

test("MSG-2 a text is plain unless it says otherwise, and stays as it is", async ({ world }) => {
  const code = await world.as(world.boris.id);
  const { id } = await code.converse({});
  for (const format of [{}, { textFormat: "text/plain" }]) {
    const message = await code.say(id, "<b>1 < 2</b> &amp;", format);
    expect(message.text).toBe("<b>1 < 2</b> &amp;");
    expect(message).not.toHaveProperty("runs");
  }
  for (const textFormat of ["text/markdown", "TEXT/HTML", "", null])
    expect((await code.post(`/conversations/${id}/messages`, { text: "a", textFormat })).body).toMatchObject({
      code: "validation",
      field: "textFormat",
    });
});

test("MSG-3 the plain text stands beside the runs wherever the message is read", async ({ world }) => {
  const { boris, vera } = world;
  const code = await world.as(boris.id);
  const room = await code.converse({ members: [vera.id] });
  const [line, inbox] = [await vera.live(room.id), await vera.inbox()];
  const message = await code.say(room.id, html.text, { textFormat: html.textFormat });
  expect(message).toMatchObject(formatted);
  expect(message).not.toHaveProperty("textFormat");
  expect((await line.event("message")).message).toEqual(message);
  expect((await vera.get(`/messages/${message.id}`)).body).toEqual(message);
  expect((await vera.get(`/conversations/${room.id}/messages`)).body.items).toEqual([message]);
  expect((await inbox.next("activity")).activity.messages[0].text).toBe(formatted.text);
  expect((await vera.get("/conversations")).body.items[0].lastMessage.text).toBe(formatted.text);
});

test("MSG-3 editing changes the runs, and plain text takes them away", async ({ world }) => {
  const code = await world.as(world.boris.id);
  const { id: room } = await code.converse({});
  const { id } = await code.say(room, "Просто");
  const changed = await code.patch(`/messages/${id}`, html);
  expect(changed.body).toMatchObject(formatted);
  const dataOnly = await code.patch(`/messages/${id}`, { data: 1 });
  expect(dataOnly.body).toMatchObject(formatted);
  const plain = await code.patch(`/messages/${id}`, { text: "Снова просто" });
  expect(plain.body.text).toBe("Снова просто");
  expect(plain.body).not.toHaveProperty("runs");
});

test("MSG-3 HTML of which no text is left is no message", async ({ world }) => {
  const code = await world.as(world.boris.id);
  const { id } = await code.converse({});
  for (const text of ["<b></b>", "<script>alert(1)</script>", "<img src=x>"])
    expect((await code.post(`/conversations/${id}/messages`, { text, textFormat: "text/html" })).body.code).toBe(
      "validation",
    );
  expect((await code.get(`/conversations/${id}/messages`)).body.items).toEqual([]);
});
