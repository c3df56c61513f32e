import type { Addressing } from "../src/domain/conversations/news.ts";
import type { Marked } from "../src/domain/conversations/readers.ts";
import { applyMembers, audienceFor, type MembershipNews, place } from "../src/domain/notifications/audience.ts";
import { watchOf } from "../src/domain/notifications/settings.ts";
import { summaryOf } from "../src/domain/notifications/unread.ts";
import type { ConversationFilter, ConversationSummary } from "../src/protocol/conversations.ts";
import type { Hint } from "../src/protocol/jobs.ts";
import { limits } from "../src/protocol/limits.ts";
import type { Page } from "../src/protocol/lists.ts";
import type { ServerFrame } from "../src/protocol/live.ts";
import type { Notification, Representation } from "../src/protocol/notifications.ts";
import { Problem } from "../src/protocol/problems.ts";
import type { Missing } from "../src/protocol/push.ts";
import { type CloseName, protocolVersion } from "../src/protocol/wire.ts";
import type { State } from "../src/storage/activity/states.ts";
import type { Revocation } from "../src/storage/directory/revocations.ts";
import { addAddressed, forgetAddressed, forgetOne, isAddressed } from "../src/storage/inbox/addressed.ts";
import { audienceOf, writeAudience } from "../src/storage/inbox/audiences.ts";
import {
  membershipOf,
  membershipsOf,
  writeMarker,
  writeRepresentation,
  writeWatch,
} from "../src/storage/inbox/memberships.ts";
import {
  doNotDisturbOf,
  everybody,
  standingOf,
  writeDoNotDisturb,
  writeStanding,
} from "../src/storage/inbox/people.ts";
import { addSocket, conversationsOfSockets, forgetSockets } from "../src/storage/inbox/sockets.ts";
import { openInbox } from "../src/storage/inbox/store.ts";
import { type Answer, answer } from "./answer.ts";
import { parseFrame, sendProblem } from "./frames.ts";
import { problemResponse, switchProtocols, tagOf, upgradeOf } from "./greeting.ts";
import { listenersTo, tellListeners, tellUser, tellUsers } from "./hints.ts";
import { Listening } from "./listening.ts";
import { type Asking, Lists } from "./lists.ts";
import { Pushes } from "./pushes.ts";
import { conversationObject } from "./stubs.ts";

/** A conversation that a user sets something of, and since when the user is there. */
interface SettingPlace {
  state: State;
  created: number;
  since: number;
}

/** One shard of an application's users: what they are in, have read and want to hear of, and their notification sockets. */
export class Inbox extends Listening {
  private readonly sql = this.ctx.storage.sql;
  private readonly lists = new Lists(this.env, this.sql);
  private readonly pushes = new Pushes(this.env, this.sql, this.sockets);

  constructor(ctx: DurableObjectState, env: Env) {
    super(ctx, env);
    openInbox(this.sql);
    this.sockets.answerPings();
  }

  /** People joined or left. @returns those among the joined that are blocked */
  members(news: MembershipNews): string[] {
    const effect = applyMembers(this.sql, news, Date.now());
    const joined: ServerFrame = { type: "joined", conversation: summaryOf(news.state) };
    const left: ServerFrame = { type: "left", conversationId: news.state.conversation };
    for (const user of effect.joined) this.tell(user, joined);
    if (!news.everyone) for (const user of effect.left) this.tell(user, left);
    if (effect.everybody) this.tellAll(effect.everybody === "joined" ? joined : left, news.state.conversation);
    return effect.blocked;
  }

  /** Messages addressed to users, or no longer. Durable: the conversation's cursor waits for it. */
  addressed(conversation: string, addressings: Addressing[]): void {
    for (const { user, n, m, addressed } of addressings) {
      if (addressed) addAddressed(this.sql, user, conversation, n, m);
      else forgetOne(this.sql, user, conversation, n);
    }
  }

  /** New messages: whoever listens and is concerned hears of them. Not durable. */
  hint(hint: Hint): void {
    this.lists.heard.note(hint);
    // Lists know at once whom a message addresses; the dispatch repeats it.
    for (const { user, n, m } of hint.addressed) addAddressed(this.sql, user, hint.activity.conversationId, n, m);
    if (this.sockets.size === 0 && this.pushes.users.size === 0) return;
    const audience = audienceOf(this.sql, hint.activity.conversationId);
    tellListeners(this.sockets, audience, hint);
    this.pushes.hint(audience, hint);
  }

