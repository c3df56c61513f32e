import { randomBytes } from "node:crypto";
import { connect, type Event } from "beseda/client";
import { type Ground, prepareGround } from "../../../bench/ground.ts";
import type { Conversation } from "../../../src/protocol/conversations.ts";
import { Chance } from "../chance.ts";
import { Cutter } from "../node/cutter.ts";
import type { Server } from "../node/server.ts";
import { type RawLine, Talker } from "../node/talk.ts";
import { Follower } from "./follower.ts";

export interface ResumeReport {
  cuts: number;
  events: number;
  complaints: string[];
}

/** Readers on bad lines while somebody writes in bursts: what they end up with is the log, event by event. */
export class ResumeHarness {
  readonly ground: Ground;
  readonly writer: Talker;
  private readonly server: Server;
  private readonly chance: Chance;

  private constructor(server: Server, ground: Ground, seed: number) {
    this.server = server;
    this.ground = ground;
    this.writer = this.talker(0);
    this.chance = new Chance(seed);
  }

  static async open(server: Server, seed: number): Promise<ResumeHarness> {
    return new ResumeHarness(server, await prepareGround(server.origin, 3), seed);
  }

  talker(user: number): Talker {
    return new Talker(this.server.origin, this.ground.users[user]?.token ?? "");
  }

  room(title: string): Promise<Conversation> {
    const members = this.ground.users.map(({ id }) => id);
    return this.writer.request("POST", "/conversations", { title, members });
  }

  /** A client by hand, frame by frame. */
  async byHand(cuts: number): Promise<ResumeReport> {
    const room = await this.room("By hand");
    const cutter = await Cutter.open(this.server.origin, this.fresh());
    const follower = new Follower(this.talker(1), room.id, room.epoch, cutter, this.fresh());
    const burst = new Burst(await this.writer.line(`/conversations/${room.id}/live`), this.fresh());
    await follower.follow(cuts, () => burst.n);
    await burst.stop();
    await follower.finish(await this.latest(room.id));
    cutter.close();
    const complaints = [...follower.complaints, ...(await this.compare(room.id, follower.events, 0))];
    if (follower.reloads > 0) complaints.push(`was told to reload ${follower.reloads} times`);
    return { cuts: cutter.cuts, events: follower.n, complaints };
  }

  /**
   * The SDK: what it tells its handlers is the log, and what it sends through the bad line is stored once. Between two
   * tries it waits for a random part of its back-off; here chance always draws the shortest.
   */
  async bySdk(cuts: number): Promise<ResumeReport> {
    const { random } = Math;
    Math.random = () => 0;
    try {
      return await this.followBySdk(cuts);
    } finally {
      Math.random = random;
    }
  }

  private async followBySdk(cuts: number): Promise<ResumeReport> {
    const room = await this.room("By SDK");
    const cutter = await Cutter.open(this.server.origin, this.fresh());
    const burst = new Burst(await this.writer.line(`/conversations/${room.id}/live`), this.fresh());
    const events: Event[] = [];
    const complaints: string[] = [];
    let first: number | undefined;
    const client = connect(() => this.ground.users[2]?.token ?? "", { serverAddress: cutter.origin });
    const subscription = await client.subscribe(room.id, {
      event: (event) => events.push(event),
      conversation: ({ n }) => {
        first ??= n;
      },
      reload: (n) => complaints.push(`was told to reload at ${n}`),
      ended: ({ reason }) => complaints.push(`ended: ${reason}`),
    });
    const texts: string[] = [];
    const sent: Promise<unknown>[] = [];
    // Sent all the time, so that lines also break between a message and its answer.
    while (cutter.cuts < cuts) {
      const text = `through the bad line ${texts.length}`;
      texts.push(text);
      sent.push(subscription.send({ text }));
      await new Promise((resolve) => setTimeout(resolve, 5));
    }
    cutter.isHealed = true;
    await Promise.all([...sent, burst.stop()]);
    const last = await this.latest(room.id);
    while (subscription.n < last) await new Promise((resolve) => setTimeout(resolve, 20));
    client.close();
    cutter.close();
    complaints.push(...(await this.compare(room.id, events, first ?? 0)));
    const stored = events.flatMap((event) => (event.type === "message" ? [event.message.text] : []));
    for (const text of texts)
      if (stored.filter((other) => other === text).length !== 1) complaints.push(`not stored once: ${text}`);
    return { cuts: cutter.cuts, events: events.length, complaints };
  }

  /** The log from after `from` on, beside what a reader has; of messages the place, since their content goes on changing. */
  private async compare(room: string, events: readonly Event[], from: number): Promise<string[]> {
    const log = (await this.writer.log(room)).slice(from);
    const places = (list: readonly Event[]) =>
      list.map((event) => `${event.n} ${event.type} ${"message" in event ? event.message.id : ""}`);
    const [wanted, has] = [places(log), places(events)];
    const wrong = has.findIndex((place, index) => place !== wanted[index]);
    return wrong < 0 && wanted.length === has.length ? [] : [`has ${has[wrong]} instead of ${wanted[wrong]}`];
  }

  private async latest(room: string): Promise<number> {
    return (await this.writer.request<Conversation>("GET", `/conversations/${room}`)).n;
  }

  private fresh(): Chance {
    return new Chance(this.chance.whole(1, 2 ** 31));
  }
}

/** Text that compression does not shorten, so that its bytes really cross the line. */
const noise = (length: number): string => randomBytes(length).toString("base64").slice(0, length);

/** Writes messages of all sizes in bursts, changes some of them, until it is stopped. */
class Burst {
  /** Number of the latest event of its own, about. */
  n = 0;
  private isStopped = false;
  private readonly work: Promise<void>;

  constructor(line: RawLine, chance: Chance) {
    this.work = this.write(line, chance);
  }

  stop(): Promise<void> {
    this.isStopped = true;
    return this.work;
  }

  private async write(line: RawLine, chance: Chance): Promise<void> {
    let changes = 0;
    for (let i = 0; !this.isStopped; i++) {
      const size = chance.weighted({ 20: 80, 3000: 20 });
      const posts = Array.from({ length: chance.whole(1, 12) }, (_, k) =>
        line.ask({ type: "post", message: { text: `${i}.${k} ${noise(Number(size))}` } }),
      );
      const written = await Promise.all(posts);
      this.n = Math.max(this.n, ...written.map(({ n }) => n));
      const { id } = chance.pick(written);
      if (chance.next() < 0.5) await line.ask({ type: "edit", id, changes: { text: `edited ${changes++}` } });
      else await line.ask({ type: "delete", id });
      this.n++;
      await new Promise((resolve) => setTimeout(resolve, chance.whole(0, 10)));
    }
    line.close();
  }
}
