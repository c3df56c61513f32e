import { createContext } from "preact";
import { useContext } from "preact/hooks";
import type { Collaboration, Inbox, InboxHandlers, User } from "../../../src/sdk/client/index.ts";
import { isCollaborationError } from "../../../src/sdk/client/index.ts";
import { ApplicationHooks } from "../../../src/sdk/embed/hooks.ts";
import { Watched } from "../../design/watched.ts";
import { Drafts } from "../conversation/drafts.ts";
import { History } from "../conversation/history.ts";
import { Outbox } from "../conversation/outbox.ts";
import { People } from "../people/people.ts";
import { Reacting } from "../reactions/reacting.ts";
import { Connection } from "./connection.ts";
import { Kept } from "./kept.ts";

const historiesKept = 20;
const againMs = 5_000;
/** Problems after which there is no session any more. */
const endings = new Set(["unauthenticated", "user_blocked", "not_registered"]);

/** The signed-in user: at first nothing but an id may be known. */
export type Me = Pick<User, "id"> & Partial<User>;

/** Who speaks. */
export interface Identity {
  me: Me;
  /** Under whose name the browser keeps what is not sent yet. */
  owner: string;
  /** Where the pages of the server are, for links to them. */
  origin: string;
}

/**
 * The user in conversations: what is read and written, and by whom. Made once for a session; views watch its parts. The site
 * adds its lists to it, a page of another application needs no more.
 */
export class Speaker extends Watched {
  readonly beseda: Collaboration;
  readonly origin: string;
  /** What the page around asks to be done otherwise. */
  readonly hooks: ApplicationHooks;
  readonly kept: Kept;
  readonly people: People;
  readonly connection = new Connection();
  readonly outbox: Outbox;
  readonly drafts: Drafts;
  readonly reacting: Reacting;
  me: Me;
  /** Set once the session is over. */
  ended: string | undefined;
  #inbox: Inbox | undefined;
  protected readonly histories = new Map<string, History>();

  constructor(beseda: Collaboration, { me, owner, origin }: Identity, hooks = new ApplicationHooks()) {
    super();
    this.beseda = beseda;
    this.origin = origin;
    this.hooks = hooks;
    this.me = me;
    this.kept = new Kept(owner);
    this.people = new People(beseda);
    this.drafts = new Drafts(this.kept);
    this.outbox = new Outbox(beseda, this.kept);
    this.reacting = new Reacting(beseda, me.id);
    this.reacting.onChanged = (message) => this.histories.get(message.conversationId)?.note(message);
    this.outbox.onSent = (message) => this.histories.get(message.conversationId)?.note(message);
  }

  /** Live news, as soon as they come. */
  start(): void {
    void this.#connect();
  }

  /** What is known of a conversation; the one used longest ago is forgotten. */
  historyOf(id: string): History {
    const history = this.histories.get(id) ?? new History(this.beseda, id);
    history.onMessage = (message) => message.author === this.me.id && this.outbox.arrived(message);
    this.histories.delete(id);
    this.histories.set(id, history);
    const [oldest] = this.histories.keys();
    if (this.histories.size > historiesKept && oldest !== undefined) this.histories.delete(oldest);
    return history;
  }

  /** The user has seen a conversation up to this message. @param atOnce tells the server without delay */
  markRead(conversation: string, m: number, atOnce = false): void {
    this.#inbox?.markRead(conversation, m);
    if (atOnce) this.#inbox?.flush();
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

  /** The session is over. */
  end(reason: string): void {
    if (this.ended !== undefined) return;
    this.ended = reason;
    this.changed();
  }

  /** The first connection is tried until it comes about or is refused; later the SDK does it. */
  async #connect(): Promise<void> {
    while (this.ended === undefined) {
      try {
        this.#inbox = await this.beseda.openInbox(this.handlers());
        return;
      } catch (error) {
        const code = isCollaborationError(error) ? error.code : "network";
        if (endings.has(code)) return this.end(code);
        await new Promise((resolve) => setTimeout(resolve, againMs));
      }
    }
  }

  protected handlers(): InboxHandlers {
    return {
      connected: () => {
        for (const history of this.histories.values()) history.reconnected();
        void this.outbox.resume();
      },
      state: (isConnected) => this.connection.set(isConnected),
      ended: ({ error }) => this.end(error.code),
    };
  }
}

const Current = createContext<Speaker | undefined>(undefined);
export const SpeakerProvider = Current.Provider;

/** Whoever speaks in the conversation around. */
export function useSpeaker(): Speaker {
  const speaker = useContext(Current);
  if (!speaker) throw new TypeError("Nobody is signed in here");
  return speaker;
}
