import { expect } from "vitest";
import { ask } from "../../support/workers/ask.ts";
import type { Caller, World } from "../../support/workers/world.ts";
import { test } from "../../support/workers/world.ts";

const half = "a\ud83d";
const publicKey = { kty: "OKP", crv: "Ed25519", x: "11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo" };
const uuid = "d0d00000-0000-4000-8000-00000000000d";

type Row = [method: "post" | "patch" | "put", path: string, body: object, fields: object[]];

/** Every route that takes strings: a body that is good, and each of its strings broken in turn. */
const routes = (message: string, user: string): Row[] => [
  [
    "post",
    "/conversations",
    { title: "Касса" },
    [{ title: half }, { key: half }, { conversationContext: `/${half}` }, { clientId: half }, { members: [half] }],
  ],
  [
    "patch",
    "/conversations/склад",
    { title: "Склад" },
    [{ title: half }, { key: half }, { conversationContext: half }],
  ],
  ["post", "/conversations/склад/members", { users: [user] }, [{ users: [half] }]],
  [
    "post",
    "/conversations/склад/messages",
    { text: "Привет", author: user },
    [
      { text: half },
      { textFormat: half },
      { clientId: half },
      { recipients: [half] },
      { author: half },
      { date: half },
      { data: half },
      { data: { [half]: 1 } },
      { data: [[half]] },
      { data: { $map: [[half, 1]] } },
      { data: { $string: { value: half, format: "text/csv" } } },
      { data: { $string: { value: "", format: `text/csv;${half}` } } },
    ],
  ],
  [
    "patch",
    `/messages/${message}`,
    { text: "Привет" },
    [{ text: half }, { data: half }, { recipients: [half] }, { author: half }, { date: half }, { textFormat: half }],
  ],
  ["put", "/conversations/склад/notification-representation", { representation: "Normal" }, [{ representation: half }]],
  ["post", "/context-revocations", { user }, [{ user: half }, { conversationContext: `/${half}` }]],
  [
    "put",
    "/application/context-access",
    { way: "claims" },
    [{ way: half }, { way: "callback", url: `https://a.b/${half}` }],
  ],
  ["post", "/application/keys", { publicKey }, [{ publicKey: { ...publicKey, x: half } }]],
  [
    "post",
    "/users",
    { infoBaseUserId: uuid, name: "Дина" },
    [
      { infoBaseUserId: half },
      { name: half },
      { fullName: half },
      { matchingKey: half },
      { phoneNumber: half },
      { email: `${half}@b.example` },
      { picture: half },
      { external: true, emailForAuthentication: `${half}@b.example` },
    ],
  ],
  ["patch", `/users/${user}`, { name: "Боря" }, [{ name: half }, { fullName: half }, { phoneNumber: half }]],
  ["post", "/user-batches", {}, [{ users: [{ infoBaseUserId: uuid, name: half }] }]],
  [
    "post",
    "/registrations",
    { infoBaseName: "Василёк", email: "zoya@vasilek.example", publicKey },
    [{ infoBaseName: half }, { email: `${half}@b.example` }, { publicKey: { ...publicKey, x: half } }],
  ],
];

/** A group of Анна and Борис with a message, and everything that may be sent about it. */
async function prepared(world: World) {
  await world.anna.converse({ key: "склад", title: "Склад", members: [world.boris.id] });
  const message = await world.boris.say("склад", "Привет");
  return { message, rows: routes(message.id, world.boris.id) };
}

const send = (caller: Caller, method: Row[0], path: string, body: object) => caller[method](path, body);

test("S21 a lone surrogate is refused in every string of every route", async ({ world }) => {
  const { message, rows } = await prepared(world);
  for (const [method, path, good, fields] of rows)
    for (const field of fields) {
      const answer = await send(world.privileged, method, path, { ...good, ...field });
      expect(answer.body.code, `${method} ${path} ${JSON.stringify(field)}`).toBe("validation");
    }
  expect((await world.anna.get("/conversations")).body.items).toHaveLength(1);
  expect((await world.anna.get("/conversations/склад/messages")).body.items).toEqual([message]);
});

