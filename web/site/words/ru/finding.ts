import type { finding as english } from "../en/finding.ts";
import type { Widened } from "../shape.ts";
import { count, forms } from "./count.ts";

/** Conversations, people and messages: their lists, and looking for them. */
export const finding: Widened<typeof english> = {
  list: {
    title: "Обсуждения",
    search: "Обсуждение или человек",
    clear: "Очистить поиск",
    create: "Новое обсуждение",
    emptyTitle: "Обсуждений пока нет",
    emptyText: "Создайте первое: дайте ему тему и пригласите людей, или найдите человека в поиске.",
    nothingTitle: "Ничего не найдено",
    nothingText: "Поиск идёт по темам и именам. Чтобы найти сказанное, выберите «Сообщения».",
    failedTitle: "Не удалось загрузить обсуждения",
    people: "Люди",
    unread: (n) => count(n, forms("непрочитанное сообщение", "непрочитанных сообщения", "непрочитанных сообщений")),
    waiting: (n) => `Обсуждения с новыми сообщениями: ${n}`,
    quiet: "Не беспокоить",
    noMessages: "Сообщений пока нет",
    you: "Вы:",
    draft: "Черновик:",
    deleted: "Сообщение удалено",
  },
  creating: {
    title: "Новое обсуждение",
    name: "Тема",
    nameHint: "О чём оно?",
    members: "Участники",
    membersHint: "Введите имя",
    create: "Создать",
    needsTitle: "Укажите тему обсуждения.",
    needsMembers: "Выберите хотя бы одного человека.",
  },
  people: {
    you: "Вы",
    unknown: "Неизвестный пользователь",
    blocked: "Заблокирован",
    everyone: "Все пользователи приложения",
    remove: (name) => `Убрать: ${name}`,
    suggestions: "Подсказки",
    showAll: "Показать все",
    choose: "Выбор людей",
    formFailed: "Не удалось открыть список людей",
    more: "Показать ещё",
  },
  searching: {
    title: "Поиск в обсуждении",
    placeholder: "Слова из сообщения",
    nothing: "Таких слов нет ни в одном сообщении.",
    hint: "Поиск идёт только в этом обсуждении.",
    results: (n) => `Найдено: ${count(n, forms("сообщение", "сообщения", "сообщений"))}`,
  },
  found: {
    where: "Где искать",
    messages: "Сообщения",
    hint: "Введите хотя бы две буквы слова.",
    nothingTitle: "Таких слов нет ни в одном сообщении",
    nothingText: "Все слова должны быть в одном сообщении, в любой форме. В кавычках — рядом и в точности так.",
    notYetTitle: "Пока ничего не нашлось",
    notYetText: "Остались непросмотренные обсуждения и более давние сообщения.",
    further: "Искать дальше",
    looking: "Идёт поиск…",
    failedTitle: "Не удалось выполнить поиск",
    results: (n, hasMore) =>
      `${hasMore ? "Пока найдено" : "Найдено"}: ${count(n, forms("сообщение", "сообщения", "сообщений"))}`,
  },
  switcher: {
    title: "Перейти",
    placeholder: "Обсуждение или человек",
    hint: "Стрелки выбирают, Enter открывает",
  },
};
