import {
  holdingsOf,
  listFor,
  mayBeSearched,
  mayHaveNews,
  memberOf,
  notificationsFor,
  searchedBy,
  startingPoints,
} from "../src/domain/notifications/centre.ts";
import { Heard } from "../src/domain/notifications/heard.ts";
import type { UserCaller } from "../src/protocol/actors.ts";
import type { ConversationFilter, ConversationSummary } from "../src/protocol/conversations.ts";
import type { Page } from "../src/protocol/lists.ts";
import type { Notification } from "../src/protocol/notifications.ts";
import type { State } from "../src/storage/activity/states.ts";
import { writeMarker } from "../src/storage/inbox/memberships.ts";
import { byShard } from "../src/storage/objects/shards.ts";
import { activityShard } from "./stubs.ts";

export type Asking = Pick<UserCaller, "application" | "shards" | "user" | "since">;

/** What the users of an inbox shard see of all their conversations: its own rows, what activity knows, what was heard. */
export class Lists {
  readonly heard = new Heard();
  private readonly env: Env;
  private readonly sql: SqlStorage;

  constructor(env: Env, sql: SqlStorage) {
    this.env = env;
    this.sql = sql;
  }

  async list(asking: Asking, filter: ConversationFilter): Promise<Page<ConversationSummary>> {
    const holdings = holdingsOf(this.sql, asking.user);
    const states = await this.statesOf(asking, memberOf(holdings));
    this.begin(states, asking);
    return listFor(states, holdings, asking.since, filter);
  }

  async notifications(asking: Asking): Promise<Notification[]> {
    const holdings = holdingsOf(this.sql, asking.user);
    const states = await this.statesOf(asking, mayHaveNews(holdings));
    this.begin(states, asking);
    return notificationsFor(states, holdings, asking.since);
  }

  /** Conversations whose messages the user may look for, as far as this shard knows. */
  async searched(asking: Asking): Promise<ConversationSummary[]> {
    const holdings = holdingsOf(this.sql, asking.user);
    return searchedBy(await this.statesOf(asking, mayBeSearched(holdings)), holdings);
  }

  /** Whoever came late to a conversation of all users begins to read it here: with the first look, or the first setting. */
  begin(states: readonly State[], { user, since }: Pick<Asking, "user" | "since">): void {
    for (const { conversation, m } of startingPoints(states, holdingsOf(this.sql, user), since))
      writeMarker(this.sql, user, conversation, m);
  }

  private async statesOf({ application, shards }: Asking, conversations: string[]): Promise<State[]> {
    const groups = [...byShard(conversations, shards)];
    const answers = await Promise.all(
      groups.map(([shard, ids]) => activityShard(this.env, application, shard).states(ids)),
    );
    return answers.flat().map((state) => this.heard.freshen(state));
  }
}
