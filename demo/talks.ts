/** What the demo's people have said to each other, so that a first look shows a place where people work. */
export type Person = "anna" | "boris" | "vera" | "gleb" | "darya" | "oleg";

export interface Line {
  author: Person;
  /** Days before today, and the time of that day. */
  ago: number;
  at: string;
  text: string;
  isHtml?: true;
  /** Whom it is addressed to, in the conversation of an object. */
  to?: Person[];
}

export interface Talk {
  creator: Person;
  /** The others; absent for everybody, and for the conversation of an object. */
  members?: Person[];
  key?: string;
  title?: string;
  isOneToOne?: true;
  isForEverybody?: true;
  isHidden?: true;
  context?: string;
  lines: Line[];
}

const said = (author: Person, ago: number, at: string, text: string): Line => ({ author, ago, at, text });

/** The first five are there for scripts too, in this order. */
export const talks: Talk[] = [
  {
    creator: "anna",
    members: ["boris", "vera", "gleb", "darya"],
    key: "склад",
    title: "Склад",
    lines: [
      said("anna", 1, "08:41", "Доброе утро! Сегодня принимаем две машины, ворота 3 и 4."),
      said("boris", 1, "08:47", "Принято. Первую жду к десяти."),
      said("vera", 1, "08:52", "Накладные распечатала, лежат на столе у ворот."),
      said("boris", 1, "08:53", "Спасибо, Вера! :)"),
      said("gleb", 1, "10:12", "Первая машина на месте. Начали разгрузку, людей хватает."),
      said("gleb", 1, "11:38", "Разгрузили. 14 паллет, всё целое."),
      said("gleb", 1, "11:39", "Пересорт по двум коробкам, фото приложил к акту."),
      said("anna", 1, "11:44", "Хорошо. Акт отправьте, пожалуйста, до обеда."),
      said(
        "darya",
        1,
        "11:50",
        "Акт в учёте: https://romashka.example/acts/318. Проверьте количество по второй строке.",
      ),
      said("anna", 1, "12:02", "Проверила, верно. Подписываю."),
      said("boris", 0, "08:15", "Всем привет. Вторая машина со вчерашнего дня так и не пришла."),
      said("boris", 0, "08:16", "Звонил водителю: стоит под Тверью, обещает к двум."),
      said("vera", 0, "08:24", "Тогда переношу приёмку на 14:30 и предупрежу охрану. Нужен ли погрузчик?"),
      said("boris", 0, "08:26", "Да, нужен. Там двигатели, вручную не снимем."),
      said("anna", 0, "08:31", "Погрузчик будет, договорилась с соседями."),
      said("gleb", 0, "08:40", "Я на воротах с двух. Если машина придёт раньше, наберите меня."),
      said("vera", 0, "08:44", "Охрана предупреждена, пропуск выписан на номер А 318 ЕС."),
      said(
        "darya",
        0,
        "08:45",
        "И прихватите, пожалуйста, оригиналы накладных за прошлую неделю, их ждёт бухгалтерия.",
      ),
    ],
  },
  {
    creator: "anna",
    isForEverybody: true,
    key: "новости",
    title: "Новости компании",
    lines: [
      said("anna", 4, "10:00", "Коллеги, в пятницу короткий день: закрываемся в 16:00."),
      {
        author: "anna",
        ago: 2,
        at: "09:30",
        isHtml: true,
        text:
          "<b>Новый порядок отпусков</b> действует с первого числа:<ul><li>заявление за две недели;</li>" +
          "<li>замену находит руководитель;</li><li>остаток виден в профиле.</li></ul>" +
          'Подробности — <a href="https://romashka.example/vacations">на портале</a>.',
      },
    ],
  },
  {
    creator: "boris",
    members: ["vera"],
    isOneToOne: true,
    lines: [
      said("boris", 0, "08:20", "Вера, вторая машина опаздывает на час."),
      said("vera", 0, "08:22", "Хорошо, предупрежу водителей."),
    ],
  },
  {
    creator: "anna",
    context: "/orders/1041",
    title: "Заказ 1041",
    lines: [
      said("anna", 1, "16:05", "Клиент просит доставить до обеда. Успеем?"),
      said("boris", 1, "16:20", "Если оплата придёт сегодня, успеем."),
      { ...said("gleb", 0, "08:02", "Анна, оплата пришла, отправляю на сборку."), to: ["anna"] },
    ],
  },
  { creator: "anna", isForEverybody: true, isHidden: true, key: "КомандныйКанал", lines: [] },
  {
    creator: "anna",
    members: ["boris"],
    isOneToOne: true,
    lines: [
      said("boris", 1, "17:48", "Анна, отчёт по остаткам готов, посмотрите, когда будет минута."),
      said("anna", 1, "18:10", "Спасибо, завтра утром посмотрю."),
      said("boris", 0, "08:35", "Там на второй странице вопрос по возвратам. Как решим, закрою месяц."),
    ],
  },
  {
    creator: "vera",
    members: ["anna"],
    isOneToOne: true,
    lines: [
      said("vera", 2, "15:20", "Можно я в четверг уйду в три? Ребёнка к врачу."),
      said("anna", 2, "15:31", "Конечно."),
      said("vera", 2, "15:32", "Спасибо!"),
    ],
  },
  {
    creator: "darya",
    members: ["anna", "boris", "oleg"],
    key: "закрытие-месяца",
    title: "Закрытие месяца",
    lines: [
      said("darya", 3, "11:05", "Напоминаю: документы за ноябрь принимаю до пятницы."),
      said("oleg", 3, "11:40", "По транспорту всё сдал."),
      said("darya", 3, "11:41", "Вижу, спасибо."),
      said("oleg", 0, "08:38", "Пришло уточнение от перевозчика на 12 400. Провести этим месяцем?"),
    ],
  },
  {
    creator: "oleg",
    members: ["anna", "gleb", "vera"],
    key: "доставка-тверь",
    title: "Доставка: Тверь и область",
    lines: [
      said("oleg", 5, "09:12", "Маршрут на неделю: Тверь во вторник, Клин и Конаково в четверг."),
      said("gleb", 5, "09:30", "Принял."),
      said("anna", 5, "09:45", "Клин лучше первым, у них приёмка до полудня."),
      said("oleg", 5, "09:47", "Переставил."),
    ],
  },
  {
    creator: "gleb",
    members: ["anna", "oleg", "darya", "vera", "boris"],
    key: "субботник",
    title: "Субботник и пикник",
    lines: [
      said(
        "gleb",
        9,
        "18:02",
        "Собираемся в субботу к десяти у проходной. Перчатки есть, хорошее настроение берём с собой ;)",
      ),
      said("darya", 9, "18:20", "Пирог с меня."),
    ],
  },
  {
    creator: "boris",
    context: "/orders/1042",
    title: "Заказ 1042",
    lines: [
      said("boris", 1, "14:10", "Подшипники придут двумя партиями, вторая через неделю. Клиент согласен?"),
      { ...said("vera", 1, "14:32", "Позвонила: согласны, просят отгрузить первую в пятницу."), to: ["boris"] },
      said("anna", 1, "14:40", "Тогда делим накладную."),
    ],
  },
];
