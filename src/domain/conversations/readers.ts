import type { Caller } from "../../protocol/actors.ts";
import { limits } from "../../protocol/limits.ts";
import { Problem } from "../../protocol/problems.ts";
import type { Facts } from "../../storage/conversation/facts.ts";
import { ordinalBefore } from "../../storage/conversation/messages.ts";
import type { ConversationStore } from "../../storage/conversation/store.ts";
import { enter } from "./access.ts";

/** Who has read up to where is told in small rooms of listed members: elsewhere nobody could follow it. */
export const tellsReaders = ({ kind, everyone, memberCount }: Facts): boolean =>
  kind !== "context" && !everyone && memberCount <= limits.readersMembers;

/** The facts, for a caller who may know. @throws Problem `not_found`, `not_supported` */
export function requireReaders(store: ConversationStore, caller: Caller, now: number): Facts {
  const facts = enter(store, caller, now);
  if (tellsReaders(facts)) return facts;
  throw new Problem(
    "not_supported",
    `Who has read is told among at most ${limits.readersMembers} listed members, and not in conversations of objects or of everybody`,
  );
}

/** A member's marker as the inbox keeps it, and the event with which the membership began. */
export interface Marked {
  user: string;
  marker: number;
  n: number;
}

/** The ordinal read up to. Markers begin at the last message before joining: nobody has read that one for it. */
export const readBy = (store: ConversationStore, { marker, n }: Marked): number =>
  marker > (n > 0 ? ordinalBefore(store.sql, n) : 0) ? marker : 0;
