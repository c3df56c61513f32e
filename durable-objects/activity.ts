import { DurableObject } from "cloudflare:workers";
import { searchOf, select } from "../src/domain/conversations/search.ts";
import type { ConversationFilter } from "../src/protocol/conversations.ts";
import { allStates, forgetState, type State, stateOf, writeState } from "../src/storage/activity/states.ts";
import { openActivity } from "../src/storage/activity/store.ts";

/** One shard of an application's conversations: the last state of each, one row a dispatch. */
export class Activity extends DurableObject<Env> {
  private readonly sql = this.ctx.storage.sql;

  constructor(ctx: DurableObjectState, env: Env) {
    super(ctx, env);
    openActivity(this.sql);
  }

  /** A conversation has moved on. Its cursor moves when this call has returned: the row is then durable. */
  moved(state: State): void {
    writeState(this.sql, state);
  }

  /** States of these conversations; those never heard of are missing. */
  states(conversations: string[]): State[] {
    return conversations.map((id) => stateOf(this.sql, id)).filter((state) => state !== undefined);
  }

  /** The first states of a page, in order. */
  search(filter: ConversationFilter): State[] {
    return select(allStates(this.sql), searchOf(filter));
  }

  forget(conversation: string): void {
    forgetState(this.sql, conversation);
  }

  async erase(): Promise<void> {
    await this.ctx.storage.deleteAll();
    openActivity(this.sql);
  }
}
