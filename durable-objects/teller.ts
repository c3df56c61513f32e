import { excerptOf } from "../src/domain/conversations/news.ts";
import type { Activity } from "../src/protocol/live.ts";
import type { Message } from "../src/protocol/messages.ts";
import type { Facts } from "../src/storage/conversation/facts.ts";
import type { ConversationStore } from "../src/storage/conversation/store.ts";
import { enqueueJob } from "../src/storage/jobs.ts";
import { byShard, shardsIn } from "../src/storage/objects/shards.ts";
import { inboxShard } from "./stubs.ts";

/** Two hints a second and conversation are enough for lists and pop-ups; whoever has it open hears every event anyway. */
const pauseMs = 500;
const messagesInHint = 20;

/**
 * Tells the inboxes of new messages: at once, then at most twice a second. Not durable on purpose: what an inbox must
 * know for certain it reads from the activity shard and from its own rows.
 */
export class Teller {
  private readonly env: Env;
  private readonly store: ConversationStore;
  private waiting: Message[] = [];
  private missed = 0;
  private isPausing = false;
  private asks = false;

  constructor(env: Env, store: ConversationStore) {
    this.env = env;
    this.store = store;
  }

  /**
   * A message is new, or the latest one was changed.
   * @param access how the application answers for the Read right: by callback, a consumer has to ask it first
   */
  note(message: Message, access: "claims" | "callback"): void {
    if (!this.store.facts?.displayed) return;
    this.asks = access === "callback";
    this.waiting.push(message);
    if (this.waiting.length > messagesInHint) {
      this.waiting.shift();
      this.missed++;
    }
    if (this.isPausing) return;
    this.isPausing = true;
    this.tell();
    this.tellRestLater();
  }

  private tellRestLater(): void {
    setTimeout(() => {
      if (this.waiting.length === 0) {
        this.isPausing = false;
        return;
      }
      this.tell();
      this.tellRestLater();
    }, pauseMs);
  }

  private tell(): void {
    const { facts, n } = this.store;
    const messages = this.waiting;
    if (!facts) return;
    const activity = activityOf(this.store, facts, messages, this.missed);
    this.waiting = [];
    this.missed = 0;
    if (facts.kind === "context" && this.asks) return this.tellThroughConsumer(facts, messages[0]?.n ?? n);
    const addressed =
      facts.kind === "context" ? byShard(recipientsOf(messages), facts.shards) : new Map<number, string[]>();
    for (const shard of new Set([...audienceShards(facts), ...addressed.keys()])) {
      inboxShard(this.env, facts.application, shard)
        .hint({ activity, addressed: addressed.get(shard) ?? [] })
        .catch((error: unknown) => console.warn("An inbox was not told", facts.conversation, error));
    }
  }

  /** No object ever waits for the outside world, so asking an application for Read rights is a consumer's work. */
  private tellThroughConsumer({ application, conversation }: Facts, from: number): void {
    const job = { kind: "tell" as const, application, conversation, from, to: this.store.n };
    enqueueJob(this.env, job).catch((error: unknown) => console.warn("A job was not queued", job, error));
  }
}

/** Inbox shards with somebody to tell. */
export const audienceShards = ({ everyone, audience, shards }: Facts): number[] =>
  everyone ? Array.from({ length: shards }, (_, shard) => shard) : shardsIn(audience, shards);

/** Who is addressed by messages told for the first time. */
export const recipientsOf = (messages: readonly Message[]): Set<string> =>
  new Set(
    messages
      .filter(({ edited, deleted }) => !edited && !deleted)
      .flatMap(({ recipients = [], author }) => recipients.filter((user) => user !== author)),
  );

/** What lists and notification centres are told. */
export function activityOf(
  store: ConversationStore,
  facts: Facts,
  messages: readonly Message[],
  missed: number,
): Activity {
  return {
    conversationId: facts.conversation,
    title: facts.title,
    displayed: facts.displayed,
    ...(facts.context !== null && { conversationContext: facts.context }),
    n: store.n,
    m: store.m,
    date: new Date(store.date).toISOString(),
    messages: messages.map(({ id, n, m, author, date, text, recipients, edited, deleted }) => ({
      id,
      n,
      m,
      author,
      date,
      text: excerptOf(text),
      ...(recipients && { recipients }),
      ...(edited && { edited }),
      ...(deleted && { deleted }),
    })),
    missed,
  };
}
