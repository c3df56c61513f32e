import type { Activity, Collaboration, InboxHandlers, Representation, Session } from "../../../src/sdk/client/index.ts";
import { Administration } from "../administration/administration.ts";
import type { History } from "../conversation/history.ts";
import { ConversationList } from "../conversations/list.ts";
import { NotificationCentre } from "../notifications/centre.ts";
import type { Keeper, KeptSite } from "../offline/keeper.ts";
import { Speaker, useSpeaker } from "./speaker.ts";

/** Everything the signed-in user has to do with. Made once for a session; views watch its parts. */
export class Site extends Speaker {
  readonly application: string;
  readonly list: ConversationList;
  readonly centre: NotificationCentre;
  readonly administration: Administration;
  doNotDisturb = false;
  /** Of when is what one sees, in milliseconds; undefined as long as the server is heard. */
  seenAt: number | undefined;
  /** Keeps what is seen for times without a connection; loaded behind the first screen. */
  keeping: Keeper | undefined;
  /** The user has read on some device. */
  onRead: ((conversation: string) => unknown) | undefined;
  /** Called when the user is to be told of something. */
  onNotify: ((activity: Activity) => unknown) | undefined;
  readonly #representations = new Map<string, Representation>();

  constructor(beseda: Collaboration, { application, user }: Session) {
    super(beseda, { me: { id: user }, owner: `${application}/${user}`, origin: location.origin });
    this.application = application;
    this.list = new ConversationList(beseda, user);
    this.centre = new NotificationCentre(beseda, user);
    this.administration = new Administration(beseda);
  }

  /** Shows what this browser kept, as of then. */
  recall({ at, list, people }: KeptSite): void {
    this.seenAt = at;
    this.people.note(...people);
    this.list.restore(list);
  }

  /** Lists at once, live news as soon as they come. */
  override start(): void {
    // What few people need comes after what everybody waits for.
    void this.list.load().then(() => this.#listed());
    void this.centre.load();
    super.start();
  }

  refresh(): void {
    void this.list.load();
    void this.centre.load();
    this.beseda.getUser("me").then(
      (me) => this.noteMe(me),
      // It is asked for again after the next connection.
      () => undefined,
    );
  }

  override historyOf(id: string): History {
    const history = super.historyOf(id);
    this.keeping?.watch(history);
    if (!this.connection.isOpen) void this.#recall(history);
    return history;
  }

  override markRead(conversation: string, m: number, atOnce = false): void {
    super.markRead(conversation, m, atOnce);
    this.#read(conversation, m);
  }

  async setDoNotDisturb(doNotDisturb: boolean): Promise<void> {
    const former = this.doNotDisturb;
    this.#quiet(doNotDisturb);
    await this.beseda.setDoNotDisturb(doNotDisturb).catch((error: unknown) => {
      this.#quiet(former);
      throw error;
    });
  }

  /** Nothing is sent any more. */
  override end(reason: string): void {
    if (this.ended === undefined) this.beseda.close();
    super.end(reason);
  }

  /** How a conversation's notifications show, for the user. */
  async representationOf(conversation: string): Promise<Representation> {
    const known = this.list.known.get(conversation)?.representation ?? this.#representations.get(conversation);
    if (known) return known;
    const found = await this.beseda.getConversationNotificationRepresentation(conversation);
    this.#representations.set(conversation, found);
    return found;
  }

  protected override handlers(): InboxHandlers {
    const { list, centre } = this;
    const common = super.handlers();
    return {
      ...common,
      activity: ({ notify, activity }) => {
        list.activity(activity);
        if (notify) centre.activity(activity);
        if (notify) this.onNotify?.(activity);
      },
      joined: ({ conversation }) => list.joined(conversation),
      left: ({ conversationId }) => {
        void this.keeping?.forget(conversationId);
        list.left(conversationId);
        centre.left(conversationId);
      },
      read: ({ conversationId, m }) => this.#read(conversationId, m),
      settings: ({ conversationId, watch, representation }) => {
        list.settings(conversationId, { watch, representation });
        centre.settings(conversationId, representation);
        this.#representations.set(conversationId, representation);
      },
      doNotDisturb: ({ doNotDisturb }) => this.#quiet(doNotDisturb),
      connected: () => {
        // The first lists are on their way already.
        if (list.state === "ready") this.refresh();
        common.connected?.();
      },
      state: (isConnected) => this.#heard(isConnected),
    };
  }

  /** From now on what is seen is kept, and what was kept is there. */
  keepWith(keeping: Keeper): void {
    this.keeping = keeping;
    if (this.list.state === "failed") void this.#listed();
    for (const history of this.histories.values()) {
      keeping.watch(history);
      if (!this.connection.isOpen) void this.#recall(history);
    }
  }

  /** Without a list from the server the kept one is shown. */
  async #listed(): Promise<void> {
    if (this.list.state !== "failed") return this.administration.load();
    const kept = await this.keeping?.site();
    if (kept && this.list.state === "failed") this.recall(kept);
  }

  async #recall(history: History): Promise<void> {
    const kept = await this.keeping?.conversation(history.id);
    if (kept && !this.connection.isOpen) history.restore(kept);
  }

  #heard(isConnected: boolean): void {
    if (isConnected) this.seenAt = undefined;
    else if (this.connection.isOpen) this.seenAt = Date.now();
    this.connection.set(isConnected);
    this.changed();
  }

  #read(conversation: string, m: number): void {
    this.list.read(conversation, m);
    this.centre.read(conversation, m);
    this.onRead?.(conversation);
  }

  #quiet(doNotDisturb: boolean): void {
    this.doNotDisturb = doNotDisturb;
    this.changed();
  }
}

/** The site around, for its own views; what others draw too asks for the {@link useSpeaker speaker}. */
export function useSite(): Site {
  const speaker = useSpeaker();
  if (!(speaker instanceof Site)) throw new TypeError("This is drawn by the site alone");
  return speaker;
}
