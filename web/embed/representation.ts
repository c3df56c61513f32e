/** Whether a view offers the command (CNV-41). `auto` does for views of objects and records, which have a context. */
export const representations = ["auto", "show", "dont-show"] as const;
export type Representation = (typeof representations)[number];

/** What an attribute says; whatever else stands there means `auto`. */
export const representationOf = (value: string | null): Representation =>
  representations.find((one) => one === value) ?? "auto";

interface View {
  representation: Representation;
  /** Navigation URL of the object; empty for a view of none, and for an object that is not saved yet. */
  context: string;
  /** Does it block its owner window, or the whole interface? Such views never have a conversation (CNV-40). */
  isModal: boolean;
}

export function offersConversation({ representation, context, isModal }: View): boolean {
  if (isModal || representation === "dont-show") return false;
  return representation === "show" || context !== "";
}
