import * as v from "valibot";
import { Id } from "./ids.ts";
import { limits } from "./limits.ts";
import { Flag, paging } from "./lists.ts";
import { Message } from "./messages.ts";
import { name } from "./strings.ts";

/** What is looked for in the messages of all the caller's conversations. */
export const SearchQuery = v.strictObject({
  /** Words in any form, the last one perhaps unfinished; an exact phrase in quotes. */
  text: name(limits.searchText),
  count: paging.count,
  cursor: paging.cursor,
  displayed: v.optional(Flag),
});
export type SearchQuery = v.InferOutput<typeof SearchQuery>;

/** A word that was found: where it stands in the message's text, in UTF-16 units, `to` left out. */
export const Mark = v.object({ from: v.number(), to: v.number() });
export type Mark = v.InferOutput<typeof Mark>;

/** A message that fits, with the conversation in which it stands. */
export const FoundMessage = v.pipe(
  v.object({
    conversation: v.object({
      id: Id,
      title: v.string(),
      group: v.boolean(),
      displayed: v.boolean(),
      conversationContext: v.optional(v.string()),
      /** The two people of a one-to-one conversation. */
      members: v.optional(v.array(v.string())),
    }),
    message: Message,
    marks: v.array(Mark),
  }),
  v.metadata({ ref: "FoundMessage" }),
);
export type FoundMessage = Omit<v.InferOutput<typeof FoundMessage>, "message"> & { message: Message };
