import { expect, test } from "vitest";
import { initialsOf, toneOf } from "../../../web/design/initials.ts";
import { dayOf, shortOf, sizeOf } from "../../../web/site/words/dates.ts";
import { later as enLater } from "../../../web/site/words/en/later.ts";
import { en } from "../../../web/site/words/en.ts";
import { later as ruLater } from "../../../web/site/words/ru/later.ts";
import { ru } from "../../../web/site/words/ru.ts";
import { wantedLanguage } from "../../../web/site/words/words.ts";

test.each([
  [1, "1 участник", "1 member"],
  [2, "2 участника", "2 members"],
  [5, "5 участников", "5 members"],
  [11, "11 участников", "11 members"],
  [21, "21 участник", "21 members"],
  [104, "104 участника", "104 members"],
])("%i has the right form in both languages", (count, russian, english) => {
  expect([ru.conversation.members(count), en.conversation.members(count)]).toEqual([russian, english]);
});

/** The names of all texts, with those inside of groups. */
const namesIn = (group: object, before = ""): string[] =>
  Object.entries(group).flatMap(([name, value]) =>
    typeof value === "object" ? namesIn(value as object, `${before}${name}.`) : [`${before}${name}`],
  );

test("both languages have the same texts, and none is empty", () => {
  expect([namesIn(ru), namesIn(ruLater)]).toEqual([namesIn(en), namesIn(enLater)]);
  expect(JSON.stringify([en, ru, enLater, ruLater])).not.toContain('""');
});

const now = new Date(2026, 10, 24, 12, 0);
test.each([
  [new Date(2026, 10, 24, 8, 5), "08:05", "Сегодня"],
  [new Date(2026, 10, 23, 23, 59), "Вчера", "Вчера"],
  [new Date(2026, 10, 20, 10, 0), "Пт", "Пятница, 20 ноября"],
  [new Date(2026, 2, 3, 10, 0), "3 мар.", "Вторник, 3 марта"],
  [new Date(2024, 2, 3, 10, 0), "03.03.2024", "3 марта 2024 г."],
])("%s is said short in a list and in full between days", (date, short, day) => {
  expect([shortOf(date, now, "ru"), dayOf(date, now, "ru")]).toEqual([short, day]);
});

test.each([
  [0, "0 byte"],
  [1_023, "1,023 byte"],
  [52_428_800, "50 MB"],
])("%i bytes as people say it", (bytes, text) => {
  expect(sizeOf(bytes, "en")).toBe(text);
});

test.each([
  [["ru-RU", "en"], "ru"],
  [["de", "en-GB"], "en"],
  [["fr"], "en"],
])("of %s the browser gets %s", (preferred, language) => {
  expect(wantedLanguage(preferred)).toBe(language);
});

test.each([
  ["Анна Ивановна Белова", "АИ"],
  ["Склад", "С"],
  ["Доставка: Тверь", "ДТ"],
  ["𝒜lpha 🎉", "𝒜"],
  ["!!!", "?"],
])("%s has a face of letters", (name, letters) => {
  expect(initialsOf(name)).toBe(letters);
  expect(toneOf(name)).toBe(toneOf(name));
});
