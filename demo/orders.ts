import { existsSync, readFileSync, writeFileSync } from "node:fs";
import type { Language } from "./words.ts";

type Text = Record<Language, string>;

export interface Order {
  number: number;
  customer: Text;
  address: Text;
  /** Days from today on which it has to be there. */
  dueInDays: number;
  lines: { item: Text; count: number /** Roubles for one. */; price: number }[];
}

/** What may be said of how far an order is. */
export const statuses = ["new", "assembling", "shipped"] as const;
export type Status = (typeof statuses)[number];

/** Where an order is in the application: what conversations know it by. */
export const urlOf = ({ number }: Order): string => `/orders/${number}`;

export const sumOf = ({ lines }: Order): number => lines.reduce((sum, { count, price }) => sum + count * price, 0);

/** What changes about an order. */
interface Kept {
  status?: Status;
  tasks?: string[];
}

const tasksAtMost = 50;
const taskCharacters = 300;

/** The orders of the firm. What changes about them stands in a file, and so it survives a restart. */
export class Orders {
  readonly all: readonly Order[] = orders;
  readonly #file: string;

  constructor(file: string) {
    this.#file = file;
  }

  at(url: string): Order | undefined {
    return this.all.find((order) => urlOf(order) === url);
  }

  statusOf(order: Order): Status {
    const { number } = order;
    return this.#keptOf(order).status ?? (number === 1043 ? "shipped" : number === 1044 ? "new" : "assembling");
  }

  setStatus(order: Order, status: Status): void {
    this.#keep(order, { status });
  }

  tasksOf(order: Order): string[] {
    return this.#keptOf(order).tasks ?? [];
  }

  /** The oldest go when there are too many. */
  addTask(order: Order, text: string): void {
    this.#keep(order, { tasks: [...this.tasksOf(order), text.slice(0, taskCharacters)].slice(-tasksAtMost) });
  }

  #keptOf({ number }: Order): Kept {
    return this.#all()[number] ?? {};
  }

  #keep(order: Order, changes: Kept): void {
    const kept = { ...this.#all(), [order.number]: { ...this.#keptOf(order), ...changes } };
    writeFileSync(this.#file, JSON.stringify(kept));
  }

  #all(): Record<number, Kept> {
    return existsSync(this.#file) ? (JSON.parse(readFileSync(this.#file, "utf8")) as Record<number, Kept>) : {};
  }
}

const orders: readonly Order[] = [
  {
    number: 1041,
    customer: { ru: "ООО «Северный ветер»", en: "Severny Veter LLC" },
    address: { ru: "Тверь, ул. Коминтерна, 18", en: "18 Kominterna St, Tver" },
    dueInDays: 1,
    lines: [
      { item: { ru: "Двигатель АИР 112", en: "Motor AIR 112" }, count: 2, price: 31_400 },
      { item: { ru: "Муфта упругая МУВП-4", en: "Flexible coupling MUVP-4" }, count: 2, price: 4_250 },
      { item: { ru: "Вентилятор ВЦ 14-46", en: "Fan VC 14-46" }, count: 1, price: 58_900 },
    ],
  },
  {
    number: 1042,
    customer: { ru: "Завод «Прогресс»", en: "Progress Works" },
    address: { ru: "Клин, Советская площадь, 3", en: "3 Sovetskaya Sq, Klin" },
    dueInDays: 4,
    lines: [
      { item: { ru: "Подшипник 6208", en: "Bearing 6208" }, count: 240, price: 310 },
      { item: { ru: "Смазка, 18 кг", en: "Grease, 18 kg" }, count: 4, price: 5_600 },
    ],
  },
  {
    number: 1043,
    customer: { ru: "ИП Лукина", en: "Lukina, sole trader" },
    address: { ru: "Конаково, ул. Баскакова, 7", en: "7 Baskakova St, Konakovo" },
    dueInDays: -1,
    lines: [{ item: { ru: "Насос К 20/30", en: "Pump K 20/30" }, count: 1, price: 27_800 }],
  },
  {
    number: 1044,
    customer: { ru: "Тверской хлебозавод № 2", en: "Tver Bakery No. 2" },
    address: { ru: "Тверь, пр-т Победы, 41", en: "41 Pobedy Ave, Tver" },
    dueInDays: 6,
    lines: [
      { item: { ru: "Ремень клиновой В-1800", en: "V-belt B-1800" }, count: 30, price: 640 },
      { item: { ru: "Редуктор Ч-80", en: "Gearbox Ch-80" }, count: 1, price: 42_300 },
    ],
  },
];