  /** Users that a hint would reach, on a socket or on a device: whom to ask the application about. */
  askedAbout(conversation: string, addressed: string[]): string[] {
    const audience = audienceOf(this.sql, conversation);
    return [
      ...listenersTo(this.sockets, audience, addressed),
      ...this.pushes.reachable(audience, conversation, addressed),
    ];
  }

  /** The user has a device that takes push messages, or has none any more. */
  setPush(user: string, hasDevice: boolean): void {
    this.pushes.set(user, hasDevice);
  }

  /** Who of these users is to be told on a device now, and of what. */
  missing(conversation: string, users: string[]): Missing[] {
    return this.pushes.missing(conversation, users);
  }

  /** May this user open a socket to a conversation? Remembered, so that a revocation finds it. @returns why not */
  admit(user: string, conversation: string, issuedAt: number, until: number): CloseName | undefined {
    const refusal = this.refusalOf(user, issuedAt);
    if (!refusal) addSocket(this.sql, user, conversation, until, Date.now());
    return refusal;
  }

  /** Blocks, unblocks, or makes older credentials count no more; returns when every socket concerned is closed. */
  async revoke(revocation: Revocation): Promise<void> {
    const { user, blocked, validFrom, cause } = revocation;
    writeStanding(this.sql, user ?? everybody, blocked, validFrom);
    const isLifted = blocked === false && cause === "blocked";
    await Promise.all([
      isLifted ? undefined : this.cut(revocation),
      blocked !== null && user !== null ? this.tellPartners(user, blocked) : undefined,
    ]);
  }

  /** Closes all sockets of a user; whoever has a good credential comes back. */
  hangUp(user: string): Promise<void> {
    return this.cut({ user, validFrom: 0, cause: "credentialsChanged" });
  }

  private async cut({ user, validFrom, cause }: Pick<Revocation, "user" | "validFrom" | "cause">): Promise<void> {
    this.sockets.cut(user, cause, validFrom);
    const conversations = conversationsOfSockets(this.sql, user);
    await Promise.all(conversations.map((id) => conversationObject(this.env, id).cut(user, cause, validFrom)));
    // Only what has run out: somebody with newer credentials may have come in meanwhile, for the next revocation to find.
    forgetSockets(this.sql, user, Date.now());
  }

  list(asking: Asking, filter: ConversationFilter): Promise<Answer<Page<ConversationSummary>>> {
    return answer(() => this.lists.list(asking, filter));
  }

  /** Everything the user has not seen; the door leaves out contexts that the user may not read. */
  notifications(asking: Asking): Promise<Notification[]> {
    return this.lists.notifications(asking);
  }

  /** Where the user may look for messages; each conversation decides for itself. */
  searched(asking: Asking): Promise<ConversationSummary[]> {
    return this.lists.searched(asking);
  }

  settings(user: string, conversation: string, isContext: boolean): { watch: boolean; representation: Representation } {
    const membership = membershipOf(this.sql, user, conversation);
    return {
      watch: watchOf(isContext ? "context" : "group", membership),
      representation: membership?.representation ?? "Normal",
    };
  }

  /** Who begins to watch a context has nothing unread from before. */
  setWatch(user: string, watch: boolean, setting: SettingPlace): void {
    const { state, created, since } = setting;
    const { conversation, m } = state;
    const isContext = state.kind === "context";
    this.lists.begin([state], { user, since });
    writeWatch(this.sql, user, conversation, watch, isContext && watch ? m : 0);
    const audience = audienceOf(this.sql, conversation) ?? audienceFor(state, created);
    place(this.sql, audience, user);
    writeAudience(this.sql, audience);
    this.tellSettings(user, conversation, isContext);
  }

  setRepresentation(user: string, representation: Representation, { state, since }: SettingPlace): void {
    const { conversation, kind } = state;
    this.lists.begin([state], { user, since });
    writeRepresentation(this.sql, user, conversation, representation);
    this.tellSettings(user, conversation, kind === "context");
  }

  /** Reading on one device clears on all of them. */
  setMarker(user: string, conversation: string, m: number): void {
    const moved = writeMarker(this.sql, user, conversation, m);
    const cleared = forgetAddressed(this.sql, user, conversation, m);
    if (moved || cleared) this.tell(user, { type: "read", conversationId: conversation, m });
  }

