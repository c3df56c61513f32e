import * as dates from "./dates.ts";
import { en } from "./en.ts";
import type { Words } from "./shape.ts";

export const languages = { en: "English", ru: "Русский" } as const;
export type Language = keyof typeof languages;

/** The texts in the language that is spoken now. */
export let words: Words = en;
export let language: Language = "en";

/** The language a browser asks for, among those spoken here. */
export function wantedLanguage(preferred: readonly string[]): Language {
  for (const tag of preferred) {
    const [first = ""] = tag.toLowerCase().split("-");
    if (first in languages) return first as Language;
  }
  return "en";
}

/** Only the language that is spoken is loaded. */
export async function speak(wanted: Language): Promise<void> {
  words = wanted === "ru" ? (await import("./ru.ts")).ru : en;
  language = wanted;
}

export const clock = (date: Date): string => dates.clockOf(date, language);
export const day = (date: Date): string => dates.dayOf(date, new Date(), language);
export const short = (date: Date): string => dates.shortOf(date, new Date(), language);
/** A date without a time. */
export const date = (moment: Date): string => new Intl.DateTimeFormat(language, { dateStyle: "long" }).format(moment);
export const exact = (date: Date): string => dates.exactOf(date, language);
export const size = (bytes: number): string => dates.sizeOf(bytes, language);
