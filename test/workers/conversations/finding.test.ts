import { expect } from "vitest";
import { newId } from "../../../src/protocol/ids.ts";
import { Collaboration } from "../../../src/sdk/client/collaboration.ts";
import { door } from "../../support/workers/door.ts";
import { DoorSocket } from "../../support/workers/door-socket.ts";
import { type Caller, openStrangers, type Person, test } from "../../support/workers/world.ts";

const sdkOf = ({ token }: Person): Collaboration =>
  new Collaboration(() => Promise.resolve(token), {
    fetch: door,
    WebSocket: DoorSocket as unknown as typeof WebSocket,
    onError: () => undefined,
  });

const idsIn = ({ body }: { body: { items: { id: string }[] } }): string[] => body.items.map(({ id }) => id);

test("CNV-28 a conversation is found by id and by key, an unknown one is not_found", async ({ world }) => {
  const beseda = sdkOf(world.anna);
  const { id } = await world.anna.converse({ key: "склад", title: "Склад" });
  for (const name of [id, "склад"]) expect(await beseda.getConversation(name)).toMatchObject({ id, key: "склад" });
  for (const name of [newId(), "Склад", "скла", "склад ", "", "нет"])
    await expect(beseda.getConversation(name), name).rejects.toMatchObject({ code: "not_found" });
});

test("CNV-28 keys of every spelling find their conversation", async ({ world }) => {
  const beseda = sdkOf(world.anna);
  const keys = ["a/b", "a%2Fb", "100%", "a b", "a?b=c#d", "КомандныйКанал", "😀", "a+b", "...", "me", "é", "e\u0301"];
  for (const key of keys) {
    const { id } = await beseda.createConversation({ key }).write();
    expect(await beseda.getConversation(key), key).toMatchObject({ id, key });
    expect((await beseda.createMessage(key, { text: key }).write()).conversationId).toBe(id);
  }
});

test("CNV-28 another application's conversation is not found, by id or by key", async ({ world }) => {
  const strangers = await openStrangers();
  const { id } = await strangers.anna.converse({ key: "склад" });
  for (const caller of [world.anna, world.privileged])
    for (const name of [id, "склад"]) expect((await caller.get(`/conversations/${name}`)).body.code).toBe("not_found");
  expect((await world.anna.post("/conversations", { key: "склад" })).status).toBe(201);
});

test("CNV-28 key and id are the same in every path", async ({ world }) => {
  const { anna, boris, vera } = world;
  const { id } = await anna.converse({ key: "склад", members: [boris.id] });
  for (const name of [id, "склад"]) {
    const path = `/conversations/${name}`;
    const answers = [
      await anna.get(path),
      await anna.patch(path, { title: name }),
      await anna.post(`${path}/messages`, { text: name }),
      await anna.get(`${path}/messages`),
      await anna.get(`${path}/members`),
      await anna.post(`${path}/members`, { users: [vera.id] }),
      await anna.delete(`${path}/members/${vera.id}`),
      await boris.put(`${path}/read-marker`, { m: 1 }),
      await boris.put(`${path}/watch-mode`, { watch: true }),
      await boris.get(`${path}/watch-mode`),
      await boris.put(`${path}/notification-representation`, { representation: "Normal" }),
      await boris.get(`${path}/notification-representation`),
    ];
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 201, 200, 200, 204, 204, 200, 200, 200, 200, 200]);
    expect((await (await anna.live(name)).next("hello")).conversation.id).toBe(id);
  }
  expect((await anna.get(`/conversations/${id}`)).body.title).toBe("склад");
});

test("CNV-27 whatever refers to a conversation needs it to exist", async ({ world }) => {
  const beseda = sdkOf(world.anna);
  const unwritten = beseda.createConversation({ key: "будет" });
  for (const name of ["будет", newId()]) {
    await expect(beseda.createMessage(name, { text: "Рано" }).write()).rejects.toMatchObject({ code: "not_found" });
    await expect(beseda.beginAttachNewMessagesHandler(undefined, name, () => undefined)).rejects.toMatchObject({
      code: "not_found",
    });
    await expect(beseda.setWatchMode(name, true)).rejects.toMatchObject({ code: "not_found" });
    await expect(beseda.getMessages({ conversation: name })).rejects.toMatchObject({ code: "not_found" });
  }
  await unwritten.write();
  await beseda.createMessage("будет", { text: "Пора" }).write();
  const subscription = await beseda.beginAttachNewMessagesHandler(undefined, "будет", () => undefined);
  subscription.detach();
  beseda.close();
});