  /** How far these members have read, for those they talk with. */
  markers(conversation: string, users: string[]): Marked[] {
    return users.flatMap((user) => {
      const membership = membershipOf(this.sql, user, conversation);
      return membership?.member ? [{ user, marker: membership.marker, n: membership.n }] : [];
    });
  }

  doNotDisturb(user: string): boolean {
    return doNotDisturbOf(this.sql, user);
  }

  setDoNotDisturb(user: string, doNotDisturb: boolean): void {
    writeDoNotDisturb(this.sql, user, doNotDisturb);
    this.tell(user, { type: "doNotDisturb", doNotDisturb });
  }

  async erase(): Promise<void> {
    for (const live of [...this.sockets.all()]) this.sockets.drop(live, "unregistered");
    await this.ctx.storage.deleteAll();
    openInbox(this.sql);
    this.pushes.forget();
  }

  override fetch(request: Request): Response {
    const { caller, bytes } = upgradeOf(request);
    const tag = tagOf(caller);
    const refusal = this.refusalOf(tag, caller.issuedAt * 1000);
    if (refusal === "blocked") return problemResponse(new Problem("user_blocked", "This user is blocked"));
    if (refusal)
      return problemResponse(new Problem("unauthenticated", "The credentials are older than the user's access allows"));
    if (this.sockets.countOf(tag) >= limits.socketsPerInbox) {
      return problemResponse(
        new Problem("limit_exceeded", `At most ${limits.socketsPerInbox} notification sockets of one user`, {
          retryAfterSeconds: 10,
        }),
      );
    }
    const { client, live } = this.sockets.accept(caller, tag, bytes);
    this.sockets.admit(live);
    const welcome: ServerFrame = {
      type: "welcome",
      protocol: protocolVersion,
      user: tag,
      doNotDisturb: doNotDisturbOf(this.sql, tag),
    };
    this.sockets.send(live, JSON.stringify(welcome), Date.now());
    return switchProtocols(client);
  }

  override async webSocketMessage(socket: WebSocket, data: string | ArrayBuffer): Promise<void> {
    const live = this.sockets.of(socket);
    if (!live) return;
    try {
      const frame = parseFrame(data);
      if (frame.type === "acknowledge") this.sockets.acknowledge(live, frame.received);
      else if (frame.type === "read") await this.setMarkerBy(tagOf(live.caller), frame.conversationId, frame.m);
      else throw new Problem("not_supported", "Messages go to the conversation's own socket", { field: "type" });
    } catch (error) {
      sendProblem(this.sockets, live, error, undefined);
      this.sockets.countBadFrame(live);
    }
  }

  /** A marker by frame is taken only where the user has something to read, so that nobody fills the table. */
  private async setMarkerBy(user: string, conversation: string, m: number): Promise<void> {
    const isConcerned =
      membershipOf(this.sql, user, conversation) !== undefined ||
      isAddressed(this.sql, user, conversation) ||
      audienceOf(this.sql, conversation)?.everyone;
    if (!isConcerned) return;
    const isThere = m <= this.lists.heard.ordinalOf(conversation);
    const latest = isThere ? m : await conversationObject(this.env, conversation).latestOrdinal();
    this.setMarker(user, conversation, Math.min(m, latest));
  }

  private refusalOf(user: string, issuedAt: number): CloseName | undefined {
    const { blocked, validFrom } = standingOf(this.sql, user);
    if (blocked) return "blocked";
    return issuedAt < validFrom ? "credentialsChanged" : undefined;
  }

  /** The other side of each one-to-one conversation must know before the next message (USR-26). */
  private async tellPartners(user: string, blocked: boolean): Promise<void> {
    const theirs = membershipsOf(this.sql, user).filter(
      ({ member, conversation }) => member && audienceOf(this.sql, conversation)?.kind === "oneToOne",
    );
    await Promise.all(
      theirs.map(({ conversation }) => conversationObject(this.env, conversation).setBlocked(user, blocked)),
    );
  }

  private tellSettings(user: string, conversation: string, isContext: boolean): void {
    this.tell(user, {
      type: "settings",
      conversationId: conversation,
      ...this.settings(user, conversation, isContext),
    });
  }

  private tell(user: string, frame: ServerFrame): void {
    tellUser(this.sockets, user, frame);
  }

  /** Everybody but those who are listed members anyway. */
  private tellAll(frame: ServerFrame, conversation: string): void {
    tellUsers(this.sockets, frame, (user) => !membershipOf(this.sql, user, conversation)?.member);
  }
}
