import { expect } from "vitest";
import { newId } from "../../../src/protocol/ids.ts";
import { limits } from "../../../src/protocol/limits.ts";
import { standardUsers } from "../../../src/protocol/wire.ts";
import { test, type World } from "../../support/workers/world.ts";

const everyone = standardUsers.allApplicationUsers;
const stranger = newId();

/** Анна, who may read every object, creates what a draft says; members are given by name. */
async function create(world: World, draft: { members?: string[] }) {
  const { anna, boris, vera } = world;
  const ids: Record<string, string> = { anna: anna.id, boris: boris.id, vera: vera.id };
  const caller = await world.again(anna, { contexts: ["*"] });
  return caller.post("/conversations", {
    ...draft,
    ...(draft.members && { members: draft.members.map((name) => ids[name] ?? name) }),
  });
}

interface Shape {
  name: string;
  draft: object;
  becomes: object;
}

const shapes: Shape[] = [
  {
    name: "CNV-7 a conversation is a group unless it says otherwise",
    draft: { members: ["boris", "vera"] },
    becomes: { group: true, displayed: true, viewOnly: false, title: "", memberCount: 3 },
  },
  {
    name: "CNV-7 a group may have a single member",
    draft: { group: true },
    becomes: { group: true, memberCount: 1 },
  },
  {
    name: "CNV-7 CNV-25 a one-to-one conversation is between its author and a partner",
    draft: { group: false, members: ["boris"] },
    becomes: { group: false, memberCount: 2, title: "" },
  },
  {
    name: "CNV-25 a one-to-one conversation may name its author too",
    draft: { group: false, members: ["boris", "anna", "boris"] },
    becomes: { group: false, memberCount: 2 },
  },
  {
    name: "CNV-2 a context conversation belongs to an object and has no members",
    draft: { conversationContext: "/orders/42", title: "Заказ 42" },
    becomes: { conversationContext: "/orders/42", title: "Заказ 42", displayed: true, members: [], memberCount: 0 },
  },
  {
    name: "CNV-24 an empty list of members says nothing in a context conversation",
    draft: { conversationContext: "/orders/42", members: [] },
    becomes: { conversationContext: "/orders/42", members: [] },
  },
  {
    name: "CNV-16 a conversation that is not displayed exists for code",
    draft: { displayed: false, key: "Обмен" },
    becomes: { displayed: false, key: "Обмен" },
  },
];

for (const { name, draft, becomes } of shapes) {
  test(name, async ({ world }) => {
    const { status, body } = await create(world, draft);
    expect(status).toBe(201);
    expect(body).toMatchObject(becomes);
    expect((await world.privileged.get(`/conversations/${body.id}`)).body).toEqual(body);
  });
}

const context = "/orders/42";

interface Refusal {
  name: string;
  drafts: object[];
  code: string;
  field: string;
}

const refusals: Refusal[] = [
  {
    name: "CNV-24 members of a context conversation cannot be set",
    drafts: [["boris"], [everyone], ["boris", everyone]].map((members) => ({ conversationContext: context, members })),
    code: "validation",
    field: "members",
  },
  {
    name: "CNV-17 a context conversation is always displayed",
    drafts: [{ conversationContext: context, displayed: false }],
    code: "validation",
    field: "displayed",
  },
  {
    name: "CNV-25 a one-to-one conversation has two members and not all users",
    drafts: [[], ["anna"], ["boris", "vera"], [everyone], ["boris", everyone]].map((members) => ({
      group: false,
      members,
    })),
    code: "validation",
    field: "members",
  },
  {
    name: "CNV-26 a one-to-one conversation has no title",
    drafts: [{ group: false, members: ["boris"], title: "Вдвоём" }],
    code: "validation",
    field: "title",
  },
  {
    name: "CNV-15 a key is not empty, no id and no folder of a path",
    drafts: ["", "  ", stranger, ".", "..", "a\nb", 1].map((key) => ({ key })),
    code: "validation",
    field: "key",
  },
  {
    name: "CNV-15 a key has a limit",
    drafts: [{ key: "к".repeat(limits.conversationKey + 1) }],
    code: "limit_exceeded",
    field: "key",
  },
  { name: "CNV-14 nobody chooses an id", drafts: [{ id: stranger }], code: "validation", field: "id" },
  {
    name: "CNV-8 a member is a user that exists",
    drafts: [stranger, "00000000-0000-4000-8000-000000000000"].map((member) => ({ members: ["boris", member] })),
    code: "not_found",
    field: "members.1",
  },
];

for (const { name, drafts, code, field } of refusals) {
  test(name, async ({ world }) => {
    for (const draft of drafts) {
      const { body } = await create(world, draft);
      expect(body, JSON.stringify(draft)).toMatchObject({ code, field });
    }
    expect((await world.privileged.get("/conversations")).body.items).toEqual([]);
  });
}

test("CNV-2 conversations without a context are unlimited, an object has one", async ({ world }) => {
  const anna = await world.again(world.anna, { contexts: ["*"] });
  const groups = await Promise.all(["Склад", "Склад", "Склад"].map((title) => anna.converse({ title })));
  expect(new Set(groups.map(({ id }) => id)).size).toBe(3);
  await anna.converse({ conversationContext: context });
  expect((await anna.post("/conversations", { conversationContext: context })).body.code).toBe("conflict");
  await anna.converse({ conversationContext: "/orders/43" });
});

test("CNV-4 the second conversation of an object is a conflict for whoever may read it, whatever the spelling", async ({
  world,
}) => {
  const anna = await world.again(world.anna, { contexts: ["*"] });
  const boris = await world.again(world.boris, { contexts: ["https://shop.example/*"] });
  const first = await anna.converse({ conversationContext: "https://shop.example/заказы/1" });
  const second = await boris.post("/conversations", { conversationContext: "HTTPS://SHOP.example:443/заказы/1" });
  expect(second.body).toMatchObject({ code: "conflict", field: "conversationContext" });
  const found = await anna.get(`/conversations?conversationContext=${encodeURIComponent(first.conversationContext)}`);
  expect(found.body.items.map(({ id }: { id: string }) => id)).toEqual([first.id]);
});

test("CNV-1 programs alone, people alone and both together talk in the same way", async ({ world }) => {
  const { anna, boris, vera } = world;
  const [shop, stock] = await Promise.all([world.as(boris.id), world.as(vera.id)]);
  const exchange = await shop.converse({ key: "Обмен", displayed: false, members: [vera.id] });
  const line = await stock.live("Обмен");
  const sent = await shop.say("Обмен", "", { data: { остаток: 5 } });
  expect((await line.event("message")).message).toEqual(sent);
  const people = await anna.converse({ title: "Склад", members: [boris.id] });
  const mixed = await anna.converse({ title: "Вопросы", members: [vera.id] });
  await anna.say(people.id, "Привет");
  await anna.say(mixed.id, "Сколько осталось?");
  expect((await stock.say(mixed.id, "5")).conversationId).toBe(mixed.id);
  expect((await boris.get(`/conversations/${exchange.id}`)).status).toBe(200);
});
