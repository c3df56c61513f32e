import {
  type Collaboration,
  type ConversationView,
  type Event,
  isCollaborationError,
  type MessageView,
  type Subscription,
} from "../../../src/sdk/client/index.ts";
import { Watched } from "../../design/watched.ts";
import { Readers, tellsReaders } from "../readers/readers.ts";
import { Originals } from "../replies/originals.ts";
import { Pages } from "./pages.ts";
import type { Remark } from "./rows.ts";
import { Typing } from "./typing.ts";

export type Source = Pick<Collaboration, "getMessages" | "subscribe" | "getMessage" | "getReaders">;
const betweenTellingsMs = 50;

/**
 * One conversation while it is open, and what is known of it afterwards: its messages by pages, its events live. It shows
 * at once what it knows, and mends it when the server answers.
 */
export class History extends Watched {
  state: "loading" | "ready" | "failed" | "gone" = "loading";
  conversation: ConversationView | undefined;
  remarks: Remark[] = [];
  /** Ordinal up to which the user had read when it was opened; the divider stands behind it. */
  readUpTo: number | undefined;
  /** Messages that came while a part further back is shown. */
  missed = 0;
  readonly id: string;
  readonly pages: Pages;
  readonly typing = new Typing();
  readonly readers = new Readers();
  readonly originals: Originals;
  readonly #source: Source;
  #subscription: Subscription | undefined;
  /** Views that show it now: the next one may come before the former has gone. */
  #views = 0;
  #isOpen = false;
  #prepared: Promise<void> | undefined;
  /** Ordinal of the latest message that was seen; often that happens before the connection is there. */
  #read = 0;
  #isRestored = false;
  /** Number of the latest loaded message, and of the latest event at the greeting. */
  #loadedTo = 0;
  #greetedAt = 0;
  #toldAt = 0;
  #timer: ReturnType<typeof setTimeout> | undefined;
  onMessage: ((message: MessageView) => void) | undefined;

  constructor(source: Source, id: string) {
    super();
    this.#source = source;
    this.id = id;
    this.pages = new Pages(source, id);
    this.originals = new Originals(source, this.pages);
  }

  get messages(): readonly MessageView[] {
    return this.pages.messages;
  }