test("CNV-29 a search returns all that match: none, one or many", async ({ world }) => {
  const { anna, boris } = world;
  expect(idsIn(await anna.get("/conversations"))).toEqual([]);
  const pair = await anna.converse({ group: false, members: [boris.id] });
  expect(idsIn(await anna.get("/conversations"))).toEqual([pair.id]);
  const groups = [await anna.converse({ title: "Склад" }), await anna.converse({ title: "Касса" })];
  const found = idsIn(await anna.get("/conversations"));
  expect(new Set(found)).toEqual(new Set([pair.id, ...groups.map(({ id }) => id)]));
  expect(idsIn(await boris.get("/conversations"))).toEqual([pair.id]);
});

test("CNV-30 the filter knows kind, object, membership, group, displayed and key", async ({ world }) => {
  const { anna, boris, privileged } = world;
  const own = await world.again(anna, { contexts: ["*"] });
  const group = await anna.converse({ title: "Склад", key: "склад" });
  const pair = await anna.converse({ group: false, members: [boris.id] });
  const hidden = await anna.converse({ displayed: false });
  const order = await own.converse({ conversationContext: "/orders/42" });
  const foreign = await boris.converse({ title: "Без Анны" });
  const rows: [Caller, string, { id: string }[]][] = [
    [privileged, "", [group, pair, hidden, order, foreign]],
    [privileged, "contextConversation=true", [order]],
    [privileged, "contextConversation=false", [group, pair, hidden, foreign]],
    [own, "conversationContext=/orders/42", [order]],
    [own, "conversationContext=/orders/43", []],
    [own, "conversationContext=/orders/42&contextConversation=false", []],
    [anna, "currentUserIsMember=true", [group, pair, hidden]],
    [anna, "group=true", [group, hidden]],
    [anna, "group=false", [pair]],
    [anna, "displayed=false", [hidden]],
    [anna, "group=true&displayed=true", [group]],
    [anna, "key=склад", [group]],
    [anna, "key=склад&displayed=false", []],
    [boris, "key=склад", []],
  ];
  for (const [caller, query, expected] of rows)
    expect(new Set(idsIn(await caller.get(`/conversations?${query}`))), query).toEqual(
      new Set(expected.map(({ id }) => id)),
    );
  for (const query of ["group=yes", "text=Склад", "count=0", "conversationContext=orders"])
    expect((await anna.get(`/conversations?${query}`)).body.code, query).toBe("validation");
});

test("CNV-31 listing without membership takes a right, listing contexts privileged mode", async ({ world }) => {
  const administrator = await world.again(world.vera, { scopes: ["dataAdministration"] });
  const code = await world.again(world.boris, { scopes: ["code"], contexts: ["*"] });
  const { id } = await world.anna.converse({ title: "Склад" });
  const others = "/conversations?currentUserIsMember=false&contextConversation=false";
  const contexts = ["/conversations?contextConversation=true", "/conversations?currentUserIsMember=false"];
  for (const caller of [world.boris, code, world.plain])
    for (const path of [others, ...contexts]) expect((await caller.get(path)).body.code).toBe("forbidden");
  for (const path of contexts) expect((await administrator.get(path)).body.code).toBe("forbidden");
  expect(idsIn(await administrator.get(others))).toEqual([id]);
  for (const path of [others, ...contexts]) expect((await world.privileged.get(path)).status).toBe(200);
});

test("CNV-31 CNV-32 the conversation of an object is there for who may read it, and for privileged mode", async ({
  world,
}) => {
  const reader = await world.again(world.boris, { contexts: ["/orders/*"] });
  const administrator = await world.again(world.vera, { scopes: ["dataAdministration"] });
  const { id } = await reader.converse({ conversationContext: "/orders/42" });
  expect(await sdkOf(reader).getContextConversation("/orders/42")).toMatchObject({ id });
  expect(await sdkOf(reader).getContextConversation("/orders/43")).toBeUndefined();
  for (const caller of [world.anna, administrator])
    expect(await sdkOf(caller).getContextConversation("/orders/42")).toBeUndefined();
  expect(idsIn(await world.privileged.get("/conversations?conversationContext=/orders/42"))).toEqual([id]);
});
