import { isPushDue } from "../src/domain/notifications/told.ts";
import { PushPace } from "../src/domain/push/pace.ts";
import type { Hint } from "../src/protocol/jobs.ts";
import type { Missing } from "../src/protocol/push.ts";
import { addressedTo } from "../src/storage/inbox/addressed.ts";
import { type Audience, audienceOf } from "../src/storage/inbox/audiences.ts";
import { membershipOf } from "../src/storage/inbox/memberships.ts";
import { doNotDisturbOf, standingOf } from "../src/storage/inbox/people.ts";
import { usersWithPush, writePush } from "../src/storage/inbox/pushes.ts";
import { enqueueJob } from "../src/storage/jobs.ts";
import type { Sockets } from "./sockets.ts";

/** Users named in one job. */
const inJob = 100;

/**
 * Those of an inbox shard who have a device to push to. They are held in memory: a message to people without devices costs
 * neither a row nor a job.
 */
export class Pushes {
  private readonly env: Env;
  private readonly sql: SqlStorage;
  private readonly sockets: Sockets;
  private readonly pace = new PushPace();
  private known: Set<string> | undefined;

  constructor(env: Env, sql: SqlStorage, sockets: Sockets) {
    this.env = env;
    this.sql = sql;
    this.sockets = sockets;
  }

  get users(): Set<string> {
    this.known ??= new Set(usersWithPush(this.sql));
    return this.known;
  }

  set(user: string, hasDevice: boolean): void {
    if (this.users.has(user) === hasDevice) return;
    writePush(this.sql, user, hasDevice);
    if (hasDevice) this.users.add(user);
    else this.users.delete(user);
  }

  forget(): void {
    this.known = undefined;
  }

  /** Users who do not listen and whose device would be told: whom to ask the application about. */
  reachable(audience: Audience | undefined, conversation: string, addressed: readonly string[]): string[] {
    const concerned = [...addressed, ...this.candidatesOf(audience).filter((user) => audience?.people[user] === 1)];
    return [...new Set(concerned)].filter((user) => this.users.has(user) && this.mayDisturb(user, conversation));
  }

  /** New messages: a job for those who are concerned and do not listen. What it tells is read when it runs. */
  hint(audience: Audience | undefined, hint: Hint): void {
    if (this.users.size === 0) return;
    const { conversationId: conversation } = hint.activity;
    const recipients = hint.addressed.map(({ user }) => user).filter((user) => this.users.has(user));
    const due = [...new Set([...this.candidatesOf(audience), ...recipients])].filter(
      (user) => isPushDue(audience, hint, user) && this.mayDisturb(user, conversation),
    );
    if (due.length === 0) return;
    const { users, delaySeconds } = this.pace.take(conversation, due, Date.now());
    this.enqueue(hint.application, conversation, users, delaySeconds);
  }

  /** Of these users those who are still to be told, and from where on. */
  missing(conversation: string, users: readonly string[]): Missing[] {
    const audience = audienceOf(this.sql, conversation);
    return users
      .filter((user) => this.users.has(user) && this.mayDisturb(user, conversation))
      .flatMap((user) => this.missingOf(audience, conversation, user) ?? []);
  }

  private missingOf(audience: Audience | undefined, conversation: string, user: string): Missing | undefined {
    const read = membershipOf(this.sql, user, conversation)?.marker ?? 0;
    const watching = audience?.people[user] ?? (audience?.everyone ? 1 : undefined);
    if (watching === 1) return { user, after: Math.max(read, audience?.start ?? 0) };
    const addressed = addressedTo(this.sql, user).findLast((one) => one.conversation === conversation);
    return addressed && { user, after: read, message: addressed.n };
  }

  /** With devices, among those the conversation concerns, from the shorter list of the two. */
  private candidatesOf(audience: Audience | undefined): string[] {
    if (!audience) return [];
    if (audience.everyone) return [...this.users];
    return Object.keys(audience.people).filter((user) => this.users.has(user));
  }

  /** Listening users hear of it anyway; do not disturb keeps a device silent (NTF-10, NTF-11). */
  private mayDisturb(user: string, conversation: string): boolean {
    return (
      this.sockets.countOf(user) === 0 &&
      !standingOf(this.sql, user).blocked &&
      !doNotDisturbOf(this.sql, user) &&
      membershipOf(this.sql, user, conversation)?.representation !== "DontDisturb"
    );
  }

  private enqueue(application: string, conversation: string, users: readonly string[], delaySeconds: number): void {
    for (let at = 0; at < users.length; at += inJob) {
      const job = { kind: "push" as const, application, conversation, users: users.slice(at, at + inJob) };
      enqueueJob(this.env, job, delaySeconds).catch((error: unknown) =>
        console.warn("A job was not queued", job, error),
      );
    }
  }
}
