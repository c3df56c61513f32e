import { colleagues, people } from "./people.ts";
import type { Language } from "./words.ts";

interface Department {
  name: Record<Language, string>;
  /** UUIDs of its people in the application. */
  people: string[];
}

const uuidsOf = (...names: string[]): string[] =>
  [...people, ...colleagues].filter(({ name }) => names.includes(name)).map(({ infoBaseUserId }) => infoBaseUserId);

/** How the firm is divided; Beseda knows nothing of it. */
export const departments: readonly Department[] = [
  { name: { ru: "Склад", en: "Warehouse" }, people: uuidsOf("Борис", "Глеб") },
  { name: { ru: "Бухгалтерия", en: "Accounts" }, people: uuidsOf("Дарья") },
  { name: { ru: "Доставка", en: "Delivery" }, people: uuidsOf("Глеб", "Олег") },
];
