import type { Event, ServerFrame } from "../../../src/protocol/live.ts";
import type { Chance } from "../chance.ts";
import type { Cutter } from "../node/cutter.ts";
import { Lost, type Talker } from "../node/talk.ts";

/** A reader by hand on a bad line: it keeps its position and comes back, at once or after having been away. */
export class Follower {
  readonly events: Event[] = [];
  readonly complaints: string[] = [];
  reloads = 0;
  private readonly talker: Talker;
  private readonly conversation: string;
  private readonly cutter: Cutter;
  private readonly chance: Chance;
  private epoch = "";
  n = 0;

  constructor(talker: Talker, conversation: string, epoch: string, cutter: Cutter, chance: Chance) {
    this.talker = talker;
    this.conversation = conversation;
    this.epoch = epoch;
    this.cutter = cutter;
    this.chance = chance;
  }

  /** Follows until the line has been cut so often. @param latest number of the latest event, to measure absence by */
  async follow(cuts: number, latest: () => number): Promise<void> {
    while (this.cutter.cuts < cuts) {
      await this.connect();
      await this.stayAway(latest);
    }
  }

  /** Reads on until it has everything up to `n`. */
  async finish(n: number): Promise<void> {
    this.cutter.isHealed = true;
    while (this.n < n) await this.connect(n);
  }

  /** One connection, until it breaks or event `n` has come. */
  private async connect(n = Number.POSITIVE_INFINITY): Promise<void> {
    const position = `epoch=${this.epoch}&n=${this.n}`;
    let arrived = () => undefined as unknown;
    const whole = new Promise<void>((resolve) => {
      arrived = resolve;
    });
    try {
      const line = await this.talker.line(
        `/conversations/${this.conversation}/live?${position}`,
        (frame) => {
          this.take(frame);
          if (this.n >= n) arrived();
        },
        this.cutter.origin,
      );
      await Promise.race([line.ended, whole]);
      line.close();
    } catch (error) {
      if (!(error instanceof Lost)) throw error;
    }
  }

  private take(frame: ServerFrame): void {
    if (frame.type === "events") for (const event of frame.events) this.add(event);
    if (frame.type === "caughtUp" && frame.n !== this.n)
      this.complaints.push(`caught up with ${frame.n}, but has ${this.n}`);
    if (frame.type === "reload") this.reloads++;
  }

  private add(event: Event): void {
    if (event.n !== this.n + 1) this.complaints.push(`event ${event.n} after ${this.n}`);
    this.n = event.n;
    this.events.push(event);
  }

  /** Mostly it comes back at once; sometimes much has happened in between. */
  private async stayAway(latest: () => number): Promise<void> {
    const events = this.chance.weighted({ 0: 70, 20: 20, 300: 10 });
    const until = latest() + Number(events);
    for (let waits = 0; latest() < until && waits < 200; waits++)
      await new Promise((resolve) => setTimeout(resolve, 5));
  }
}
