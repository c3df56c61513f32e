import { stopTimer } from "./waiting.ts";

/** After this long without an answer the server is asked for one, and has the second time to give it. */
const questionMs = 25_000;
const answerMs = 10_000;

/** Notices a connection that only looks alive. */
export class Heartbeat {
  private readonly ask: () => void;
  private readonly silent: () => void;
  private timer: ReturnType<typeof setTimeout> | undefined;

  /** @param ask puts the question @param silent is called when no answer came */
  constructor(ask: () => void, silent: () => void) {
    this.ask = ask;
    this.silent = silent;
  }

  /** An answer came, or a connection: the next question is due in a while. */
  beat(): void {
    this.stop();
    this.timer = setTimeout(() => {
      this.timer = setTimeout(this.silent, answerMs);
      this.ask();
    }, questionMs);
  }

  stop(): void {
    stopTimer(this.timer);
  }
}
