import type { MessageFields, MessageView } from "../../../src/sdk/client/index.ts";
import { Watched } from "../../design/watched.ts";
import type { Kept } from "../shell/kept.ts";

/** A message that was typed and is not known to be stored. */
export interface Unsent {
  /** The same for every try, so that no try posts it twice. */
  clientId: string;
  conversation: string;
  text: string;
  recipients?: string[];
  attachments?: string[];
  /** Number of the message it answers. */
  replyTo?: number;
  /** Names of these files, to be shown. */
  files?: string[];
  date: string;
  state: "sending" | "waiting" | "failed";
  /** Code of the problem, when it failed. */
  problem?: string;
  /** Its event has come, only the answer has not: it stands in the log already. */
  hasArrived?: boolean;
}

/** The part of the SDK that it needs. */
interface Source {
  sendInteractiveMessage(conversation: string, typed: MessageFields): Promise<{ view: MessageView | undefined }>;
}

/** Messages on their way, one after the other in each conversation. They outlive a reload and a lost connection. */
export class Outbox extends Watched {
  readonly #source: Source;
  readonly #kept: Pick<Kept, "all" | "set">;
  readonly #busy = new Set<string>();
  #unsent: readonly Unsent[];
  onSent: ((message: MessageView) => void) | undefined;

  constructor(source: Source, kept: Pick<Kept, "all" | "set">) {
    super();
    this.#source = source;
    this.#kept = kept;
    // Whatever was on its way when the page went away is tried again under the same name.
    this.#unsent = kept
      .all<Unsent>("unsent/")
      .map((entry): Unsent => ({ ...entry, state: entry.state === "failed" ? "failed" : "waiting", hasArrived: false }))
      .sort((a, b) => (a.date < b.date ? -1 : 1));
  }

  of(conversation: string): Unsent[] {
    return this.#unsent.filter((entry) => entry.conversation === conversation);
  }

  send(
    draft: Pick<Unsent, "conversation" | "text" | "recipients" | "attachments" | "replyTo" | "files">,
  ): Promise<void> {
    const entry: Unsent = {
      ...draft,
      clientId: crypto.randomUUID(),
      date: new Date().toISOString(),
      state: "sending",
    };
    this.#keep([...this.#unsent, entry]);
    return this.#run(draft.conversation);
  }

  retry(clientId: string): Promise<void> {
    const entry = this.#change(clientId, { state: "waiting" });
    return entry ? this.#run(entry.conversation) : Promise.resolve();
  }

  discard(clientId: string): void {
    this.#keep(this.#unsent.filter((entry) => entry.clientId !== clientId));
  }

  /** The connection is there: everything that waits goes. */
  async resume(): Promise<void> {
    await Promise.all([...new Set(this.#unsent.map(({ conversation }) => conversation))].map((id) => this.#run(id)));
  }

  /** An own message was heard of before its answer came: what stands for it here is shown no longer. */
  arrived({ conversationId, text }: MessageView): void {
    const entry = this.of(conversationId).find(
      (one) => one.state === "sending" && !one.hasArrived && one.text === text,
    );
    if (entry) this.#change(entry.clientId, { hasArrived: true });
  }

  async #run(conversation: string): Promise<void> {
    if (this.#busy.has(conversation)) return;
    this.#busy.add(conversation);
    try {
      for (let next = this.#next(conversation); next; next = this.#next(conversation))
        if (!(await this.#try(next))) return;
    } finally {
      this.#busy.delete(conversation);
    }
  }

  #next(conversation: string): Unsent | undefined {
    return this.of(conversation).find(({ state }) => state !== "failed");
  }

  /** @returns false when there is no use in trying the next one now */
  async #try({ clientId, conversation, text, recipients, attachments, replyTo }: Unsent): Promise<boolean> {
    this.#change(clientId, { state: "sending" });
    try {
      const { view } = await this.#source.sendInteractiveMessage(conversation, {
        text,
        clientId,
        ...(recipients && { recipients }),
        ...(attachments && { attachments }),
        ...(replyTo !== undefined && { replyTo }),
      });
      if (view) this.onSent?.(view);
      this.discard(clientId);
      return true;
    } catch (error) {
      const code = (error as { code?: unknown }).code;
      if (typeof code === "string" && !isPassing(code)) {
        this.#change(clientId, { state: "failed", problem: code });
        return true;
      }
      this.#change(clientId, { state: "waiting" });
      return false;
    }
  }

  #change(clientId: string, changes: Partial<Unsent>): Unsent | undefined {
    this.#keep(this.#unsent.map((entry) => (entry.clientId === clientId ? { ...entry, ...changes } : entry)));
    return this.#unsent.find((entry) => entry.clientId === clientId);
  }

  /** Each entry is kept by itself, because other windows of the same user keep theirs beside it. */
  #keep(unsent: readonly Unsent[]): void {
    const names = new Set(unsent.map(({ clientId }) => clientId));
    for (const { clientId } of this.#unsent) if (!names.has(clientId)) this.#kept.set(`unsent/${clientId}`, undefined);
    for (const entry of unsent) if (!this.#unsent.includes(entry)) this.#kept.set(`unsent/${entry.clientId}`, entry);
    this.#unsent = unsent;
    this.changed();
  }
}

/** Problems of the moment: the message waits for a better one. */
const isPassing = (code: string): boolean => ["network", "unavailable", "internal", "unauthenticated"].includes(code);
