import { framesOf } from "../src/domain/conversations/resume.ts";
import { limits } from "../src/protocol/limits.ts";
import type { Sockets } from "./sockets.ts";

/**
 * Tells the sockets of a conversation what happened. The price of a delivery is the frame, whatever its size, so the events
 * of one turn leave together.
 */
export class Fanout {
  private readonly sockets: Sockets;
  private waiting: string[] = [];
  private n: number;

  constructor(sockets: Sockets, n: number) {
    this.sockets = sockets;
    this.n = n;
    sockets.answerPings(n);
  }

  tell(event: { n: number; json: string }): void {
    this.n = event.n;
    this.waiting.push(event.json);
  }

  /** Sends what waits. */
  flush(): void {
    if (this.waiting.length === 0) return;
    const events = this.waiting;
    this.waiting = [];
    for (const frame of framesOf(events, limits.eventsFrame)) this.sockets.sendAll(frame);
    this.sockets.answerPings(this.n);
  }
}
