import type { ConversationSummary } from "../../protocol/conversations.ts";
import type { Notification } from "../../protocol/notifications.ts";
import type { State } from "../../storage/activity/states.ts";
import type { Membership } from "../../storage/inbox/memberships.ts";
import { watchOf } from "./settings.ts";

/** One conversation from one user's place: its state, and what the user has set and read. */
export interface Place {
  state: State;
  membership: Membership | undefined;
  /** Ordinal of the last message from before the user was in it. */
  start: number;
  /** Ordinals of unread messages addressed to the user, ascending; context conversations only. */
  addressed: number[];
}

/** Ordinal up to which the user counts as having read: the marker, or an own message (writing means having read). */
export const readUpTo = ({ state, membership, start }: Place, user: string): number =>
  Math.max(start, membership?.marker ?? 0, state.authors[user] ?? 0);

export const unreadOf = (place: Place, user: string): number => Math.max(0, place.state.m - readUpTo(place, user));

/**
 * What the user is to be told of this conversation, or undefined (NTF-2, NTF-3, NTF-6). Derived from two ordinals and the
 * addressed messages, so each message is told exactly once and nothing is stored for each reader.
 */
export function notificationOf(place: Place, user: string): Notification | undefined {
  const { state, membership } = place;
  const read = readUpTo(place, user);
  const addressed = place.addressed.filter((m) => m > read);
  const told = watchOf(state.kind, membership)
    ? { count: unreadOf(place, user), first: read + 1 }
    : { count: addressed.length, first: addressed[0] ?? 0 };
  if (told.count === 0) return undefined;
  return {
    conversationId: state.conversation,
    title: state.summary.title,
    displayed: state.displayed,
    ...(state.summary.context !== null && { conversationContext: state.summary.context }),
    count: told.count,
    firstM: told.first,
    lastM: watchOf(state.kind, membership) ? state.m : (addressed.at(-1) ?? 0),
    addressed: addressed.length > 0,
    date: new Date(state.date).toISOString(),
    representation: membership?.representation ?? "Normal",
  };
}

/** What a list shows of a state; the user's part only when a user asks. */
export function summaryOf(state: State, place?: Place, user?: string): ConversationSummary {
  const { title, key, context, viewOnly, pair, last } = state.summary;
  return {
    id: state.conversation,
    ...(key !== null && { key }),
    title,
    group: state.kind !== "oneToOne",
    displayed: state.displayed,
    viewOnly,
    ...(context !== null && { conversationContext: context }),
    ...(pair && { members: pair }),
    lastMessageDate: new Date(state.date).toISOString(),
    n: state.n,
    m: state.m,
    ...(last && { lastMessage: last }),
    ...(place &&
      user !== undefined && {
        unread: unreadOf(place, user),
        watch: watchOf(state.kind, place.membership),
        representation: place.membership?.representation ?? "Normal",
      }),
  };
}
