import { createContext } from "preact";
import { useContext } from "preact/hooks";
import type {
  Activity,
  Collaboration,
  Inbox,
  InboxHandlers,
  Representation,
  Session,
  User,
} from "../../../src/sdk/client/index.ts";
import { isCollaborationError } from "../../../src/sdk/client/index.ts";
import { Watched } from "../../design/watched.ts";
import { ApplicationHooks } from "../../hooks/hooks.ts";
import { Administration } from "../administration/administration.ts";
import { Drafts } from "../conversation/drafts.ts";
import { History } from "../conversation/history.ts";
import { Outbox } from "../conversation/outbox.ts";
import { ConversationList } from "../conversations/list.ts";
import { NotificationCentre } from "../notifications/centre.ts";
import type { Keeper, KeptSite } from "../offline/keeper.ts";
import { People } from "../people/people.ts";
import { Reacting } from "../reactions/reacting.ts";
import { Connection } from "./connection.ts";
import { Kept } from "./kept.ts";

const historiesKept = 20;
const againMs = 5_000;
/** Problems after which there is no session any more. */
const endings = new Set(["unauthenticated", "user_blocked", "not_registered"]);

/** The signed-in user: at first nothing but an id is known. */
export type Me = Pick<User, "id"> & Partial<User>;

/** Everything the signed-in user has to do with. Made once for a session; views watch its parts. */
export class Site extends Watched {
  readonly beseda: Collaboration;
  readonly application: string;
  /** What the page around asks to be done otherwise. */
  readonly hooks: ApplicationHooks;
  readonly kept: Kept;
  readonly people: People;
  readonly list: ConversationList;
  readonly centre: NotificationCentre;
  readonly administration: Administration;
  readonly connection = new Connection();
  readonly outbox: Outbox;
  readonly drafts: Drafts;
  readonly reacting: Reacting;
  me: Me;
  doNotDisturb = false;
  /** Set once the session is over. */
  ended: string | undefined;
  /** Of when is what one sees, in milliseconds; undefined as long as the server is heard. */
  seenAt: number | undefined;
  /** Keeps what is seen for times without a connection; loaded behind the first screen. */
  keeping: Keeper | undefined;
  /** The user has read on some device. */
  onRead: ((conversation: string) => unknown) | undefined;
  /** Called when the user is to be told of something. */
  onNotify: ((activity: Activity) => unknown) | undefined;
  #inbox: Inbox | undefined;
  readonly #representations = new Map<string, Representation>();
  readonly #histories = new Map<string, History>();

  constructor(beseda: Collaboration, { application, user }: Session, hooks = new ApplicationHooks()) {
    super();
    this.beseda = beseda;
    this.application = application;
    this.hooks = hooks;
    this.me = { id: user };
    this.kept = new Kept(`${application}/${user}`);
    this.people = new People(beseda);
    this.list = new ConversationList(beseda, user);
    this.centre = new NotificationCentre(beseda, user);
    this.administration = new Administration(beseda);
    this.drafts = new Drafts(this.kept);
    this.outbox = new Outbox(beseda, this.kept);
    this.reacting = new Reacting(beseda, user);
    this.reacting.onChanged = (message) => this.#histories.get(message.conversationId)?.note(message);
    this.outbox.onSent = (message) => this.#histories.get(message.conversationId)?.note(message);
  }

  /** Shows what this browser kept, as of then. */
  recall({ at, list, people }: KeptSite): void {
    this.seenAt = at;
    this.people.note(...people);
    this.list.restore(list);
  }

  /** Lists at once, live news as soon as they come. */
  start(): void {
    // What few people need comes after what everybody waits for.
    void this.list.load().then(() => this.#listed());
    void this.centre.load();
    void this.#connect();
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

  /** What is known of a conversation; the one used longest ago is forgotten. */
  historyOf(id: string): History {
    const history = this.#histories.get(id) ?? new History(this.beseda, id);
    history.onMessage = (message) => message.author === this.me.id && this.outbox.arrived(message);
    this.keeping?.watch(history);
    if (!this.connection.isOpen) void this.#recall(history);
    this.#histories.delete(id);
    this.#histories.set(id, history);
    const [oldest] = this.#histories.keys();
    if (this.#histories.size > historiesKept && oldest !== undefined) this.#histories.delete(oldest);
    return history;
  }

  /** The user has seen a conversation up to this message. @param atOnce tells the server without delay */
  markRead(conversation: string, m: number, atOnce = false): void {
    this.#inbox?.markRead(conversation, m);
    if (atOnce) this.#inbox?.flush();
    this.#read(conversation, m);
  }

  /** The page goes to the background: what was read is told now. */
  lookAway(): void {
    this.#inbox?.flush();
  }

  noteMe(me: User): void {
    this.me = me;
    this.people.note(me);
    this.changed();
  }

  async setDoNotDisturb(doNotDisturb: boolean): Promise<void> {
    const former = this.doNotDisturb;
    this.#quiet(doNotDisturb);
    await this.beseda.setDoNotDisturb(doNotDisturb).catch((error: unknown) => {
      this.#quiet(former);
      throw error;
    });
  }

  /** The session is over: nothing is sent any more. */
  end(reason: string): void {
    if (this.ended !== undefined) return;
    this.ended = reason;
    this.beseda.close();
    this.changed();
  }

  /** How a conversation's notifications show, for the user. */
  async representationOf(conversation: string): Promise<Representation> {
    const known = this.list.known.get(conversation)?.representation ?? this.#representations.get(conversation);
    if (known) return known;
    const found = await this.beseda.getConversationNotificationRepresentation(conversation);
    this.#representations.set(conversation, found);
    return found;
  }

  /** The first connection is tried until it comes about or is refused; later the SDK does it. */
  async #connect(): Promise<void> {
    while (this.ended === undefined) {
      try {
        this.#inbox = await this.beseda.openInbox(this.#handlers());
        return;
      } catch (error) {
        const code = isCollaborationError(error) ? error.code : "network";
        if (endings.has(code)) return this.end(code);
        await new Promise((resolve) => setTimeout(resolve, againMs));
      }
    }
  }

  #handlers(): InboxHandlers {
    const { list, centre } = this;
    return {
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
        for (const history of this.#histories.values()) history.reconnected();
        // The first lists are on their way already.
        if (list.state === "ready") this.refresh();
        void this.outbox.resume();
      },
      state: (isConnected) => this.#heard(isConnected),
      ended: ({ error }) => this.end(error.code),
    };
  }

  /** From now on what is seen is kept, and what was kept is there. */
  keepWith(keeping: Keeper): void {
    this.keeping = keeping;
    if (this.list.state === "failed") void this.#listed();
    for (const history of this.#histories.values()) {
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

const Current = createContext<Site | undefined>(undefined);
export const SiteProvider = Current.Provider;

/** The site of whoever is signed in. */
export function useSite(): Site {
  const site = useContext(Current);
  if (!site) throw new TypeError("Nobody is signed in here");
  return site;
}
