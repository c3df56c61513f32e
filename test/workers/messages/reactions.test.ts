import { expect } from "vitest";
import { limits } from "../../../src/protocol/limits.ts";
import { Collaboration } from "../../../src/sdk/client/collaboration.ts";
import { door } from "../../support/workers/door.ts";
import { type Caller, type Person, test } from "../../support/workers/world.ts";

const pathTo = (message: { id: string }, emoji = ""): string =>
  `/messages/${message.id}/reactions${emoji && `/${encodeURIComponent(emoji)}`}`;
const add = (caller: Caller, message: { id: string }, emoji = "👍") => caller.put(pathTo(message, emoji));
const take = (caller: Caller, message: { id: string }, emoji = "👍") => caller.delete(pathTo(message, emoji));

async function said(author: Person, others: Person[], draft: object = {}) {
  const { id } = await author.converse({ title: "Склад", members: others.map((person) => person.id), ...draft });
  return { id, message: await author.say(id, "Отгрузили") };
}

test("a reaction shows at the message for everybody, live and in lists, and is taken away again", async ({ world }) => {
  const { anna, boris, vera } = world;
  const { id, message } = await said(anna, [boris, vera]);
  const listener = await vera.live(id);
  const first = await add(boris, message);
  expect([first.status, first.body.reactions]).toEqual([200, [{ emoji: "👍", count: 1, users: [boris.id] }]]);
  await add(anna, message);
  await add(boris, message, "❤️");
  await take(boris, message);
  const reactions = [
    { emoji: "👍", count: 1, users: [anna.id] },
    { emoji: "❤️", count: 1, users: [boris.id] },
  ];
  for (let n = 2; n < 5; n++) expect(await listener.event()).toMatchObject({ type: "reacted", n, id: message.id });
  expect(await listener.event()).toEqual({ type: "reacted", n: 5, id: message.id, reactions });
  const now = { ...message, reactions, reacted: 5 };
  expect((await vera.get(`/messages/${message.id}`)).body).toEqual(now);
  expect((await vera.get(`/conversations/${id}/messages`)).body.items).toEqual([now]);
  await take(anna, message);
  expect((await take(boris, message, "❤️")).body).toEqual({ ...message, reacted: 7 });
});

test("R3 reacting twice and taking away twice change nothing and are told to nobody", async ({ world }) => {
  const { anna, boris } = world;
  const { id, message } = await said(anna, [boris]);
  const copies = await Promise.all(Array.from({ length: 10 }, () => add(boris, message)));
  expect(new Set(copies.map(({ status }) => status))).toEqual(new Set([200]));
  expect((await add(boris, message)).body.reactions).toEqual([{ emoji: "👍", count: 1, users: [boris.id] }]);
  for (let i = 0; i < 3; i++) expect((await take(boris, message)).body.reactions).toBeUndefined();
  expect((await take(boris, message, "🙏")).status).toBe(200);
  expect((await anna.get(`/conversations/${id}`)).body.n).toBe(3);
});

test("a reaction is one emoji in its full form and nothing else", async ({ world }) => {
  const { anna } = world;
  const { message } = await said(anna, []);
  for (const emoji of ["👍🏽", "🏳️‍🌈", "👩🏻‍❤️‍💋‍👩🏿", "🇷🇺", "1️⃣", "🏴󠁧󠁢󠁥󠁮󠁧󠁿"])
    expect((await add(anna, message, emoji)).status, emoji).toBe(200);
  const none = [
    "a",
    "1",
    "👍👍",
    "👍 ",
    "❤",
    "😀\u200d",
    "\u200d",
    "🏽👍",
    "<b>",
    "../x",
    "%",
    "\u0000",
    "🇷",
    "👍\ufe0f\ufe0f",
  ];
  for (const text of none) expect((await add(anna, message, text)).body.code, text).toBe("validation");
  expect((await add(anna, message, "👍".repeat(1_000))).body.code).toBe("limit_exceeded");
  for (const path of ["%F0%9F", "%ED%A0%80"])
    expect((await anna.put(`${pathTo(message)}/${path}`)).status, path).toBe(400);
  expect((await anna.get(`/messages/${message.id}`)).body.reactions).toHaveLength(6);
});

test("a message takes twenty kinds of reactions, each of which others may still join", async ({ world }) => {
  const { anna, boris } = world;
  const { message } = await said(anna, [boris]);
  const kinds = Array.from({ length: limits.messageReactions }, (_, i) => String.fromCodePoint(0x1f400 + i));
  for (const emoji of kinds) expect((await add(anna, message, emoji)).status).toBe(200);
  expect((await add(boris, message)).body).toMatchObject({ code: "limit_exceeded", field: "emoji" });
  const joined = await add(boris, message, kinds[7]);
  expect(joined.body.reactions[7]).toEqual({ emoji: kinds[7], count: 2, users: [anna.id, boris.id] });
  await take(anna, message, kinds[0]);
  expect((await add(boris, message)).status).toBe(200);
});

