import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { Typing } from "../../../web/site/conversation/typing.ts";
import { en } from "../../../web/site/words/en.ts";
import { ru } from "../../../web/site/words/ru.ts";

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

test("somebody counts as writing for six seconds after the last word of it", () => {
  const typing = new Typing();
  typing.heard("anna");
  vi.advanceTimersByTime(4_000);
  typing.heard("anna");
  typing.heard("boris");
  vi.advanceTimersByTime(4_000);
  expect(typing.users).toEqual(["anna", "boris"]);
  vi.advanceTimersByTime(2_000);
  expect(typing.users).toEqual([]);
});

test("the message ends it, and views are drawn only when something changes", () => {
  const typing = new Typing();
  typing.heard("anna");
  typing.heard("anna");
  expect(typing.version).toBe(1);
  typing.stopped("anna");
  typing.stopped("boris");
  expect([typing.users, typing.version]).toEqual([[], 2]);
});

test.each([
  [["Анна"], "Анна is writing…", "Анна пишет…"],
  [["Анна", "Борис"], "Анна and Борис are writing…", "Анна и Борис пишут…"],
  [["Анна", "Борис", "Вера"], "3 people are writing…", "Пишут 3 человека…"],
])("%j write, in both languages", (names, english, russian) => {
  expect([en.conversation.typing(names), ru.conversation.typing(names)]).toEqual([english, russian]);
});
