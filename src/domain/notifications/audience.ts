import type { State } from "../../storage/activity/states.ts";
import { type Audience, audienceOf, writeAudience } from "../../storage/inbox/audiences.ts";
import { membershipOf, writeMember } from "../../storage/inbox/memberships.ts";
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

export const audienceFor = (
  { conversation, kind, displayed, summary }: State,
  created: number,
  everyone: boolean,
): Audience => ({
  conversation,
  kind,
  displayed,
  context: summary.context,
  everyone,
  created,
  people: {},
});

/** Writes the rows that a change of members means for this shard; repeats and late news change nothing. */
export function applyMembers(sql: SqlStorage, { state, created, everyone, changes }: MembershipNews): MembershipEffect {
  const { conversation } = state;
  const known = audienceOf(sql, conversation);
  const audience = known ?? audienceFor(state, created, everyone);
  const effect: MembershipEffect = { joined: [], left: [], everybody: undefined, blocked: [] };
  for (const { user, member, n, m } of changes) {
    if (isEverybody(user)) {
      if (known?.everyone !== member) effect.everybody = member ? "joined" : "left";
    } else if (writeMember(sql, user, conversation, member, n, m)) {
      (member ? effect.joined : effect.left).push(user);
      if (member) audience.people[user] = watchOf(state.kind, membershipOf(sql, user, conversation)) ? 1 : 0;
      else delete audience.people[user];
    }
    if (member && standingOf(sql, user).blocked) effect.blocked.push(user);
  }
  audience.everyone = everyone;
  writeAudience(sql, audience);
  return effect;
}
