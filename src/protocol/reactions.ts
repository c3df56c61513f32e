import * as v from "valibot";
import { Id } from "./ids.ts";
import { limits } from "./limits.ts";
import { paging } from "./lists.ts";
import { UserReference } from "./users.ts";

/** One emoji of Unicode, in its full form: skin tones, flags and families count as one, text and half emoji as none. */
export const Emoji = v.pipe(
  v.string(),
  v.maxLength(limits.emoji, `must be at most ${limits.emoji} characters`),
  v.regex(/^\p{RGI_Emoji}$/v, "must be one emoji"),
);

/** One kind of reaction to a message, with those who came first; {@link Reacted} lists them all. */
export const Reaction = v.pipe(
  v.object({ emoji: v.string(), count: v.number(), users: v.array(Id) }),
  v.metadata({ ref: "Reaction" }),
);
export type Reaction = v.InferOutput<typeof Reaction>;

/** One person's reaction. */
export const Reacted = v.pipe(v.object({ emoji: v.string(), user: Id }), v.metadata({ ref: "Reacted" }));
export type Reacted = v.InferOutput<typeof Reacted>;

export const ReactionPath = v.object({ message: v.string(), emoji: Emoji });

/** Of one kind, of one user, or all. */
export const ReactionsFilter = v.strictObject({
  count: paging.count,
  cursor: paging.cursor,
  emoji: v.optional(Emoji),
  user: v.optional(UserReference),
});
export type ReactionsFilter = v.InferOutput<typeof ReactionsFilter>;
