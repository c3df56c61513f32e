import type { Conversation } from "../../../src/protocol/conversations.ts";
import type { Message } from "../../../src/protocol/messages.ts";

/**
 * Something the server was told to change. Once the change is acknowledged it is certain; until then it may be true or
 * not, and after a crash both are right.
 */
export class Told<Value> {
  certain: Value;
  doubtful: Value | undefined;

  constructor(certain: Value) {
    this.certain = certain;
  }

  async change(value: Value, work: () => Promise<unknown>): Promise<void> {
    this.doubtful = value;
    await work();
    this.certain = value;
    this.doubtful = undefined;
  }

  allows(value: Value): boolean {
    return value === this.certain || value === this.doubtful;
  }
}

/** A message that a sender tried to post. */
export interface Posted {
  sender: number;
  room: string;
  draft: { text: string; clientId: string; seen: number; recipients?: string[] };
  /** As it was acknowledged last; absent while nothing was. */
  stored?: Message;
  /** A change of it that was under way: the new text, or null for a deletion. */
  doubtful?: string | null;
}

/** A conversation that a sender tried to create. */
export interface Created {
  sender: number;
  draft: { title: string; clientId: string; members: string[] };
  stored?: Conversation;
}

/** What the server has acknowledged, and what was under way: kept outside of it. */
export class Ledger {
  acknowledged = 0;
  readonly posts: Posted[] = [];
  readonly created: Created[] = [];
  /** "room user" → is a member. */
  readonly members = new Map<string, Told<boolean>>();
  /** room → title. */
  readonly titles = new Map<string, Told<string>>();
  /** room → ordinal up to which the reader has read. */
  readonly markers = new Map<string, Told<number>>();
  /** Answers that should not have come. */
  readonly complaints: string[] = [];
  /** From here on lost answers are no surprise. */
  isEnding = false;
}
