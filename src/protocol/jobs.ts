import type { Activity } from "./live.ts";

/**
 * Work for the queue. A job is a reference, never content, and may be lost: whoever depends on it must find the work
 * again from the conversation's log or a row of the directory.
 */
export type Job = {
  /** Tell the inboxes of people whose Read right must first be asked of the application. */
  kind: "tell";
  application: string;
  conversation: string;
  /** Numbers of the messages to tell of. */
  from: number;
  to: number;
};

/** What an inbox shard is told of a conversation; not durable. */
export interface Hint {
  activity: Activity;
  /** Recipients that are users of this shard, when the conversation is bound to a context. */
  addressed: string[];
  /** In context conversations with access by callback: who may read now. Absent = the inbox judges by claims. */
  readers?: string[];
}
