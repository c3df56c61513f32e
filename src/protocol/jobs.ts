import type { Revoked } from "./actors.ts";
import type { Activity } from "./live.ts";

/**
 * Work for the queue. A job is a reference, never content, and may be lost: whoever depends on it must find the work
 * again from the conversation's log or a row of the directory.
 */
export type Job = TellJob | PushJob;

/** Tell the inboxes of people whose Read right must first be asked of the application. */
export interface TellJob {
  kind: "tell";
  application: string;
  conversation: string;
  /** Numbers of the messages to tell of. */
  from: number;
  to: number;
  /** They were told of before: the latest one was changed. */
  change?: true;
}

/** Push what these users of one inbox shard have not read of a conversation to their devices. */
export interface PushJob {
  kind: "push";
  application: string;
  conversation: string;
  users: string[];
  /** How often it was tried before; absent = never. */
  tries?: number;
}

/** A user whom a message addresses. */
export interface Addressed {
  user: string;
  n: number;
  m: number;
}

/** What an inbox shard is told of a conversation; not durable. */
export interface Hint {
  application: string;
  activity: Activity;
  /** user -> ordinal of that user's latest message, of everybody who wrote since the hint before. */
  authors: Record<string, number>;
  /** Recipients that are users of this shard, when the conversation is bound to a context. */
  addressed: Addressed[];
  /** In context conversations: Read rights that were taken away. */
  revoked?: Revoked;
  /** In context conversations with access by callback: who may read now. Absent = the inbox judges by claims. */
  readers?: string[];
}
