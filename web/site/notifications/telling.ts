import type { Representation } from "../../../src/sdk/client/index.ts";

export interface Situation {
  /** The user's own "Do not disturb". */
  doNotDisturb: boolean;
  /** That of the conversation. */
  representation: Representation;
  /** The conversation is before the user's eyes. */
  isSeen: boolean;
  wantsSound: boolean;
}

/** How the user is told of a message. The notification centre has its entry in any case. */
export function tellingOf({ doNotDisturb, representation, isSeen, wantsSound }: Situation): {
  popUp: boolean;
  sound: boolean;
} {
  const isTold = !doNotDisturb && representation === "Normal" && !isSeen;
  return { popUp: isTold, sound: isTold && wantsSound };
}

/** The title of the page: how many conversations wait, then what is open. */
export const pageTitleOf = (waiting: number, open: string | undefined, product: string): string =>
  `${waiting > 0 ? `(${waiting}) ` : ""}${open ? `${open} · ` : ""}${product}`;
