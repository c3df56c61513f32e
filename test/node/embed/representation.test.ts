import { expect, test } from "vitest";
import { offersConversation, representationOf } from "../../../web/embed/representation.ts";

test.for([
  ["auto", "/orders/1041", false, true],
  ["auto", "", false, false],
  ["auto", "/orders/1041", true, false],
  ["show", "/orders/1041", false, true],
  ["show", "", false, true],
  ["show", "/orders/1041", true, false],
  ["dont-show", "/orders/1041", false, false],
  ["dont-show", "", true, false],
] as const)(
  "CNV-40 CNV-41 %s, context %s, blocking %s: the command is there %s",
  ([value, context, isModal, isThere]) => {
    expect(offersConversation({ representation: representationOf(value), context, isModal })).toBe(isThere);
  },
);

test("CNV-41 whatever an attribute does not know means auto", () => {
  expect([null, "", "Show", "hide"].map(representationOf)).toEqual(["auto", "auto", "auto", "auto"]);
});
