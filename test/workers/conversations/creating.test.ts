import { expect } from "vitest";
import { Collaboration } from "../../../src/sdk/client/collaboration.ts";
import { door } from "../../support/workers/door.ts";
import { type Person, test } from "../../support/workers/world.ts";

/** The SDK in the name of a person, and every request that it makes. */
function sdkOf(person: Person) {
  const requests: string[] = [];
  const fetch: typeof globalThis.fetch = (input, init) => {
    requests.push(`${init?.method} ${new URL(String(input)).pathname}`);
    return door(input, init);
  };
  return { beseda: new Collaboration(() => Promise.resolve(person.token), { fetch }), requests };
}

test("CNV-13 a created conversation can be configured and is unknown to the server before write", async ({ world }) => {
  const { beseda, requests } = sdkOf(world.anna);
  const conversation = beseda.createConversation();
  conversation.title = "Склад";
  conversation.key = "склад";
  conversation.members = [world.boris.id];
  expect(conversation).toMatchObject({ isNew: true, id: undefined });
  expect(requests).toEqual([]);
  expect((await world.boris.get("/conversations/склад")).body.code).toBe("not_found");
  await conversation.write();
  expect(requests).toEqual(["POST /api/v1/conversations"]);
  expect((await world.boris.get("/conversations/склад")).body.title).toBe("Склад");
});

test("CNV-14 write gives the id that messages point to", async ({ world }) => {
  const { beseda } = sdkOf(world.anna);
  const conversations = await Promise.all(["а", "б"].map((title) => beseda.createConversation({ title }).write()));
  const [a, b] = conversations.map(({ id }) => id ?? "");
  expect(a).not.toBe(b);
  const message = await beseda.createMessage(a ?? "", { text: "Привет" }).write();
  expect(message.conversationId).toBe(a);
  expect((await beseda.getMessages({ conversation: b ?? "" })).items).toEqual([]);
});

test("CNV-15 a key is chosen before write and unique in its application", async ({ world }) => {
  const { beseda } = sdkOf(world.anna);
  const written = await beseda.createConversation({ key: "склад" }).write();
  await expect(beseda.createConversation({ key: "склад" }).write()).rejects.toMatchObject({
    code: "conflict",
    field: "key",
  });
  await expect(sdkOf(world.vera).beseda.createConversation({ key: "склад" }).write()).rejects.toMatchObject({
    code: "conflict",
  });
  expect(() => {
    written.key = "другой";
  }).toThrow(TypeError);
  for (const key of ["другой", null])
    expect((await world.anna.patch("/conversations/склад", { key })).body).toMatchObject({
      code: "conflict",
      field: "key",
    });
  expect((await beseda.getConversation("склад")).id).toBe(written.id);
});

test("CNV-20 what a conversation is about, and its kind, are fixed by write", async ({ world }) => {
  const anna = await world.again(world.anna, { contexts: ["*"] });
  const group = await anna.converse({ title: "Склад" });
  const order = await anna.converse({ conversationContext: "/orders/42" });
  const changes = [
    [group, { conversationContext: "/orders/1" }],
    [group, { group: false }],
    [group, { displayed: false }],
    [order, { conversationContext: null }],
    [order, { conversationContext: "/orders/43" }],
  ] as const;
  for (const [{ id }, change] of changes) {
    const answer = await anna.patch(`/conversations/${id}`, { title: "Новое", ...change });
    expect(answer.body).toMatchObject({ code: "conflict", field: Object.keys(change)[0] });
  }
  expect((await anna.get(`/conversations/${group.id}`)).body).toEqual(group);
  expect((await anna.get(`/conversations/${order.id}`)).body).toEqual(order);
  // Naming what is true already contradicts nothing.
  const same = await anna.patch(`/conversations/${order.id}`, { conversationContext: "/orders/42", group: true });
  expect(same.status).toBe(200);
});

test("CNV-8 the creator joins in a user session, and nobody joins unnamed in an application session", async ({
  world,
}) => {
  const { anna, boris, vera, privileged } = world;
  const byUser = await anna.converse({ members: [boris.id] });
  expect(new Set(byUser.members)).toEqual(new Set([anna.id, boris.id]));
  expect(byUser.creator).toBe(anna.id);
  const byApplication = await privileged.converse({ key: "служебное", members: [boris.infoBaseUserId, vera.id] });
  expect(new Set(byApplication.members)).toEqual(new Set([boris.id, vera.id]));
  expect(byApplication.creator).toBeUndefined();
  expect((await anna.get("/conversations/служебное")).body.code).toBe("not_found");
});

test("CNV-8 an application that speaks for nobody creates nothing", async ({ world }) => {
  const answer = await world.plain.post("/conversations", { key: "ничьё", members: [world.boris.id] });
  expect(answer.body.code).toBe("unauthenticated");
  expect((await world.privileged.get("/conversations/ничьё")).body.code).toBe("not_found");
});

test("CNV-9 every user creates as many conversations as wanted, with anybody", async ({ world }) => {
  const { anna, boris, vera } = world;
  for (const [creator, partner] of [
    [anna, boris],
    [boris, vera],
    [vera, anna],
  ] as const) {
    const drafts = [{ title: "Один" }, { title: "Два" }, { group: false }];
    for (const draft of drafts) await creator.converse({ ...draft, members: [partner.id] });
    const { body } = await creator.get("/conversations?currentUserIsMember=true");
    expect(body.items.filter(({ title }: { title: string }) => ["Один", "Два"].includes(title))).not.toEqual([]);
  }
  const { body } = await anna.get("/conversations");
  expect(body.items).toHaveLength(6);
});

test("CNV-23 without members a conversation is out of every user's reach", async ({ world }) => {
  const { id } = await world.privileged.converse({ key: "пустое" });
  for (const user of [world.anna, world.boris]) {
    for (const path of [`/conversations/${id}`, "/conversations/пустое", `/conversations/${id}/messages`])
      expect((await user.get(path)).body.code).toBe("not_found");
    await expect(user.live(id)).rejects.toMatchObject({ code: "not_found" });
  }
  expect((await world.privileged.get("/conversations/пустое")).body.memberCount).toBe(0);
});

test("CNV-16 a conversation that is not displayed says so in lists and views, and the API reaches it", async ({
  world,
}) => {
  const { anna, boris } = world;
  const hidden = await anna.converse({ key: "скрытое", displayed: false, members: [boris.id] });
  const shown = await anna.converse({ key: "видимое", members: [boris.id] });
  const inbox = await boris.inbox();
  await anna.say("скрытое", "Служебное");
  expect((await inbox.next("activity")).activity).toMatchObject({ conversationId: hidden.id, displayed: false });
  for (const [displayed, { id }] of [
    [true, shown],
    [false, hidden],
  ] as const) {
    const { body } = await boris.get(`/conversations?displayed=${displayed}`);
    expect(body.items).toEqual([expect.objectContaining({ id, displayed })]);
  }
  const [found] = (await boris.get("/conversations/скрытое/messages")).body.items;
  expect(found).toMatchObject({ text: "Служебное", conversationId: hidden.id });
});
