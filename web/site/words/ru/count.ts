import { countIn, type Forms } from "../plural.ts";

export const count = countIn("ru");

/** 1 сообщение, 2 сообщения, 5 сообщений; parts of one go like 2. */
export const forms = (one: string, few: string, many: string): Forms => ({ one, few, many, other: few });