test("in a large room a message shows counts and the first ten, the list has everybody, page by page", async ({
  world,
}) => {
  const { anna } = world;
  const crowd = await world.crowd(limits.reactionUsersShown + 4);
  const { message } = await said(anna, crowd);
  for (const person of crowd) await add(person, message);
  const shown = crowd.slice(0, limits.reactionUsersShown).map(({ id }) => id);
  const [first, last] = [crowd[0] as Person, crowd.at(-1) as Person];
  const { body } = await anna.get(`/messages/${message.id}`);
  expect(body.reactions).toEqual([{ emoji: "👍", count: crowd.length, users: shown }]);
  // Who left makes room for one of those not shown; who was not shown leaves no trace.
  const [kind] = (await take(first, message)).body.reactions;
  expect([kind.count, kind.users.length, new Set(kind.users).size]).toEqual([13, 10, 10]);
  expect(kind.users.slice(0, 9)).toEqual(shown.slice(1));
  await take(last, message);
  await add(first, message, "❤️");
  const beseda = new Collaboration(() => Promise.resolve(anna.token), { fetch: door });
  const found: string[] = [];
  for (let cursor: string | undefined, pages = 0; pages < 9; pages++) {
    const page = await beseda.getReactions(message.id, { count: 5, cursor });
    found.push(...page.items.map(({ emoji, user }) => emoji + user));
    cursor = page.cursor;
    if (cursor === undefined) break;
  }
  const wanted = [`❤️${first.id}`, ...crowd.slice(1, -1).map(({ id }) => `👍${id}`)];
  expect(found.sort()).toEqual(wanted.sort());
  const own = await beseda.getReactions(message.id, { user: first.id });
  expect(own.items).toEqual([{ emoji: "❤️", user: first.id }]);
  expect((await beseda.getReactions(message.id, { emoji: "❤️" })).items).toEqual(own.items);
  expect((await anna.get(`${pathTo(message)}?emoji=x`)).body.code).toBe("validation");
  expect((await anna.get(`${pathTo(message)}?cursor=x`)).body.code).toBe("validation");
});

test("MSG-20 a deleted message keeps no reaction and takes none; an edited one keeps them", async ({ world }) => {
  const { anna, boris } = world;
  const { id, message } = await said(anna, [boris]);
  await add(boris, message);
  const edited = await anna.patch(`/messages/${message.id}`, { text: "Отгружено" });
  expect(edited.body.reactions).toEqual([{ emoji: "👍", count: 1, users: [boris.id] }]);
  const { body } = await anna.delete(`/messages/${message.id}`);
  expect([body.reactions, body.reacted]).toEqual([undefined, undefined]);
  expect((await add(boris, message)).body.code).toBe("conflict");
  expect((await take(boris, message)).body).toEqual(body);
  expect((await anna.get(pathTo(message))).body.items).toEqual([]);
  // What is told again does not tell who reacted to it.
  const { epoch } = (await boris.get(`/conversations/${id}`)).body;
  const line = await boris.live(id, `?epoch=${epoch}&n=1`);
  expect(await line.event("reacted")).toEqual({ type: "reacted", n: 2, id: message.id, reactions: [] });
});

test("CNV-19 USR-26 USR-42 whoever may not post does not react either, and reactions are of people", async ({
  world,
}) => {
  const { anna, boris, vera, privileged, plain } = world;
  const { id, message } = await said(anna, [boris]);
  const event = (await anna.patch(`/conversations/${id}`, { title: "Новое" })).body.n;
  for (const about of [message, { id: `${id}.${event}` }, { id: `${id}.99` }])
    expect((await add(vera, about)).body.code).toBe("not_found");
  expect((await add(boris, { id: `${id}.${event}` })).body.code).toBe("not_found");
  for (const nobody of [privileged, plain]) expect((await add(nobody, message)).body.code).toBe("unauthenticated");
  const news = await privileged.converse({ title: "Новости", members: [anna.id], viewOnly: true });
  const item = await privileged.say(news.id, "Новость", { author: anna.id });
  expect([(await add(anna, item)).body.code, (await take(anna, item)).body.code]).toEqual(["forbidden", "forbidden"]);
  expect((await add(await world.again(anna, { scopes: ["code"] }), item)).status).toBe(200);
  const pair = await said(anna, [boris], { group: false, title: undefined });
  await privileged.patch(`/users/${boris.id}`, { isLocked: true });
  expect((await add(anna, pair.message)).body.code).toBe("user_blocked");
});

test("NTF-2 a reaction disturbs nobody: no counter, no entry, no new last message", async ({ world }) => {
  const { anna, boris } = world;
  const { id, message } = await said(anna, [boris]);
  await anna.put(`/conversations/${id}/read-marker`, { m: 1 });
  const inbox = await anna.inbox();
  await inbox.next("welcome");
  await add(boris, message);
  await anna.put("/do-not-disturb", { doNotDisturb: true });
  await inbox.next("doNotDisturb");
  expect(inbox.frames.map(({ type }) => type)).not.toContain("activity");
  expect(await anna.notified()).toEqual({});
  expect((await anna.get("/conversations")).body.items[0]).toMatchObject({
    unread: 0,
    m: 1,
    lastMessage: { text: "Отгрузили" },
  });
});
