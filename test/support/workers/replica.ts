import { Conversation, Member } from "../../../src/protocol/conversations.ts";
import { limits } from "../../../src/protocol/limits.ts";
import { pageOf } from "../../../src/protocol/lists.ts";
import { Event, ServerFrame } from "../../../src/protocol/live.ts";
import { Message } from "../../../src/protocol/messages.ts";
import { closeCodes, standardUsers } from "../../../src/protocol/wire.ts";
import type { Line } from "./line.ts";
import { shaped } from "./shapes.ts";
import type { Caller } from "./world.ts";

/** Everything a client holds of a conversation. When members joined is told by no event, so it is left out. */
export interface Snapshot {
  conversation: Conversation;
  messages: Message[];
  members: string[];
}

async function everyPage<Item>(caller: Caller, path: string, schema: Parameters<typeof pageOf>[0]): Promise<Item[]> {
  const items: unknown[] = [];
  let cursor = "";
  do {
    const { body } = await caller.get(`${path}${path.includes("?") ? "&" : "?"}count=7${cursor}`);
    const page = shaped(pageOf(schema), body);
    items.push(...page.items);
    cursor = page.cursor === undefined ? "" : `&cursor=${page.cursor}`;
  } while (cursor !== "");
  return items as Item[];
}

/** What the server says of a conversation now; undefined for whoever has no access. */
export async function snapshotOf(caller: Caller, id: string): Promise<Snapshot | undefined> {
  const { status, body } = await caller.get(`/conversations/${id}`);
  if (status === 404) return undefined;
  const members = await everyPage<{ user: string }>(caller, `/conversations/${id}/members`, Member);
  return {
    conversation: shaped(Conversation, body),
    messages: await everyPage<Message>(caller, `/conversations/${id}/messages?sortDirection=Asc`, Message),
    members: members.map(({ user }) => user),
  };
}

/** The message after an event of its reactions. */
function reactedTo(message: Message, { n, reactions }: Extract<Event, { type: "reacted" }>): Message {
  const { reactions: _, ...rest } = message;
  // What was deleted meanwhile has none and stays as it is.
  if (message.deleted) return message;
  return { ...rest, reacted: n, ...(reactions.length > 0 && { reactions }) };
}

/** A client that loaded a conversation once and keeps its copy true by events alone. */
export class Replica {
  state: Snapshot | undefined;
  private readonly caller: Caller;
  private readonly id: string;
  private line: Line | undefined;
  /** Frames of the line that were found to have the promised shape. */
  private checked = 0;

  constructor(caller: Caller, id: string) {
    this.caller = caller;
    this.id = id;
  }

  /** Takes a new snapshot and listens from there on. */
  async load(): Promise<void> {
    this.close();
    this.state = await snapshotOf(this.caller, this.id);
    if (this.state) await this.listen();
  }

  /** Loses the connection; {@link sync} goes on from the position. */
  close(): void {
    this.checkFrames();
    this.line?.close();
    this.line = undefined;
  }

  /** Applies what came until the copy is at the latest event. Whoever was removed lets go of the copy. */
  async sync(): Promise<void> {
    const { status, body } = await this.caller.get(`/conversations/${this.id}`);
    if (status === 404) {
      await this.letGo();
      return;
    }
    if (!this.state) return this.load();
    try {
      if (!this.line) await this.listen();
      while (this.state && this.state.conversation.n < body.n) this.apply(await this.line?.event());
    } catch (error) {
      if (this.line?.closed?.code !== closeCodes.removed.code) throw error;
      await this.load();
    }
  }

  private async letGo(): Promise<void> {
    const end = await this.line?.end();
    this.checkFrames();
    if (end && end.code !== closeCodes.removed.code) throw new Error(`closed with ${end.code} instead of removed`);
    this.state = undefined;
    this.line = undefined;
  }

  private async listen(): Promise<void> {
    const { epoch, n } = (this.state as Snapshot).conversation;
    this.line = await this.caller.live(this.id, `?epoch=${epoch}&n=${n}`);
    this.checked = 0;
  }

  private checkFrames(): void {
    for (const frame of this.line?.frames.slice(this.checked) ?? []) {
      shaped(ServerFrame, frame);
      this.checked++;
    }
  }

  private apply(value: unknown): void {
    const event = shaped(Event, value);
    const state = this.state as Snapshot;
    if (event.n !== state.conversation.n + 1) throw new Error(`event ${event.n} after ${state.conversation.n}`);
    state.conversation.n = event.n;
    switch (event.type) {
      case "message":
        state.messages.push(event.message as Message);
        return;
      case "edited":
      case "deleted":
        state.messages = state.messages.map((message) =>
          message.id === event.message.id ? (event.message as Message) : message,
        );
        return;
      case "reacted":
        state.messages = state.messages.map((message) =>
          message.id === event.id ? reactedTo(message, event) : message,
        );
        return;
      case "title":
        state.conversation.title = event.title;
        return;
      case "members":
        return this.applyMembers(event);
      default:
        return event satisfies never;
    }
  }

  private applyMembers({ added, removed, memberCount }: Extract<Event, { type: "members" }>): void {
    const state = this.state as Snapshot;
    const everybody = standardUsers.allApplicationUsers;
    const isEveryones =
      !removed.includes(everybody) && (added.includes(everybody) || state.conversation.members.includes(everybody));
    const listed = new Set([...state.members, ...added]);
    for (const user of [...removed, everybody]) listed.delete(user);
    state.members = [...listed].sort();
    state.conversation.memberCount = memberCount;
    state.conversation.members = [...(isEveryones ? [everybody] : []), ...state.members.slice(0, limits.membersShown)];
  }
}
