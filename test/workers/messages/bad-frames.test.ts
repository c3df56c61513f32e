import { expect } from "vitest";
import { limits } from "../../../src/protocol/limits.ts";
import { closeCodes } from "../../../src/protocol/wire.ts";
import { ask } from "../../support/workers/ask.ts";
import { test } from "../../support/workers/world.ts";

/** As many bad frames a socket may send. */
const allowed = 20;
const post = (more: object): string => JSON.stringify({ type: "post", request: "1", message: { text: "a" }, ...more });
const id = `${"0".repeat(26)}.1`;

/** What is no frame, the code of its problem, and the field at fault. */
const bad: Record<string, [frame: string, code?: string, field?: string]> = {
  "no JSON": ["{"],
  nothing: [""],
  "a word": ["hello"],
  null: ["null"],
  "a number": ["1"],
  "a list": ["[]"],
  "a list of frames": [`[${post({})}]`],
  "no type": ['{"request":"1"}', "validation", "type"],
  "an unknown type": [post({ type: "shout" }), "validation", "type"],
  "a type that is a list": [post({ type: ["post"] }), "validation", "type"],
  "an unknown field": [post({ surprise: 1 }), "validation", "surprise"],
  "an unknown field inside": [post({ message: { text: "a", surprise: 1 } }), "validation", "message.surprise"],
  "no request": ['{"type":"post","message":{"text":"a"}}', "validation", "request"],
  "an empty request": [post({ request: "" }), "validation", "request"],
  "a request that is a number": [post({ request: 1 }), "validation", "request"],
  "a long request": [post({ request: "r".repeat(limits.clientId + 1) }), "limit_exceeded", "request"],
  "no message": ['{"type":"post","request":"1"}', "validation", "message"],
  "a message that is text": [post({ message: "a" }), "validation", "message"],
  "an edit of nothing": ['{"type":"edit","request":"1","changes":{}}', "validation", "id"],
  "an id that is none": ['{"type":"delete","request":"1","id":"1"}', "validation", "id"],
  "a negative acknowledgement": ['{"type":"acknowledge","received":-1}', "validation", "received"],
  "half an acknowledgement": ['{"type":"acknowledge","received":0.5}', "validation", "received"],
  "too many characters": [post({ message: { text: "x".repeat(limits.clientFrame) } }), "limit_exceeded"],
  "too many bytes": [post({ message: { text: "ж".repeat(limits.clientFrame / 2) } }), "limit_exceeded"],
};

test("MSG-9 what is no frame is answered with a problem and does nothing", async ({ world }) => {
  const { anna } = world;
  const room = await anna.converse({});
  for (const [what, [frame, code = "validation", field]] of Object.entries(bad)) {
    const line = await anna.live(room.id);
    line.send(frame);
    const { problem } = await line.next("problem");
    expect(problem, what).toMatchObject({ code, ...(field && { field }) });
    const next = await ask(line, { type: "delete", id });
    expect(next.problem.code, what).toBe("not_found");
    line.close();
  }
  expect((await anna.get(`/conversations/${room.id}`)).body.n).toBe(0);
});

test("MSG-9 binary frames are refused", async ({ world }) => {
  const { id: room } = await world.anna.converse({});
  const line = await world.anna.live(room);
  line.socket.send(new TextEncoder().encode(post({})));
  expect((await line.next("problem")).problem.code).toBe("validation");
  expect((await world.anna.get(`/conversations/${room}`)).body.n).toBe(0);
});

test("MSG-9 a problem names the request, where a bad frame lets it be seen", async ({ world }) => {
  const { id: room } = await world.anna.converse({});
  const line = await world.anna.live(room);
  line.send(post({ request: "моё", surprise: 1 }));
  expect((await line.next("problem")).request).toBe("моё");
  line.send('{"type":"post","request":"моё"');
  expect((await line.next("problem")).request).toBe("моё");
  line.send("{");
  expect(await line.next("problem")).not.toHaveProperty("request");
});

test("MSG-9 a frame of exactly the limit is taken", async ({ world }) => {
  const { id: room } = await world.anna.converse({});
  const line = await world.anna.live(room);
  const frame = post({});
  line.send(frame + " ".repeat(limits.clientFrame - frame.length));
  expect((await line.next("answer")).message.text).toBe("a");
});

test("MSG-9 too many bad frames end the socket, and only that one", async ({ world }) => {
  const { anna } = world;
  const { id: room } = await anna.converse({});
  const [line, other] = [await anna.live(room), await anna.live(room)];
  for (let i = 0; i < allowed; i++) line.send("{");
  for (let i = 0; i < allowed; i++) await line.next("problem");
  expect((await ask(line, { type: "post", message: { text: "Ещё можно" } })).message.text).toBe("Ещё можно");
  line.send("{");
  expect(await line.end()).toMatchObject({ code: closeCodes.badFrames.code });
  expect(closeCodes.badFrames.resumable).toBe(false);
  expect((await ask(other, { type: "post", message: { text: "Я" } })).message.text).toBe("Я");
});

test("MSG-9 frames that are refused for what they want are not bad ones", async ({ world }) => {
  const { id: room } = await world.anna.converse({});
  const line = await world.anna.live(room);
  for (let i = 0; i <= allowed; i++)
    expect(
      (await ask(line, { type: "post", message: { text: "x".repeat(limits.messageText + 1) } })).problem.code,
    ).toBe("limit_exceeded");
  expect((await ask(line, { type: "post", message: { text: "Короче" } })).message.text).toBe("Короче");
});
