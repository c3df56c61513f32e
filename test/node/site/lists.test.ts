import { expect, test } from "vitest";
import type { ConversationSummary } from "../../../src/sdk/client/index.ts";
import { contains, shownOf } from "../../../web/site/conversations/order.ts";
import { tellingOf } from "../../../web/site/notifications/telling.ts";
import { pathOf, placeOf } from "../../../web/site/shell/route.ts";

const conversation = (number: number, more: Partial<ConversationSummary> = {}): ConversationSummary => ({
  id: `id${String(number).padStart(4, "0")}`,
  title: `Склад ${number}`,
  group: true,
  displayed: true,
  viewOnly: false,
  lastMessageDate: new Date(number * 60_000).toISOString(),
  n: 1,
  m: 1,
  ...more,
});
const many = (count: number, more: Partial<ConversationSummary> = {}, from = 0) =>
  Array.from({ length: count }, (_, index) => conversation(from + index, more));

test.each([
  ["fewer than 50 in all", many(20), 20],
  ["50 of many without notifications", many(80), 50],
  ["notifications count among the 50", [...many(10, { unread: 2 }), ...many(80, {}, 100)], 50],
  ["all with notifications, whatever their number", [...many(70, { unread: 1 }), ...many(30, {}, 100)], 70],
  ["unread without notification is no notification", many(80, { unread: 3, watch: false }), 50],
  ["conversations of objects are not listed", many(60, { unread: 1, conversationContext: "/orders/1" }), 0],
  ["hidden conversations are not listed", many(60, { unread: 1, displayed: false }), 0],
])("CNV-37 the list holds what has notifications, topped up to 50: %s", (_, all, length) => {
  expect(shownOf(all)).toHaveLength(length);
});

test("CNV-37 the latest message comes first, and old conversations with notifications stay in", () => {
  const shown = shownOf([...many(60, {}, 100), conversation(1, { unread: 1 })]);
  expect(shown).toHaveLength(50);
  expect(shown[0]?.id).toBe("id0159");
  expect(shown.at(-1)?.id).toBe("id0001");
});

test.each([
  ["Склад", "склад", true],
  ["Вера Дымова", "дым", true],
  ["Склад", " склад ", true],
  ["Склад", "касса", false],
])("CNV-38 %s is found by “%s”: %s", (title, typed, isFound) => {
  expect(contains(title, typed)).toBe(isFound);
});

const usual = { doNotDisturb: false, representation: "Normal", isSeen: false, wantsSound: true } as const;
test.each([
  ["Normal", {}, true, true],
  ["Normal without sound in this browser", { wantsSound: false }, true, false],
  ["DontDisturb", { representation: "DontDisturb" }, false, false],
  ["the user's do not disturb", { doNotDisturb: true }, false, false],
  ["before the user's eyes", { isSeen: true }, false, false],
] as const)("NTF-13 pop-up and sound by display mode: %s", (_, situation, popUp, sound) => {
  expect(tellingOf({ ...usual, ...situation })).toEqual({ popUp, sound });
});

test.each([
  ["/", { name: "conversations" }],
  ["/c/abc", { name: "conversation", id: "abc" }],
  ["/c/abc/17", { name: "conversation", id: "abc", message: 17 }],
  ["/notifications", { name: "notifications" }],
  ["/profile", { name: "profile" }],
] as const)("an address and its place belong together: %s", (path, place) => {
  expect(placeOf(path)).toEqual(place);
  expect(pathOf(place)).toBe(path);
});

test.each(["/nowhere", "/c", "/c/"])("an unknown address shows the list: %s", (path) => {
  expect(placeOf(path)).toEqual({ name: "conversations" });
});
