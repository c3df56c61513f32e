import { excerptOf } from "../src/domain/conversations/news.ts";
import type { Addressed, Hint, TellJob } from "../src/protocol/jobs.ts";
import type { Activity } from "../src/protocol/live.ts";
import type { Message } from "../src/protocol/messages.ts";
import type { Facts } from "../src/storage/conversation/facts.ts";
import { messagesBetween } from "../src/storage/conversation/messages.ts";
import { revokedReads } from "../src/storage/conversation/revocations.ts";
import type { ConversationStore } from "../src/storage/conversation/store.ts";
import { enqueueJob } from "../src/storage/jobs.ts";
import { byShard, shardsIn } from "../src/storage/objects/shards.ts";
import { inboxShard } from "./stubs.ts";

/** Two hints a second and conversation are enough for lists and pop-ups; whoever has it open hears every event anyway. */
const pauseMs = 500;
const messagesInHint = 20;

/** A message to tell of; `isNew` unless it was told before and has changed since. */
interface Telling {
  message: Message;
  isNew: boolean;
}

/** What one hint says, gathered message by message: of the oldest only that they were there. */
class Gathering {
  readonly tellings: Telling[] = [];
  readonly authors: Record<string, number> = {};
  missed = 0;
  /** Number of the first message that nobody was told of yet. */
  from: number | undefined;
  private readonly addressedInMissed: Addressed[] = [];

  add(telling: Telling): void {
    const { message, isNew } = telling;
    if (isNew) {
      this.authors[message.author] = message.m;
      this.from ??= message.n;
    }
    this.tellings.push(telling);
    if (this.tellings.length > messagesInHint) this.leaveOut(this.tellings.shift());
  }

  /** What waits is told as it is now. @returns whether the message waits */
  replace(message: Message): boolean {
    const telling = this.tellings.find(({ message: { n } }) => n === message.n);
    if (telling) telling.message = message;
    return telling !== undefined;
  }

  /** Who is addressed by messages told for the first time. */
  get addressed(): Addressed[] {
    return [...this.addressedInMissed, ...this.tellings.flatMap(addressedBy)];
  }

  private leaveOut(telling: Telling | undefined): void {
    if (!telling?.isNew) return;
    this.missed++;
    this.addressedInMissed.push(...addressedBy(telling));
  }
}

/**
 * Tells the inboxes of new messages: at once, then at most twice a second. Not durable on purpose: what an inbox must
 * know for certain it reads from the activity shard and from its own rows.
 */
export class Teller {
  private readonly env: Env;
  private readonly store: ConversationStore;
  private gathering = new Gathering();
  private isPausing = false;
  private asks = false;

  constructor(env: Env, store: ConversationStore) {
    this.env = env;
    this.store = store;
  }

  /**
   * A message is new.
   * @param access how the application answers for the Read right: by callback, a consumer has to ask it first
   */
  note(message: Message, access: "claims" | "callback"): void {
    this.gather({ message, isNew: true }, access);
  }

  /** A message was changed: lists show the latest one. */
  change(message: Message, access: "claims" | "callback"): void {
    if (this.gathering.replace(message) || message.m !== this.store.m) return;
    this.gather({ message, isNew: false }, access);
  }

  /** Tells what waits now, before somebody comes who has no part in it. */
  flush(): void {
    if (this.gathering.tellings.length > 0) this.tell();
  }

  private gather(telling: Telling, access: "claims" | "callback"): void {
    this.asks = access === "callback";
    this.gathering.add(telling);
    if (this.isPausing) return;
    this.isPausing = true;
    this.tell();
    this.tellRestLater();
  }

  private tellRestLater(): void {
    setTimeout(() => {
      if (this.gathering.tellings.length === 0) {
        this.isPausing = false;
        return;
      }
      this.tell();
      this.tellRestLater();
    }, pauseMs);
  }

  private tell(): void {
    const { facts } = this.store;
    const gathering = this.gathering;
    this.gathering = new Gathering();
    if (!facts) return;
    if (facts.kind === "context" && this.asks) return this.tellThroughConsumer(facts, gathering);
    const { addressed, ...content } = contentOf(this.store, facts, gathering);
    const toldToo = byShard(facts.kind === "context" ? addressed : [], facts.shards, ({ user }) => user);
    for (const shard of new Set([...audienceShards(facts), ...toldToo.keys()])) {
      inboxShard(this.env, facts.application, shard)
        .hint({ ...content, addressed: toldToo.get(shard) ?? [] })
        .catch((error: unknown) => console.warn("An inbox was not told", facts.conversation, error));
    }
  }

  /** No object ever waits for the outside world, so asking an application for Read rights is a consumer's work. */
  private tellThroughConsumer({ application, conversation }: Facts, { from, tellings }: Gathering): void {
    const changed = tellings[0]?.message.n ?? 0;
    const range =
      from === undefined ? { from: changed, to: changed, change: true as const } : { from, to: this.store.n };
    const job: TellJob = { kind: "tell", application, conversation, ...range };
    enqueueJob(this.env, job).catch((error: unknown) => console.warn("A job was not queued", job, error));
  }
}

/** Inbox shards with somebody to tell. */
export const audienceShards = ({ everyone, audience, shards }: Facts): number[] =>
  everyone ? Array.from({ length: shards }, (_, shard) => shard) : shardsIn(audience, shards);

/** What a job is about, as the messages are now: for the consumer that asks for Read rights first. */
export function contentOfJob(store: ConversationStore, facts: Facts, { from, to, change }: TellJob) {
  const gathering = new Gathering();
  for (const { body } of messagesBetween(store.sql, from - 1, to))
    gathering.add({ message: JSON.parse(body) as Message, isNew: !change });
  return contentOf(store, facts, gathering);
}

/** The part of a hint that is the same for every shard, and who is addressed. */
function contentOf(
  store: ConversationStore,
  facts: Facts,
  { tellings, missed, authors, addressed }: Gathering,
): Pick<Hint, "application" | "activity" | "authors" | "revoked"> & { addressed: Addressed[] } {
  return {
    application: facts.application,
    activity: activityOf(store, facts, tellings, missed),
    authors,
    addressed,
    ...(facts.kind === "context" && { revoked: revokedReads(store.sql) }),
  };
}

const addressedBy = ({ message: { recipients = [], author, n, m }, isNew }: Telling): Addressed[] =>
  isNew ? recipients.filter((user) => user !== author).map((user) => ({ user, n, m })) : [];

/** What lists and notification centres are told. */
function activityOf(store: ConversationStore, facts: Facts, tellings: readonly Telling[], missed: number): Activity {
  return {
    conversationId: facts.conversation,
    title: facts.title,
    displayed: facts.displayed,
    ...(facts.context !== null && { conversationContext: facts.context }),
    n: store.n,
    m: store.m,
    date: new Date(store.date).toISOString(),
    messages: tellings.map(({ message, isNew }) => toldOf(message, isNew)),
    missed,
  };
}

function toldOf(message: Message, isNew: boolean): Activity["messages"][number] {
  const { id, n, m, author, date, text, recipients, attachments, edited, deleted } = message;
  return {
    id,
    n,
    m,
    author,
    date,
    text: excerptOf(text),
    ...(recipients && { recipients }),
    ...(attachments && { attachments: attachments.length }),
    ...(edited && !isNew && { edited }),
    ...(deleted && { deleted }),
  };
}
