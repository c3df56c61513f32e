import { later as en } from "./en/later.ts";
import { later as ru } from "./ru/later.ts";
import type { Widened } from "./shape.ts";
import { language } from "./words.ts";

/** The texts of what is loaded behind the first screen, in the language that is spoken now. */
export const later = (): Widened<typeof en> => (language === "ru" ? ru : en);
