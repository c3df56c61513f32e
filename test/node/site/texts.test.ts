import { expect, test } from "vitest";
import { withEmoticons } from "../../../web/site/conversation/emoticons.ts";
import { excerptOf } from "../../../web/site/conversation/excerpt.ts";
import { safeAddress, withLinks } from "../../../web/site/conversation/links.ts";
import { mentionAt, withNames } from "../../../web/site/conversation/mention.ts";

const linksIn = (text: string) =>
  withLinks(text).flatMap((piece) => (typeof piece === "string" ? [] : [piece.address]));

test.each([
  ["см. https://romashka.example/acts/318.", ["https://romashka.example/acts/318"]],
  ["(http://a.example/x_(y))", ["http://a.example/x_(y)"]],
  ["www.romashka.example", ["https://www.romashka.example/"]],
  ["пишите на anna@romashka.example!", ["mailto:anna@romashka.example"]],
  ["https://пример.рф/путь", ["https://xn--e1afmkfd.xn--p1ai/%D0%BF%D1%83%D1%82%D1%8C"]],
  ["javascript:alert(1)", []],
  ["в 10:00, файл.txt и ../a", []],
])("MSG-7 links in plain text: %s", (text, addresses) => {
  expect(linksIn(text)).toEqual(addresses);
});

test("MSG-7 no character of a text gets lost between links", () => {
  const text = "а https://a.example, б b@c.example. в";
  expect(
    withLinks(text)
      .map((piece) => (typeof piece === "string" ? piece : piece.text))
      .join(""),
  ).toBe(text);
});

test.each([
  ["https://a.example/", "https://a.example/"],
  ["tel:+74950000000", "tel:+74950000000"],
  ["javascript:alert(1)", undefined],
  ["data:text/html,x", undefined],
  ["not an address", undefined],
])("MSG-5 an explicit link is followed only where that is safe: %s", (address, safe) => {
  expect(safeAddress(address)).toBe(safe);
});

const namesIn = (text: string) =>
  withEmoticons(text).flatMap((piece) => (typeof piece === "string" ? [] : [piece.name]));

test.each([
  [":| :D :) :( :o :P ;)", ["neutral", "grinning", "smiling", "frowning", "surprised", "tongue", "winking"]],
  ["😐😀🙂🙁😮😛😉", ["neutral", "grinning", "smiling", "frowning", "surprised", "tongue", "winking"]],
  ["Готово :)", ["smiling"]],
  ["(да :))", ["smiling"]],
  ["в 10:00 и x:Pole", []],
  ["🎉 ❤️ :-)", []],
])("MSG-6 the seven emoticons by code and by text form: %s", (text, names) => {
  expect(namesIn(text)).toEqual(names);
});

test.each([
  ["@бо", 3, "бо"],
  ["Привет, @", 9, ""],
  ["anna@romashka", 13, undefined],
  ["@Борис привет", 13, undefined],
])("a name is being typed in %s", (text, caret, typed) => {
  expect(mentionAt(text, caret)?.typed).toBe(typed);
});

test("a picked name takes the place of what was typed", () => {
  const text = "Спроси @бо завтра";
  const mention = mentionAt(text, 10);
  expect(mention && withNames(text, mention, ["Борис"])).toEqual({ text: "Спроси @Борис завтра", caret: 14 });
});

test("an excerpt shows the sought words with what is around them", () => {
  expect(excerptOf("Вторая машина не пришла", "МАШИНА")).toEqual({
    before: "Вторая ",
    match: "машина",
    after: " не пришла",
  });
});
