/** The texts of the demo application, in the languages that Beseda speaks. */
const en = {
  firm: "Romashka",
  orders: "Orders",
  order: (number: number) => `Order ${number}`,
  number: "Order",
  customer: "Customer",
  address: "Delivery address",
  due: "Due",
  status: "Status",
  sum: "Sum",
  item: "Item",
  count: "Quantity",
  price: "Price",
  total: "Total",
  statuses: { new: "New", assembling: "Being assembled", shipped: "Shipped" },
  change: "Change",
  back: "All orders",
  hidden: "This order is handled by others, so its contents are not shown.",
  locked: "No access",
  person: "You are",
  language: "Русский",
  site: "All conversations",
  ask: "Ask everybody to reload",
  askedTitle: "The application has been updated.",
  askedText: "What you are writing is kept.",
  reload: "Reload",
  later: "Later",
  notFound: "There is no such order",
  demo: "A demo: it shows what an application does to embed conversations, and is no finished product.",
};

const ru: typeof en = {
  firm: "Ромашка",
  orders: "Заказы",
  order: (number) => `Заказ ${number}`,
  number: "Заказ",
  customer: "Покупатель",
  address: "Адрес доставки",
  due: "Срок",
  status: "Состояние",
  sum: "Сумма",
  item: "Товар",
  count: "Количество",
  price: "Цена",
  total: "Итого",
  statuses: { new: "Новый", assembling: "Собирается", shipped: "Отгружен" },
  change: "Изменить",
  back: "Все заказы",
  hidden: "Этот заказ ведут другие сотрудники, поэтому его содержимое не показано.",
  locked: "Нет доступа",
  person: "Вы",
  language: "English",
  site: "Все обсуждения",
  ask: "Попросить всех обновить страницу",
  askedTitle: "Приложение обновилось.",
  askedText: "Начатое сообщение сохранится.",
  reload: "Обновить",
  later: "Позже",
  notFound: "Такого заказа нет",
  demo: "Демонстрация: показывает, как приложение встраивает обсуждения, и готовым продуктом не является.",
};

export const languages = { en, ru };
export type Language = keyof typeof languages;
export type Words = typeof en;

/** The language that a browser asks for. @param accepted its header `Accept-Language` */
export const wantedLanguage = (accepted: string): Language => (/^\s*en\b/i.test(accepted) ? "en" : "ru");
