import { expect } from "vitest";
import { limits } from "../../../src/protocol/limits.ts";
import { pageOf } from "../../../src/protocol/lists.ts";
import { FoundMessage } from "../../../src/protocol/search.ts";
import { shaped } from "../../support/workers/shapes.ts";
import { openStrangers, test } from "../../support/workers/world.ts";
import { found, marked, searched } from "./searching.ts";

test("a search finds messages of all the user's conversations by their words, with what to mark", async ({ world }) => {
  const { anna, boris, vera } = world;
  const stock = await anna.converse({ title: "Склад", members: [boris.id] });
  const pair = await anna.converse({ group: false, members: [boris.id] });
  const message = await anna.say(stock.id, "Накладная 1041: двенадцать коробок, ворота 3");
  const other = await boris.say(pair.id, "Где та накладная?");
  await anna.say(stock.id, "Обед в час");

  const { body } = await searched(boris, "накладные");
  shaped(pageOf(FoundMessage), body);
  expect(body.items).toHaveLength(2);
  expect(body.items).toContainEqual({
    conversation: { id: stock.id, title: "Склад", group: true, displayed: true },
    message,
    marks: [{ from: 0, to: 9 }],
  });
  expect(body.items).toContainEqual({
    conversation: { id: pair.id, title: "", group: false, displayed: true, members: [anna.id, boris.id].sort() },
    message: other,
    marks: [{ from: 7, to: 16 }],
  });
  expect(await found(vera, "накладные")).toEqual([]);
});

test.for([
  ["накладной", "Накладная"],
  ["НАКЛАДНЫМИ", "Накладная"],
  ["счет", "счёт"],
  ["счёта оплаченного", "счёт оплачен"],
  ["коробка", "коробок"],
  ["накл", "Накладная"],
  ["1041 коробки", "1041 коробок"],
  ["коробки 104", "1041 коробок"],
  ["№1041", "1041"],
  ["invoicing", "invoices"],
  ['"двенадцать коробок"', "двенадцать коробок"],
  ['ворота "двенадцать коробок', "двенадцать коробок ворота"],
  ['накладные "ворота 3"', "Накладная ворота 3"],
])(
  "words count in any form, whatever their case, the last one unfinished too: %s",
  async ([text, words], { world }) => {
    const { anna } = world;
    const { id } = await anna.converse({});
    await anna.say(id, "Накладная 1041: двенадцать коробок, ворота 3, счёт оплачен. See invoices.");
    expect(marked((await searched(anna, text as string)).body.items[0]).sort()).toEqual(
      (words as string).split(" ").sort(),
    );
  },
);

test.for([
  "накладная обед",
  "кладная",
  "104 коробки",
  '"коробок двенадцать"',
  '"двенадцать коробки"',
  '"накл"',
  "коробчатый",
])("a message without one of the words is not found: %s", async (text, { world }) => {
  const { anna } = world;
  const { id } = await anna.converse({});
  await anna.say(id, "Накладная 1041: двенадцать коробок");
  await anna.say(id, "Обед");
  expect(await found(anna, text)).toEqual([]);
});

test("what was changed is found by its new words, what was deleted by none", async ({ world }) => {
  const { anna } = world;
  const { id } = await anna.converse({});
  const [first, second] = [await anna.say(id, "Две машины"), await anna.say(id, "Три машины")];
  await anna.patch(`/messages/${first.id}`, { text: "Четыре грузовика" });
  expect(await found(anna, "машина")).toEqual(["Три машины"]);
  expect(await found(anna, "грузовик")).toEqual(["Четыре грузовика"]);
  await anna.delete(`/messages/${second.id}`);
  expect(await found(anna, "машина")).toEqual([]);
});

test("whoever was removed or left finds nothing more, whoever came finds what was before", async ({ world }) => {
  const { anna, boris, vera } = world;
  const { id } = await anna.converse({ members: [boris.id] });
  await anna.say(id, "Накладная");
  expect(await found(boris, "накладная")).toEqual(["Накладная"]);
  await anna.delete(`/conversations/${id}/members/${boris.id}`);
  await anna.post(`/conversations/${id}/members`, { users: [vera.id] });
  expect([await found(boris, "накладная"), await found(vera, "накладная")]).toEqual([[], ["Накладная"]]);
  const { zoya } = { zoya: (await openStrangers()).anna };
  expect(await found(zoya, "накладная")).toEqual([]);
});

