import { expect } from "vitest";
import { ask } from "../../support/workers/ask.ts";
import { test } from "../../support/workers/world.ts";

test("MSG-9 MSG-19 MSG-20 frames post, edit and delete as requests do", async ({ world }) => {
  const { anna, boris } = world;
  const { id: room } = await anna.converse({ members: [boris.id] });
  const [line, listener] = [await anna.live(room), await boris.live(room)];
  const draft = { text: "Раз", data: [1], recipients: [boris.id], clientId: "1" };
  const posted = await ask(line, { type: "post", message: draft });
  expect(posted).toMatchObject({ type: "answer", message: { text: "Раз", data: [1], author: anna.id, n: 1 } });
  const edited = await ask(line, { type: "edit", id: posted.message.id, changes: { text: "Раз!" } });
  expect(edited.message).toEqual({ ...posted.message, text: "Раз!", edited: expect.any(String) });
  expect((await boris.get(`/messages/${posted.message.id}`)).body).toEqual(edited.message);
  const deleted = await ask(line, { type: "delete", id: posted.message.id });
  expect(deleted.message).toMatchObject({ text: "", deleted: expect.any(String) });
  for (const [type, { message }] of Object.entries({ message: posted, edited, deleted }))
    expect((await listener.event(type)).message).toEqual(message);
  // The answer is for the sender; the event, which the sender hears too, is for all.
  expect(listener.frames.map(({ type }) => type)).not.toContain("answer");
  expect(line.events).toEqual(listener.events);
});

test("MSG-9 the sender has the answer before anybody is told, and so goes on while the others still hear", async ({
  world,
}) => {
  const { anna } = world;
  const { id } = await anna.converse({});
  const line = await anna.live(id);
  await ask(line, { type: "post", message: { text: "Раз" } });
  await line.event("message");
  const types = line.frames.map(({ type }) => type);
  expect(types.indexOf("answer")).toBeLessThan(types.indexOf("events"));
});

test("MSG-9 a frame is about its own conversation", async ({ world }) => {
  const { anna } = world;
  const [here, there] = [await anna.converse({}), await anna.converse({})];
  const message = await anna.say(there.id, "Там");
  const line = await anna.live(here.id);
  for (const frame of [
    { type: "edit", id: message.id, changes: { text: "Здесь" } },
    { type: "delete", id: message.id },
    { type: "delete", id: `${here.id}.1` },
  ])
    expect((await ask(line, frame)).problem).toMatchObject({ code: "not_found" });
  expect((await anna.get(`/messages/${message.id}`)).body).toEqual(message);
  line.send({ type: "read", conversationId: here.id, m: 1 });
  expect((await line.next("problem")).problem.code).toBe("not_supported");
});

test("MSG-9 frames of one socket keep their order when one of them names people", async ({ world }) => {
  const { anna, boris } = world;
  const { id } = await anna.converse({ members: [boris.id] });
  const line = await anna.live(id);
  const listener = await boris.live(id);
  await listener.next("caughtUp");
  const texts = Array.from({ length: 12 }, (_, index) => String(index));
  for (const [index, text] of texts.entries()) {
    const recipients = index % 3 === 1 ? { recipients: [boris.id, boris.infoBaseUserId] } : {};
    line.send({ type: "post", request: text, message: { text, ...recipients } });
  }
  for (const text of texts) expect((await line.next("answer")).request).toBe(text);
  for (const text of texts) expect((await listener.event("message")).message.text).toBe(text);
});

test("MSG-9 a frame that fails does not stop those behind it", async ({ world }) => {
  const { anna } = world;
  const { id } = await anna.converse({});
  const line = await anna.live(id);
  line.send({ type: "post", request: "1", message: { text: "Кому?", recipients: ["0".repeat(26)] } });
  line.send({ type: "post", request: "2", message: { text: "Дальше" } });
  expect(await line.next("problem")).toMatchObject({ request: "1", problem: { code: "not_found" } });
  expect(await line.next("answer")).toMatchObject({ request: "2", message: { text: "Дальше", n: 1 } });
});

test("MSG-9 who wants bytes gets the frames for many as bytes of the same text", async ({ world }) => {
  const { anna, boris } = world;
  const { id } = await anna.converse({ members: [boris.id] });
  const [text, bytes] = [await boris.live(id, "?frames=text"), await boris.live(id, "?frames=bytes")];
  const kinds: string[] = [];
  bytes.socket.addEventListener("message", ({ data }) => {
    kinds.push(typeof data);
  });
  const message = await anna.say(id, "Жёлтый 😀");
  expect((await bytes.event("message")).message).toEqual(message);
  expect((await text.event("message")).message).toEqual(message);
  expect(kinds).toContain("object");
  expect(bytes.events).toEqual(text.events);
  await expect(boris.live(id, "?frames=blob")).rejects.toMatchObject({ code: "validation" });
});

test("MSG-9 an answer repeats the request's name, whatever it is made of", async ({ world }) => {
  const { id } = await world.anna.converse({});
  const line = await world.anna.live(id);
  for (const request of ['"', "\\", '"},{"type":"x', "😀", "ж"]) {
    line.send({ type: "post", request, message: { text: request } });
    expect(await line.next("answer")).toMatchObject({ request, message: { text: request } });
  }
});
