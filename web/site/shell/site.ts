import type { Activity, Collaboration, InboxHandlers, Representation, User } from "../../../src/sdk/client/index.ts";
import { Administration } from "../administration/administration.ts";
import { ConversationList } from "../conversations/list.ts";
import { NotificationCentre } from "../notifications/centre.ts";
import { Speaker, useSpeaker } from "./speaker.ts";

/** Everything the signed-in user has to do with. Made once for a session; views watch its parts. */
export class Site extends Speaker {
  readonly application: string;
  readonly list: ConversationList;
  readonly centre: NotificationCentre;
  readonly administration: Administration;
  doNotDisturb = false;
  /** Called when the user is to be told of something. */
  onNotify: ((activity: Activity) => unknown) | undefined;
  readonly #representations = new Map<string, Representation>();

  constructor(beseda: Collaboration, application: string, me: User) {
    super(beseda, { me, owner: `${application}/${me.id}`, origin: location.origin });
    this.application = application;
    this.list = new ConversationList(beseda, me.id);
    this.centre = new NotificationCentre(beseda, me.id);
    this.administration = new Administration(beseda);
  }

  /** Lists at once, live news as soon as they come. */
  override start(): void {
    // What few people need comes after what everybody waits for.
    void this.list.load().then(() => this.administration.load());
    void this.centre.load();
    super.start();
  }

  refresh(): void {
    void this.list.load();
    void this.centre.load();
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
    };
  }

  #read(conversation: string, m: number): void {
    this.list.read(conversation, m);
    this.centre.read(conversation, m);
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
