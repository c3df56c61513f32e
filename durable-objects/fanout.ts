import { framesOf } from "../src/domain/conversations/resume.ts";
import { limits } from "../src/protocol/limits.ts";
import type { Sockets } from "./sockets.ts";

/**
 * Tells the sockets of a conversation what happened. The price of a delivery is the frame, whatever its size, so events
 * are sent at once while nothing else is being sent, and those that arrive during a fan-out leave together in the next
 * frame.
 */
export class Fanout {
  private readonly sockets: Sockets;
  private waiting: string[] = [];
  private isSending = false;
  private n: number;

  constructor(sockets: Sockets, n: number) {
    this.sockets = sockets;
    this.n = n;
    sockets.answerPings(n);
  }

  tell(event: { n: number; json: string }): void {
    this.n = event.n;
    this.waiting.push(event.json);
    if (this.isSending) return;
    this.flush();
    this.isSending = true;
    this.sendRestSoon();
  }

  /** Sends what waits, now: before a greeting, whose reader must not hear of events twice. */
  flush(): void {
    if (this.waiting.length === 0) return;
    const events = this.waiting;
    this.waiting = [];
    const now = Date.now();
    for (const frame of framesOf(events, limits.eventsFrame)) {
      for (const live of this.sockets.all()) this.sockets.send(live, frame, now);
    }
    this.sockets.answerPings(this.n);
  }

  /** Messages that came in while the last fan-out ran are handled before this timer, and so gather for it. */
  private sendRestSoon(): void {
    setTimeout(() => {
      if (this.waiting.length === 0) {
        this.isSending = false;
        return;
      }
      this.flush();
      this.sendRestSoon();
    }, 0);
  }
}
