import type { en } from "./en.ts";

/** A group of texts in any language: names and what they are given stand, what is said does not. */
export type Widened<Group> = {
  [Name in keyof Group]: Group[Name] extends string
    ? string
    : Group[Name] extends (...given: infer Given) => string
      ? (...given: Given) => string
      : Widened<Group[Name]>;
};

/** Every text of the site. Another language is one more file that has them all. */
export type Words = Widened<typeof en>;
