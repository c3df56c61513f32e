import type { ConversationFilter, ConversationSummary } from "../../protocol/conversations.ts";
import type { Page } from "../../protocol/lists.ts";
import type { Notification } from "../../protocol/notifications.ts";
import type { State } from "../../storage/activity/states.ts";
import { addressedTo } from "../../storage/inbox/addressed.ts";
import { type Audience, audiencesOfEveryone } from "../../storage/inbox/audiences.ts";
import { type Membership, membershipsOf } from "../../storage/inbox/memberships.ts";
import { pageOfStates, searchOf, select } from "../conversations/search.ts";
import { notificationOf, type Place, summaryOf } from "./unread.ts";

/** Everything one user has to do with in this shard. */
export interface Holdings {
  user: string;
  memberships: Map<string, Membership>;
  /** Conversations of all users: since when, and from which message on. */
  everyones: Map<string, Pick<Audience, "created" | "start">>;
  /** Conversation -> ordinals of messages addressed to the user. */
  addressed: Map<string, number[]>;
}

export function holdingsOf(sql: SqlStorage, user: string): Holdings {
  const addressed = new Map<string, number[]>();
  for (const { conversation, m } of addressedTo(sql, user))
    addressed.set(conversation, [...(addressed.get(conversation) ?? []), m]);
  return {
    user,
    memberships: new Map(membershipsOf(sql, user).map((membership) => [membership.conversation, membership])),
    everyones: new Map(audiencesOfEveryone(sql).map((audience) => [audience.conversation, audience])),
    addressed,
  };
}

/** Conversations the user is in: as a listed member, or with everybody. */
export const memberOf = ({ memberships, everyones }: Holdings): string[] => [
  ...everyones.keys(),
  ...[...memberships.values()]
    .filter(({ member, conversation }) => member && !everyones.has(conversation))
    .map(({ conversation }) => conversation),
];

/** Conversations that may have news for the user: those of {@link memberOf}, watched ones, and ones with addressed messages. */
export const mayHaveNews = (holdings: Holdings): string[] => [
  ...new Set([
    ...memberOf(holdings),
    ...[...holdings.memberships.values()].filter(({ watch }) => watch === true).map(({ conversation }) => conversation),
    ...holdings.addressed.keys(),
  ]),
];

/** Conversations whose messages the user may be looking for: all that this shard ever knew the user to have to do with. */
export const mayBeSearched = ({ memberships, everyones, addressed }: Holdings): string[] => [
  ...new Set([...everyones.keys(), ...memberships.keys(), ...addressed.keys()]),
];

/** Those of them that the user is in, as lists show them. */
export const searchedBy = (states: readonly State[], holdings: Holdings): ConversationSummary[] =>
  states.filter((state) => isIn(state, holdings)).map((state) => summaryOf(state));

/** May the user hear of it as far as this shard knows? Whether a context may be read is for the door to find out. */
const isIn = ({ kind, conversation }: State, { memberships, everyones }: Holdings): boolean =>
  kind === "context" || everyones.has(conversation) || memberships.get(conversation)?.member === true;

/** Is this a conversation of all users that the user, who came later, has not begun to read? */
const isLate = (conversation: string, { memberships, everyones }: Holdings, since: number): boolean =>
  !memberships.has(conversation) && since > (everyones.get(conversation)?.created ?? Number.POSITIVE_INFINITY);

/**
 * The user's place in a conversation. Whoever is in it with everybody has nothing unread from before that: from before it
 * became everybody's, and, for who came to the application later, from before the first look.
 */
const placeOf = (state: State, holdings: Holdings, since: number): Place => {
  const { conversation, m } = state;
  const membership = holdings.memberships.get(conversation);
  const start = membership?.member ? 0 : (holdings.everyones.get(conversation)?.start ?? 0);
  return {
    state,
    membership,
    start: isLate(conversation, holdings, since) ? m : start,
    addressed: holdings.addressed.get(conversation) ?? [],
  };
};

/** Conversations of all users in which a late-comer has no starting point yet, with the ordinal to start from. */
export const startingPoints = (
  states: readonly State[],
  holdings: Holdings,
  since: number,
): { conversation: string; m: number }[] =>
  states
    .filter(({ conversation }) => isLate(conversation, holdings, since))
    .map(({ conversation, m }) => ({ conversation, m }));

/** One page of the user's conversations by last message, as the filter says. */
export function listFor(
  states: readonly State[],
  holdings: Holdings,
  since: number,
  filter: ConversationFilter,
): Page<ConversationSummary> {
  const search = searchOf(filter);
  return pageOfStates(select(states, search), search, (state) =>
    summaryOf(state, placeOf(state, holdings, since), holdings.user),
  );
}

/** What the user has not seen, newest first. */
export const notificationsFor = (states: readonly State[], holdings: Holdings, since: number): Notification[] =>
  states
    .filter((state) => isIn(state, holdings))
    .flatMap((state) => notificationOf(placeOf(state, holdings, since), holdings.user) ?? [])
    .sort((a, b) => (a.date > b.date ? -1 : a.date < b.date ? 1 : a.conversationId < b.conversationId ? -1 : 1));
