import { enter, mayEnter } from "../src/domain/conversations/access.ts";
import { add, list, remove, rename } from "../src/domain/conversations/members.ts";
import { stateNow } from "../src/domain/conversations/news.ts";
import { conversationOf } from "../src/domain/conversations/show.ts";
import { type Composed, compose } from "../src/domain/messages/compose.ts";
import { type Changed, edit, remove as removeMessage } from "../src/domain/messages/edit.ts";
import { missedBy, type Receiver } from "../src/domain/messages/missed.ts";
import { Pace } from "../src/domain/messages/pace.ts";
import { post, sentBefore } from "../src/domain/messages/post.ts";
import { react, reactionsFor } from "../src/domain/messages/react.ts";
import { messageFor } from "../src/domain/messages/read.ts";
import { namedIn, resolvePeople } from "../src/domain/messages/resolve.ts";
import type { Caller } from "../src/protocol/actors.ts";
import type { Conversation as ConversationView, Member } from "../src/protocol/conversations.ts";
import type { TellJob } from "../src/protocol/jobs.ts";
import type { Page } from "../src/protocol/lists.ts";
import type { Event } from "../src/protocol/live.ts";
import type { MessageDraft, MessagePatch } from "../src/protocol/messages.ts";
import type { Reader } from "../src/protocol/notifications.ts";
import type { Reacted, ReactionsFilter } from "../src/protocol/reactions.ts";
import type { CloseName } from "../src/protocol/wire.ts";
import type { State } from "../src/storage/activity/states.ts";
import { configOf } from "../src/storage/config.ts";
import { writeBlocked } from "../src/storage/conversation/blocked.ts";
import { writeAudience } from "../src/storage/conversation/facts.ts";
import { revokeRead } from "../src/storage/conversation/revocations.ts";
import type { CreationSpec } from "../src/storage/directory/conversations.ts";
import { directoryOf } from "../src/storage/directory/database.ts";
import { usersByReferences } from "../src/storage/directory/users.ts";
import { addShards } from "../src/storage/objects/shards.ts";
import { type Answer, answer } from "./answer.ts";
import { introduce } from "./dispatch.ts";
import { Fanout } from "./fanout.ts";
import { receive, type Told } from "./frames.ts";
import { greet } from "./greeting.ts";
import { Keeping } from "./keeping.ts";
import { readersOf } from "./reading.ts";
import { dropReaders, dropStrangers } from "./strangers.ts";
import { audienceShards, contentOfJob, Teller } from "./teller.ts";
import { Turns } from "./turns.ts";

/** One conversation: its log, its members, its live sockets. A switchboard; the rules are in src/domain. */
export class Conversation extends Keeping {
  private readonly fanout = new Fanout(this.sockets, this.store.n);
  private readonly turns = new Turns(() => this.fanout.flush());
  private readonly teller = new Teller(this.env, this.store);
  private readonly pace = new Pace(configOf(this.env).postsPerSecond, configOf(this.env).postsBurst);

  /** Brings the object into being. Repeatable: whoever meets an unfinished row of the directory calls this. */
  create(spec: CreationSpec): Promise<Answer<null>> {
    return answer(async () => {
      this.store.create(spec);
      await introduce(this.env, this.store, spec.members);
      return null;
    });
  }

  show(caller: Caller): Promise<Answer<ConversationView>> {
    return answer(() => conversationOf(this.store, enter(this.store, caller, Date.now())));
  }

  rename(caller: Caller, title: string): Promise<Answer<ConversationView>> {
    return answer(async () => {
      await this.happened(rename(this.store, caller, title, Date.now()));
      return conversationOf(this.store, enter(this.store, caller, Date.now()));
    });
  }

  members(caller: Caller, count: number, cursor?: string): Promise<Answer<Page<Member>>> {
    return answer(() => list(this.store, caller, count, cursor, Date.now()));
  }

  addMembers(caller: Caller, users: string[]): Promise<Answer<null>> {
    return answer(async () => {
      const event = add(this.store, caller, users, Date.now());
      // What was said before they came is told without them.
      if (event) this.teller.flush();
      await this.happened(event);
      return null;
    });
  }

  removeMember(caller: Caller, user: string, isAdministrator: boolean): Promise<Answer<null>> {
    return answer(async () => {
      const event = remove(this.store, caller, user, isAdministrator, Date.now());
      dropStrangers(this.store, this.sockets, user);
      await this.happened(event);
      return null;
    });
  }

  /**
   * @param told hears of the message before anybody else does: its sender goes on while the others are being told
   * @returns the message as JSON, and whether it was written now (false for a repeat)
   */
  post(caller: Caller, draft: MessageDraft, told?: Told): Promise<Answer<{ message: string; isNew: boolean }>> {
    return answer(() => {
      // Whoever may not come in learns nothing from complaints about the message.
      enter(this.store, caller, Date.now());
      const names = namedIn(draft);
      if (names.length === 0) return this.turns.take(() => this.write(caller, compose(caller, draft, new Map()), told));
      const sent = sentBefore(this.store, caller, draft);
      if (sent !== undefined) {
        told?.(sent);
        return { message: sent, isNew: false };
      }
      return this.people(names).then((rows) =>
        this.turns.take(() => this.write(caller, compose(caller, draft, resolvePeople(draft, rows)), told)),
      );
    });
  }

  edit(caller: Caller, n: number, patch: MessagePatch): Promise<Answer<string>> {
    return answer(async () => {
      enter(this.store, caller, Date.now());
      const names = namedIn(patch);
      const rows = names.length === 0 ? [] : await this.people(names);
      const composed = compose(caller, patch, resolvePeople(patch, rows));
      return this.turns.take(() =>
        JSON.stringify(this.change(caller, edit(this.store, caller, n, composed, Date.now())).message),
      );
    });
  }

