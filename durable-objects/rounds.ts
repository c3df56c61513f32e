import type { ConversationStore } from "../src/storage/conversation/store.ts";
import { dispatch } from "./dispatch.ts";
import { sweep, sweepAt } from "./sweep.ts";

/** After a first event is served at once, what follows is served together, this much later. */
const pauseMs = 6_000;

/**
 * When a conversation does the work that nobody waits for: lists and notifications are served, files removed. An object has
 * one alarm; it stands for both, and repeats what a crash interrupted.
 */
export class Rounds {
  private readonly ctx: DurableObjectState;
  private readonly env: Env;
  private readonly store: ConversationStore;
  private isArmed = false;
  private dispatching: Promise<boolean> | undefined;

  constructor(ctx: DurableObjectState, env: Env, store: ConversationStore) {
    this.ctx = ctx;
    this.env = env;
    this.store = store;
  }

  /** There is something to serve: at once, or soon when something was served a moment ago. */
  begin(): void {
    if (this.isArmed) return;
    this.arm();
    this.ctx.waitUntil(this.serveOrLater());
  }

  /** Serves now and waits for it; if that fails, the alarm repeats it. */
  async serveOrLater(): Promise<void> {
    await this.serve().catch((error: unknown) => console.warn("A dispatch failed, the alarm repeats it", error));
  }

  /** Writes what leaves a file to be removed some day; the alarm for it commits together with that row. */
  async expectFile(write: () => void): Promise<void> {
    const alarm = await this.ctx.storage.getAlarm();
    write();
    const due = sweepAt(this.env, this.store);
    if (due !== undefined && !this.isArmed && (alarm === null || alarm > due)) void this.ctx.storage.setAlarm(due);
  }

  async alarm(): Promise<void> {
    this.isArmed = true;
    try {
      await sweep(this.env, this.store, Date.now());
      if (await this.serve()) this.arm();
      else this.rest();
    } catch (error) {
      console.error("A dispatch failed and will be repeated", this.store.facts?.conversation, error);
      this.arm();
    }
  }

  /** The alarm commits together with the row it stands for, so a crash cannot part them. */
  private arm(): void {
    this.isArmed = true;
    void this.ctx.storage.setAlarm(Date.now() + pauseMs);
  }

  /** Nothing is to be served; the next alarm is for files, if any wait. */
  private rest(): void {
    this.isArmed = false;
    const due = sweepAt(this.env, this.store);
    if (due !== undefined) void this.ctx.storage.setAlarm(Math.max(due, Date.now()));
  }

  /** One dispatch at a time; a call during one waits for it and then serves the rest. */
  private async serve(): Promise<boolean> {
    while (this.dispatching) await this.dispatching.catch(() => undefined);
    this.dispatching = dispatch(this.env, this.store).finally(() => {
      this.dispatching = undefined;
    });
    return this.dispatching;
  }
}
