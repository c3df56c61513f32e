import { expect, test } from "vitest";
import { covers, normaliseContext, normaliseContextPattern } from "../../../src/protocol/context.ts";

/** What an application may write, and the one spelling that is kept. */
const usable: [string, string][] = [
  ["/orders/42", "/orders/42"],
  ["  /orders/42\t", "/orders/42"],
  ["/Orders/42", "/Orders/42"],
  ["/orders?id=42&line=1#total", "/orders?id=42&line=1#total"],
  ["e1cib/data/Document.Order?ref=a1b2", "e1cib/data/Document.Order?ref=a1b2"],
  ["e1cib/command/Report.Open", "e1cib/command/Report.Open"],
  ["/зака\u0437ы/\u0435\u0308ж", "/заказы/ёж"],
  ["https://shop.example", "https://shop.example/"],
  ["HTTPS://Shop.Example:443/Orders/42", "https://shop.example/Orders/42"],
  ["https://shop.example/a/./b/../42", "https://shop.example/a/42"],
  ["https://shop.example/заказы", "https://shop.example/%D0%B7%D0%B0%D0%BA%D0%B0%D0%B7%D1%8B"],
  ["https://пример.рф/42", "https://xn--e1afmkfd.xn--p1ai/42"],
  ["http://localhost:8080/orders/42", "http://localhost:8080/orders/42"],
  ["/orders/00000000-0000-0000-0000-000000000001", "/orders/00000000-0000-0000-0000-000000000001"],
  ["/orders/new", "/orders/new"],
];

test.each(usable)("CNV-3 CNV-5 the context %j is kept as %j", (written, kept) => {
  expect(normaliseContext(written)).toBe(kept);
  expect(normaliseContext(kept)).toBe(kept);
});

const unusable = [
  "",
  " ",
  "orders",
  "orders 42",
  "/orders 42",
  "/orders\u00a042",
  "/orders\n42",
  "javascript:alert(1)",
  "data:text/html,x",
  "https://",
  "https://anna:secret@shop.example/42",
  "https://shop.example:99999/42",
  "/orders?ref=",
  "/orders?ref=&line=1",
  "/orders?ref=00000000000000000000000000000000",
  "e1cib/data/Document.Order?ref=00000000000000000000000000000000",
  "/orders/00000000-0000-0000-0000-000000000000",
  "/orders/00000000-0000-0000-0000-000000000000/lines",
  "https://shop.example/orders/00000000-0000-0000-0000-000000000000",
  "/orders/undefined",
  "/orders?id=null",
];

test.each(unusable)("CNV-5 %j leads to no stored object and no command", (written) => {
  expect(normaliseContext(written)).toBeUndefined();
});

const patterns: [string, string | undefined][] = [
  ["*", "*"],
  ["/orders/42", "/orders/42"],
  ["/orders/*", "/orders/*"],
  ["/orders?id=*", "/orders?id=*"],
  ["/orders?*", "/orders?*"],
  ["/orders?year=2026&*", "/orders?year=2026&*"],
  ["e1cib/data/Document.Order?ref=*", "e1cib/data/Document.Order?ref=*"],
  ["HTTPS://Shop.Example:443/*", "https://shop.example/*"],
  ["https://shop.example/заказы/*", "https://shop.example/%D0%B7%D0%B0%D0%BA%D0%B0%D0%B7%D1%8B/*"],
  ["/orders*", undefined],
  ["/orders/4*", undefined],
  ["/orders/**", undefined],
  ["**", undefined],
  ["https://shop.example*", undefined],
  ["https://*", undefined],
  ["orders", undefined],
  ["", undefined],
];

test.each(patterns)("CNV-3 a token that lists %j lists %j", (written, kept) => {
  expect(normaliseContextPattern(written)).toBe(kept);
});

const coverings: [string[], string, boolean][] = [
  [[], "/orders/42", false],
  [["*"], "/orders/42", true],
  [["/orders/42"], "/orders/42", true],
  [["/orders/42"], "/orders/421", false],
  [["/orders/42"], "/orders/42/lines", false],
  [["/orders/42"], "/orders/4", false],
  [["/orders/42"], "/Orders/42", false],
  [["/orders/42"], "https://shop.example/orders/42", false],
  [["/orders/*"], "/orders/42", true],
  [["/orders/*"], "/orders/42/lines", true],
  [["/orders/*"], "/orders", false],
  [["/orders/*"], "/orders-archive/42", false],
  [["/orders?id=*"], "/orders?id=42", true],
  [["/orders?id=*"], "/orders?idx=42", false],
  [["https://shop.example/*"], "https://shop.example.evil/42", false],
  [["/stock/*", "/orders/42"], "/orders/42", true],
];

test.each(coverings)("CNV-3 %j covers %j: %s", (listed, context, covered) => {
  expect(covers(listed, context)).toBe(covered);
});
