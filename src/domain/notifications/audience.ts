import type { State } from "../../storage/activity/states.ts";
import { type Audience, audienceOf, writeAudience } from "../../storage/inbox/audiences.ts";
import { choosersOf, membershipOf, writeMember } from "../../storage/inbox/memberships.ts";
import { standingOf } from "../../storage/inbox/people.ts";
import { isEverybody, type MemberChange } from "../conversations/news.ts";
import { watchOf } from "./settings.ts";

/** What an inbox shard is told when people join or leave a conversation. */
export interface MembershipNews {
  state: State;
  /** Milliseconds. */
  created: number;
  everyone: boolean;
  changes: readonly MemberChange[];
}

/** Users of this shard to tell: who is in now and was not before, and the reverse. */
export interface MembershipEffect {
  joined: string[];
  left: string[];
  everybody: "joined" | "left" | undefined;
  /** Joined ones that are blocked: a one-to-one conversation must know. */
  blocked: string[];
}

export const audienceFor = ({ conversation, kind, displayed, summary }: State, created: number): Audience => ({
  conversation,
  kind,
  displayed,
  context: summary.context,
  everyone: false,
  created,
  start: 0,
  people: {},
});

/** Writes the rows that a change of members means for this shard; repeats and late news change nothing. */
export function applyMembers(
  sql: SqlStorage,
  { state, created, everyone, changes }: MembershipNews,
  now: number,
): MembershipEffect {
  const { conversation } = state;
  const audience = audienceOf(sql, conversation) ?? audienceFor(state, created);
  const effect: MembershipEffect = { joined: [], left: [], everybody: undefined, blocked: [] };
  const ofEverybody = changes.findLast(({ user }) => isEverybody(user));
  if (ofEverybody && audience.everyone !== everyone) {
    turn(sql, audience, ofEverybody, everyone, now);
    effect.everybody = everyone ? "joined" : "left";
  }
  for (const { user, member, n, m } of changes) {
    if (!isEverybody(user) && writeMember(sql, user, conversation, member, n, m)) {
      (member ? effect.joined : effect.left).push(user);
      place(sql, audience, user);
    }
    if (member && standingOf(sql, user).blocked) effect.blocked.push(user);
  }
  writeAudience(sql, audience);
  return effect;
}

/** A conversation becomes everybody's, or is so no longer. */
function turn(sql: SqlStorage, audience: Audience, { n, m }: MemberChange, everyone: boolean, now: number): void {
  audience.everyone = everyone;
  if (everyone) {
    audience.start = m;
    if (n > 0) audience.created = now;
  }
  const concerned = everyone ? choosersOf(sql, audience.conversation) : Object.keys(audience.people);
  for (const user of concerned) place(sql, audience, user);
}

/** Puts a user into the audience with the present choice, or takes one without access out of it. */
export function place(sql: SqlStorage, audience: Audience, user: string): void {
  const { conversation, kind, everyone, people } = audience;
  const membership = membershipOf(sql, user, conversation);
  const chose = membership !== undefined && membership.watch !== null;
  if (membership?.member || (chose && (everyone || kind === "context")))
    people[user] = watchOf(kind, membership) ? 1 : 0;
  else delete people[user];
}