test("conversations of all users are searched by everybody, late-comers too", async ({ world }) => {
  const { anna, vera } = world;
  const { id } = await anna.converse({ title: "Все", members: ["all-application-users"] });
  await anna.say(id, "Накладная");
  const late = await world.person({ infoBaseUserId: crypto.randomUUID(), name: "Галина" });
  expect([await found(vera, "накладная"), await found(late, "накладная")]).toEqual([["Накладная"], ["Накладная"]]);
});

test("conversations of objects are searched as far as the Read right goes, once the user had to do with them", async ({
  world,
}) => {
  const anna = await world.again(world.anna, { contexts: ["/orders/*"] });
  const boris = await world.again(world.boris, { contexts: ["/orders/42"] });
  const room = await anna.converse({ conversationContext: "/orders/42" });
  await anna.say(room.id, "Накладная", { recipients: [boris.id] });
  const watched = await anna.converse({ conversationContext: "/orders/43" });
  await anna.say(watched.id, "Накладная 43");
  await anna.put(`/conversations/${watched.id}/watch-mode`, { watch: true });
  await anna.put(`/conversations/${room.id}/read-marker`, { m: 1 });

  const [item] = (await searched(boris, "накладная")).body.items;
  expect(item.conversation).toMatchObject({ id: room.id, conversationContext: "/orders/42" });
  expect((await found(anna, "накладная")).sort()).toEqual(["Накладная", "Накладная 43"]);
  expect(await found(await world.again(world.anna, { contexts: ["/orders/43"] }), "накладная")).toEqual([
    "Накладная 43",
  ]);
  expect([await found(world.boris, "накладная"), await found(world.anna, "накладная")]).toEqual([[], []]);
});

test("hidden conversations are left out when only displayed ones are wanted", async ({ world }) => {
  const { anna } = world;
  const [shown, hidden] = [await anna.converse({}), await anna.converse({ displayed: false })];
  await anna.say(shown.id, "Накладная 1");
  await anna.say(hidden.id, "Накладная 2");
  expect(await found(anna, "накладная", { displayed: "true" })).toEqual(["Накладная 1"]);
  expect(await found(anna, "накладная", { displayed: "false" })).toEqual(["Накладная 2"]);
  expect((await found(anna, "накладная")).sort()).toEqual(["Накладная 1", "Накладная 2"]);
});

test.for([
  ["%", "validation"],
  ["%_%", "validation"],
  ["' OR 1=1 --", 0],
  ["накладная*", 1],
  ["NEAR(накладная)", 0],
  ["накладная AND обед", 0],
  ['"накладная', 1],
  ['""" накладная', 1],
  ["\\u0000", 0],
  ["[накладная]{1}", 0],
  ["(?<=a)", 0],
  ["😀 накладная", 1],
  ["ﷺ", 0],
  ["е\u0308".repeat(60), 0],
  ["а".repeat(limits.searchText), 0],
] as const)("whatever is typed is words and nothing else: %s", async ([text, expected], { world }) => {
  const { anna } = world;
  const { id } = await anna.converse({});
  await anna.say(id, "Накладная");
  const { body } = await searched(anna, text);
  expect(body.items?.length ?? body.code).toBe(expected);
});

test.for([
  ["text", "", "validation"],
  ["text", " \t ", "validation"],
  ["text", "!!! … —", "validation"],
  ["text", "\u0001", "validation"],
  ["text", "а".repeat(limits.searchText + 1), "limit_exceeded"],
  ["text", "а ".repeat(limits.searchWords + 1), "limit_exceeded"],
  ["count", "0", "validation"],
  ["count", `${limits.pageMax + 1}`, "validation"],
  ["cursor", "x", "validation"],
  ["cursor", "x".repeat(513), "limit_exceeded"],
  ["cursor", btoa('["messages",[1]]'), "validation"],
  ["cursor", btoa('["search",[1,2,3,4]]'), "validation"],
  ["displayed", "1", "validation"],
  ["sortDirection", "Asc", "validation"],
  ["author", "anna", "validation"],
] as const)("a search has bounds: %s=%s", async ([field, value, code], { world }) => {
  const query = new URLSearchParams({ text: "накладная", [field]: value });
  expect((await world.anna.get(`/messages?${query}`)).body).toMatchObject({ code, field });
});