  delete(caller: Caller, n: number): Promise<Answer<string>> {
    return answer(() =>
      this.turns.take(() => {
        const removed = removeMessage(this.store, caller, n, Date.now());
        if (removed) this.change(caller, removed);
        return messageFor(this.store, caller, n, Date.now());
      }),
    );
  }

  /** Adds or takes away a reaction of the caller. */
  react(caller: Caller, n: number, emoji: string, isOn: boolean): Promise<Answer<string>> {
    return answer(() => {
      enter(this.store, caller, Date.now());
      return this.turns.take(() => {
        if (caller.kind === "user") this.pace.require(caller.user, Date.now());
        const { message, event } = react(this.store, caller, n, emoji, isOn, Date.now());
        if (event) this.publish(event);
        return JSON.stringify(message);
      });
    });
  }

  reactions(caller: Caller, n: number, filter: ReactionsFilter): Promise<Answer<Page<Reacted>>> {
    return answer(() => reactionsFor(this.store, caller, n, filter, Date.now()));
  }

  /** What a setting or a list needs to know of the conversation, for a caller who may read it. */
  place(caller: Caller): Promise<Answer<{ state: State; created: number; everyone: boolean }>> {
    return answer(() => {
      const facts = enter(this.store, caller, Date.now());
      return { state: stateNow(this.store, facts, {}), created: facts.created, everyone: facts.everyone };
    });
  }

  readers(caller: Caller): Promise<Answer<Reader[]>> {
    return answer(() => readersOf(this.env, this.store, this.sockets, caller));
  }

  /** May this caller read the conversation, as things are now? */
  mayRead(caller: Caller): boolean {
    return mayEnter(this.store, caller, Date.now());
  }

  /** Ordinal of the latest message; markers go no further. */
  latestOrdinal(): number {
    return this.store.m;
  }

  /** An inbox shard has somebody who wants to be told of this conversation. */
  listen(shard: number): void {
    if (!this.store.facts) return;
    this.teller.flush();
    writeAudience(this.store.sql, addShards(this.store.facts.audience, [shard]));
    this.store.refresh();
  }

  /** What a job is about and whom to tell, for the consumer that asks for Read rights first. */
  told(job: TellJob) {
    const { facts } = this.store;
    if (facts)
      return { ...contentOfJob(this.store, facts, job), audience: audienceShards(facts), shards: facts.shards };
  }

  /** What these users missed, for the consumer that tells them on a device; who has it open here needs no telling. */
  missed(receivers: Receiver[]) {
    const absent = receivers.filter(({ user }) => this.sockets.countOf(user) === 0);
    const title = this.store.facts?.kind === "oneToOne" ? "" : (this.store.facts?.title ?? "");
    return { title, missed: missedBy(this.store, absent, Date.now()) };
  }

  /** A user, or everybody, may no longer hear: sockets close within this call, older grants count no more. */
  revokeRead(user: string | null): void {
    if (!this.store.facts) return;
    revokeRead(this.store.sql, user, Date.now());
    dropReaders(this.sockets, user);
  }

  /** Closes the sockets of a user, or of everybody, that older credentials opened (`validFrom` 0: all of them). */
  cut(user: string | null, cause: CloseName, validFrom = 0): void {
    this.sockets.cut(user, cause, validFrom);
  }

  /** The other user of a one-to-one conversation was blocked or unblocked. */
  setBlocked(user: string, blocked: boolean): void {
    if (this.store.facts?.kind === "oneToOne") writeBlocked(this.store.sql, user, blocked);
  }

  /** Takes everything away, for good. */
  async erase(): Promise<void> {
    this.cut(null, "unregistered");
    await this.ctx.storage.deleteAll();
    this.store.forget();
  }

  override fetch(request: Request): Promise<Response> {
    return greet(request, this.env, this.store, this.sockets, this.fanout);
  }

  override async webSocketMessage(socket: WebSocket, data: string | ArrayBuffer): Promise<void> {
    const live = this.sockets.of(socket);
    if (live?.admitted) await receive(this, live, data);
  }

  override alarm(): Promise<void> {
    return this.rounds.alarm();
  }

  /** Step 2 of the message path, without an await between its parts. */
  write(caller: Caller, draft: Composed, told?: Told): { message: string; isNew: boolean } {
    const now = Date.now();
    if (caller.kind === "user") this.pace.require(caller.user, now);
    const { message, written } = post(this.store, caller, draft, now);
    told?.(message);
    if (written) {
      this.publish(written.event);
      this.teller.note(written.message, caller.contextAccess);
    }
    return { message, isNew: written !== undefined };
  }

  private publish(event: { n: number; json: string }): void {
    this.fanout.tell(event);
    this.rounds.begin();
  }

  private change(caller: Caller, changed: Changed): Changed {
    this.publish(changed.event);
    this.teller.change(changed.message, caller.contextAccess);
    return changed;
  }

  /** Publishes a change of members or title and waits until lists know of it; if that fails, the alarm repeats it. */
  private async happened(event: Event | undefined): Promise<void> {
    if (!event) return;
    this.publish({ n: event.n, json: JSON.stringify(event) });
    this.fanout.flush();
    await this.rounds.serveOrLater();
  }

  private people(references: string[]) {
    return usersByReferences(directoryOf(this.env), this.store.facts?.application ?? "", references);
  }
}
