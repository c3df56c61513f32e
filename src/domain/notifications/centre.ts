import type { ConversationFilter, ConversationSummary } from "../../protocol/conversations.ts";
import type { Page } from "../../protocol/lists.ts";
import type { Notification } from "../../protocol/notifications.ts";
import type { State } from "../../storage/activity/states.ts";
import { addressedTo } from "../../storage/inbox/addressed.ts";
import { audienceOf, audiencesOfEveryone } from "../../storage/inbox/audiences.ts";
import { type Membership, membershipsOf } from "../../storage/inbox/memberships.ts";
import { pageOfStates, searchOf, select } from "../conversations/search.ts";
import { notificationOf, type Place, summaryOf } from "./unread.ts";

/** Everything one user has to do with in this shard. */
export interface Holdings {
  user: string;
  memberships: Map<string, Membership>;
  /** Conversations of all users with the moment of their creation. */
  everyones: Map<string, number>;
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
    everyones: new Map(audiencesOfEveryone(sql).map(({ conversation, created }) => [conversation, created])),
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

/** Contexts among those conversations: whether the user may read them is for the door to find out. */
export const contextsWithNews = (sql: SqlStorage, holdings: Holdings): Map<string, string | undefined> =>
  new Map(
    mayHaveNews(holdings).map((conversation) => [conversation, audienceOf(sql, conversation)?.context ?? undefined]),
  );

/**
 * The user's place in a conversation. Somebody who came to the application after a conversation of all users was created
 * has nothing unread in it from before: `from` is the ordinal to start with.
 */
const placeOf = (state: State, holdings: Holdings, since: number): Place => {
  const membership = holdings.memberships.get(state.conversation);
  const created = holdings.everyones.get(state.conversation);
  const late = created !== undefined && !membership && since > created;
  return {
    state,
    membership: late ? startingAt(state, holdings.user) : membership,
    addressed: holdings.addressed.get(state.conversation) ?? [],
  };
};

const startingAt = ({ conversation, m }: State, user: string): Membership => ({
  user,
  conversation,
  member: false,
  n: 0,
  marker: m,
  watch: null,
  representation: "Normal",
});

/** Conversations of all users in which a late-comer has no starting point yet, with the ordinal to start from. */
export const startingPoints = (
  states: readonly State[],
  holdings: Holdings,
  since: number,
): { conversation: string; m: number }[] =>
  states
    .filter(
      ({ conversation }) =>
        !holdings.memberships.has(conversation) &&
        since > (holdings.everyones.get(conversation) ?? Number.POSITIVE_INFINITY),
    )
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
    .flatMap((state) => notificationOf(placeOf(state, holdings, since), holdings.user) ?? [])
    .sort((a, b) => (a.date > b.date ? -1 : a.date < b.date ? 1 : a.conversationId < b.conversationId ? -1 : 1));
