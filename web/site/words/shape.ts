import type { en } from "./en.ts";

type Widened<Group> = {
  [Name in keyof Group]: Group[Name] extends string
    ? string
    : Group[Name] extends (...given: infer Given) => string
      ? (...given: Given) => string
      : Widened<Group[Name]>;
};

/** Every text of the site. Another language is one more file that has them all. */
export type Words = Widened<typeof en>;
