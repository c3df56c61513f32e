import { expect, test } from "vitest";
import { stemOf } from "../../../src/domain/search/stems.ts";
import { wordsIn } from "../../../src/domain/search/words.ts";

/** The forms of one word on each line. */
const words = `
  накладная накладной накладные накладную накладных накладными
  заказ заказа заказу заказом заказе заказы заказов заказам заказами заказах
  коробка коробки коробке коробку коробкой коробок коробкам коробками
  рынок рынка рынке рынки рынком
  счет счета счету счетом счете счетов счетами
  решение решения решению решением решений решениями решениях
  организация организации организацию организацией организаций
  договор договора договоры договоров договорами
  получатель получателя получателей получателю получателем
  оплатить оплатил оплатила оплатили
  оплачен оплачена оплачено оплачены оплаченный оплаченная оплаченных
  запись записи записью записей
  замена замены замене замену
  новый новая новое новые новых новому новым
  уровень уровня уровни уровню
  человек человека человеку
  конец конца концу
  договорились договорился договорилась
  работать работал работала работали работает работают работаем
  стоимость стоимости стоимостью
  склад склада складе склады складов
  ворота воротам воротах
  invoice invoices invoiced invoicing
  delivery deliveries
  ship ships shipped shipping
  order orders ordered ordering
  box boxes
  company companies
  process processes processed processing
  use uses used using
`;

test("the forms of a word have one stem", () => {
  for (const line of words.trim().split("\n")) {
    const forms = line.trim().split(" ");
    expect(forms.map(stemOf), line).toEqual(forms.map(() => stemOf(forms[0] as string)));
  }
});

/** Each word with others that are no forms of it. */
const strangers = [
  ["склад", "складно", "складчик"],
  ["счет", "счетчик"],
  ["дом", "дым"],
  ["заказ", "заказчик"],
  ["status", "state"],
  ["party", "part"],
  ["1041", "1042"],
  ["ромашка", "romashka"],
] as const;

test("words of their own keep apart", () => {
  for (const [word, ...others] of strangers) expect(others.map(stemOf)).not.toContain(stemOf(word));
});

test("a word keeps something, however little there is of it", () => {
  const short = [
    "я",
    "и",
    "в",
    "мы",
    "да",
    "но",
    "ее",
    "ую",
    "a",
    "s",
    "ed",
    "ing",
    "ies",
    "ь",
    "йй",
    "0",
    "東京",
    "ё",
  ];
  expect(short.map(stemOf).filter((stem) => stem === "")).toEqual([]);
});

test("words are runs of letters and digits, whatever their case and composition, with their place in the text", () => {
  const text = "«Счёт» №5-А, e\u0308ж и\u0306од 🙂ﬁle’s";
  const found = wordsIn(text);
  expect(found.map(({ text }) => text)).toEqual(["счет", "5", "а", "ëж", "йод", "file", "s"]);
  expect(found.map(({ from, to }) => text.slice(from, to))).toEqual([
    "Счёт",
    "5",
    "А",
    "e\u0308ж",
    "и\u0306од",
    "ﬁle",
    "s",
  ]);
});