  /** Somebody is about to open it: the messages are asked for already. */
  prepare(): void {
    if (this.#views === 0 && this.state === "loading") this.#prepared ??= this.#load();
  }

  /** A view shows it: the first one begins to listen. */
  async open(): Promise<void> {
    this.#views++;
    if (this.#views === 1) await this.#begin();
  }

  /** A view is gone: with the last one the listening ends. */
  close(): void {
    this.#views--;
    if (this.#views === 0) this.#end();
  }

  /** Shows what was kept, until the server answers. */
  restore({ conversation, messages }: { conversation: ConversationView | undefined; messages: MessageView[] }): void {
    if (this.state === "ready" || this.state === "gone") return;
    this.#isRestored = true;
    this.conversation ??= conversation;
    this.pages.put(...messages);
    this.pages.hasOlder = false;
    this.state = "ready";
    this.changed();
  }

  /** The server is heard again: whoever could not be reached is tried once more. */
  reconnected(): void {
    if (this.#isOpen && !this.#subscription) this.retry();
  }

  /** The user is writing. */
  type(): void {
    this.#subscription?.typing();
  }

  /** The user has seen messages up to this ordinal: the others may know. */
  read(m: number): void {
    this.#read = Math.max(this.#read, m);
    if (this.#read > 0 && this.conversation && tellsReaders(this.conversation)) this.#subscription?.reading(this.#read);
  }

  /** Another try, after a failure. */
  retry(): void {
    this.#end();
    void this.#begin();
  }

  async older(): Promise<void> {
    if (await this.pages.older()) this.changed();
  }

  async newer(): Promise<void> {
    if (await this.pages.newer()) this.changed();
    if (!this.pages.hasNewer) this.missed = 0;
  }

  /** Shows the newest messages again. */
  async latest(): Promise<void> {
    if (this.pages.hasNewer) await this.pages.latest();
    this.missed = 0;
    this.changed();
  }

  /** Makes sure that a message is loaded. @returns whether there is such a message */
  async reach(n: number): Promise<boolean> {
    try {
      await this.pages.reach(n);
    } catch {
      return false;
    }
    this.state = "ready";
    this.changed();
    return true;
  }

  /** A message as it is now: its own answer may come before its event, or behind it. */
  note(message: MessageView): void {
    const isNew = !this.pages.has(message.n);
    if (isNew && this.pages.hasNewer) this.missed++;
    else this.pages.put(message);
    if (isNew) this.onMessage?.(message);
    else this.originals.note(message);
    this.#tell();
  }

  forgetUnread(): void {
    if (this.readUpTo === undefined) return;
    this.readUpTo = undefined;
    this.changed();
  }

  async #begin(): Promise<void> {
    this.remarks = [];
    this.#isOpen = true;
    const wasReady = this.state === "ready";
    if (!wasReady) this.state = "loading";
    this.changed();
    const loading = this.#prepared ?? this.#load();
    this.#prepared = undefined;
    await Promise.all([loading, this.#listen()]);
    // Between the first page and the greeting something may have happened that neither of them has told.
    if (this.#isOpen && this.state === "ready" && this.#greetedAt > this.#loadedTo) await this.#load();
  }

  #end(): void {
    this.#isOpen = false;
    this.typing.clear();
    this.#subscription?.detach();
    this.#subscription = undefined;
  }

  async #load(): Promise<void> {
    try {
      this.#loadedTo = await this.pages.latest(this.#isRestored);
      this.#isRestored = false;
      this.state = "ready";
      this.missed = 0;
    } catch (error) {
      if (isCollaborationError(error, "not_found")) this.state = "gone";
      else if (this.state !== "ready") this.state = "failed";
    }
    this.changed();
  }

  async #listen(): Promise<void> {
    try {
      const subscription = await this.#source.subscribe(this.id, {
        event: (event) => this.#hear(event),
        conversation: (conversation) => this.#greeted(conversation),
        typing: (user) => this.typing.heard(user),
        reading: (user, m) => this.readers.note({ user, m }),
        reload: () => {
          this.originals.forget();
          void this.#load();
        },
        ended: ({ error }) => this.#ended(error.code === "not_found"),
      });
      if (!this.#isOpen || this.#subscription) return subscription.detach();
      this.#subscription = subscription;
      this.read(this.#read);
    } catch (error) {
      if (isCollaborationError(error, "not_found")) this.#ended(true);
      else if (this.#isOpen && this.state !== "ready") this.#fail();
    }
  }

  #greeted(conversation: ConversationView): void {
    if (!this.#subscription) this.#greetedAt = conversation.n;
    this.conversation = conversation;
    this.changed();
    if (tellsReaders(conversation)) void this.#askReaders();
  }

  /** What was told while nobody listened is lost, so each connection begins with a question. */
  async #askReaders(): Promise<void> {
    // Without an answer nothing is shown, which is no failure of the conversation.
    this.readers.note(...(await this.#source.getReaders(this.id).catch(() => [])));
  }

  #hear(event: Event): void {
    if (event.type === "message") this.typing.stopped(event.message.author);
    if (this.#subscription?.conversation) this.conversation = this.#subscription.conversation;
    if (event.type === "members" || event.type === "title") this.remarks = [...this.remarks, event];
    else if (event.type === "reacted") this.pages.react(event);
    else if (event.type === "message" || this.pages.has(event.message.n))
      return this.note(event.message as MessageView);
    // A change further back: it is loaded as it is then.
    else this.originals.note(event.message as MessageView);
    this.changed();
  }

  /** What others write is told at once, and in a busy conversation no more often than anybody can read. */
  #tell(): void {
    const restMs = this.#toldAt + betweenTellingsMs - performance.now();
    this.#timer ??= setTimeout(
      () => {
        this.#timer = undefined;
        this.#toldAt = performance.now();
        this.changed();
      },
      Math.max(0, restMs),
    );
  }

  #ended(isGone: boolean): void {
    if (!this.#isOpen) return;
    if (isGone) this.state = "gone";
    this.changed();
  }

  #fail(): void {
    this.state = "failed";
    this.changed();
  }
}