test("S21 a lone surrogate is refused in every string of a frame", async ({ world }) => {
  const { message } = await prepared(world);
  const line = await world.boris.live("склад");
  const frames = [
    { type: "post", message: { text: half } },
    { type: "post", message: { text: "a", clientId: half } },
    { type: "post", message: { data: { a: half } } },
    { type: "edit", id: message.id, changes: { text: half } },
    { type: "edit", id: half, changes: { text: "a" } },
    { type: half },
  ];
  for (const frame of frames) expect((await ask(line, frame)).problem.code, JSON.stringify(frame)).toBe("validation");
  line.send({ type: "delete", request: half, id: message.id });
  expect((await line.next("problem")).problem).toMatchObject({ code: "validation", field: "request" });
  expect(line.events).toEqual([]);
});

test("S21 a field that nobody knows is refused on every route", async ({ world }) => {
  const { message, rows } = await prepared(world);
  for (const [method, path, good] of rows) {
    const answer = await send(world.privileged, method, path, { ...good, surprise: 1 });
    expect(answer.body.code, `${method} ${path}`).toBe("validation");
  }
  const lists = ["/conversations", "/conversations/склад/messages", "/conversations/склад/members", "/notifications"];
  for (const path of lists)
    expect((await world.boris.get(`${path}?surprise=1`)).body).toMatchObject({ code: "validation", field: "surprise" });
  expect((await world.anna.get("/conversations/склад/messages")).body.items).toEqual([message]);
});

test("S21 a body that is no JSON, or does not say that it is, changes nothing", async ({ world }) => {
  const { anna } = world;
  for (const body of ["{", "", "[", '{"title":"a"}}']) {
    const answer = await anna.post("/conversations", body);
    expect(answer.body.code, body).toBe("validation");
  }
  for (const body of ["[]", "null", '"a"', "1"])
    expect((await anna.post("/conversations", body)).body.code, body).toBe("validation");
  expect((await anna.post("/conversations")).body.code).toBe("validation");
  expect((await anna.get("/conversations")).body.items).toEqual([]);
});

/** Text that something on the way might change. */
const delicate = [
  "😀 𝄞 \u{10ffff}",
  "👨‍👩‍👧‍👦 🏳️‍🌈 🇷🇺",
  "e\u0301 \u00e9 \u1e9b\u0323",
  "שלום \u202eעולם\u202c \u2066abc\u2069",
  "a\u200bb\ufeffc\u00add",
  "\u0000\u0001\u001f\u007f\u0085",
  "a\r\nb\rc\u2028d\u2029e",
  " \t края \n",
  "\ufffd\ufffe\uffff\ufdd0",
  "ﷺ ﬁ Ⅷ ①",
  "\\u0041 \\n \"'&<>",
];

test("S21 text arrives unit for unit, whichever way it goes", async ({ world }) => {
  const { anna, boris } = world;
  const { id } = await anna.converse({ members: [boris.id] });
  const lines = [await boris.live(id), await boris.live(id, "?frames=bytes")];
  const sender = await anna.live(id);
  for (const text of delicate) {
    const data = { [text]: [text] };
    const posted = await anna.say(id, text, { data });
    const framed = (await ask(sender, { type: "post", message: { text, data } })).message;
    const edited = (await anna.patch(`/messages/${posted.id}`, { text, data })).body;
    for (const message of [posted, framed, edited]) expect(message).toMatchObject({ text, data });
    expect((await boris.get(`/messages/${framed.id}`)).body).toMatchObject({ text, data });
    for (const line of lines)
      for (const type of ["message", "message", "edited"])
        expect((await line.event(type)).message).toMatchObject({ text, data });
  }
  const { items } = (await boris.get(`/conversations/${id}/messages?sortDirection=Asc`)).body;
  expect(items.map(({ text }: { text: string }) => text)).toEqual(delicate.flatMap((text) => [text, text]));
});

test("S21 titles and keys arrive unit for unit", async ({ world }) => {
  const names = ["😀 𝄞", "👨‍👩‍👧‍👦", "e\u0301", "\u00e9", "שלום \u202eab", "a\u200db"];
  for (const name of names) {
    const { id } = await world.anna.converse({ title: name, key: name });
    expect((await world.anna.get(`/conversations/${encodeURIComponent(name)}`)).body).toMatchObject({
      id,
      title: name,
      key: name,
    });
  }
});
