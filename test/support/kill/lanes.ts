import type { Conversation } from "../../../src/protocol/conversations.ts";
import type { Message } from "../../../src/protocol/messages.ts";
import type { Chance } from "../chance.ts";
import { Lost, type RawLine, type Talker } from "../node/talk.ts";
import { type Ledger, type Posted, Told } from "./ledger.ts";

/** A room of one round: made by one of the senders, or bound to an object. */
export interface Room {
  id: string;
  creator: number;
}

/** What one sender does one thing after the other. A sender has several lanes, so that its requests overlap. */
export interface LaneOptions {
  name: string;
  sender: number;
  talker: Talker;
  /** Sockets to the rooms, for senders that speak WebSocket. */
  lines: ReadonlyMap<string, RawLine> | undefined;
  rooms: readonly Room[];
  /** The room of the sender's own, in which it changes title and members. */
  own: Room;
  /** The user that this lane adds and removes. */
  guest: string;
  /** The reader, who is addressed by messages of the context room. */
  reader: string;
  ledger: Ledger;
  chance: Chance;
}

const weights = { post: 60, edit: 14, delete: 6, members: 8, title: 5, create: 7 };

export class Lane {
  private readonly options: LaneOptions;
  private readonly mine: Posted[] = [];
  private readonly seen = new Map<string, number>();
  private count = 0;

  constructor(options: LaneOptions) {
    this.options = options;
  }

  /** Works until the server dies. */
  async run(): Promise<void> {
    const { ledger, chance, name } = this.options;
    while (!ledger.isEnding) {
      const action = chance.weighted(weights);
      try {
        await this[action]();
        ledger.acknowledged++;
      } catch (error) {
        if (!ledger.isEnding) ledger.complaints.push(`${name} ${action}: ${error}`);
        if (error instanceof Lost) return;
      }
    }
  }

  private async post(): Promise<void> {
    const { sender, rooms, chance, ledger, reader, name } = this.options;
    const room = chance.pick(rooms);
    const text = `${name} ${++this.count}`;
    const draft = { text, clientId: text, seen: this.seen.get(room.id) ?? 0 };
    const posted: Posted = {
      sender,
      room: room.id,
      draft: room.creator < 0 ? { ...draft, recipients: [reader] } : draft,
    };
    ledger.posts.push(posted);
    posted.stored = await this.send(posted);
    this.seen.set(room.id, posted.stored.n);
    this.mine.push(posted);
  }

  private send({ room, draft }: Posted): Promise<Message> {
    const { lines, talker } = this.options;
    return (
      lines?.get(room)?.ask({ type: "post", message: draft }) ??
      talker.request("POST", `/conversations/${room}/messages`, draft)
    );
  }

  private async edit(): Promise<void> {
    const posted = this.changeable();
    if (!posted) return this.post();
    const { id = "" } = posted.stored ?? {};
    const changes = { text: `${posted.draft.text} edit ${++this.count}` };
    posted.doubtful = changes.text;
    posted.stored = await (this.options.lines?.get(posted.room)?.ask({ type: "edit", id, changes }) ??
      this.options.talker.request<Message>("PATCH", `/messages/${id}`, changes));
    delete posted.doubtful;
  }

  private async delete(): Promise<void> {
    const posted = this.changeable();
    if (!posted) return this.post();
    const { id = "" } = posted.stored ?? {};
    posted.doubtful = null;
    posted.stored = await (this.options.lines?.get(posted.room)?.ask({ type: "delete", id }) ??
      this.options.talker.request<Message>("DELETE", `/messages/${id}`));
    delete posted.doubtful;
    this.mine.splice(this.mine.indexOf(posted), 1);
  }

  private changeable(): Posted | undefined {
    return this.mine.length === 0 ? undefined : this.options.chance.pick(this.mine);
  }

  private async members(): Promise<void> {
    const { own, guest, talker, ledger } = this.options;
    const key = `${own.id} ${guest}`;
    const told = ledger.members.get(key) ?? new Told(false);
    ledger.members.set(key, told);
    const path = `/conversations/${own.id}/members`;
    await (told.certain
      ? told.change(false, () => talker.request("DELETE", `${path}/${guest}`))
      : told.change(true, () => talker.request("POST", path, { users: [guest] })));
  }

  /** Only the first lane of a sender renames: of two at once nobody could tell which came last. */
  private async title(): Promise<void> {
    const { own, talker, ledger, name } = this.options;
    if (!name.endsWith(".0")) return this.post();
    const told = ledger.titles.get(own.id) as Told<string>;
    const title = `${name} title ${++this.count}`;
    await told.change(title, () => talker.request("PATCH", `/conversations/${own.id}`, { title }));
  }

  private async create(): Promise<void> {
    const { sender, talker, ledger, name, guest } = this.options;
    const title = `${name} room ${++this.count}`;
    const created = { sender, draft: { title, clientId: title, members: [guest] } };
    ledger.created.push(created);
    const stored = await talker.request<Conversation>("POST", "/conversations", created.draft);
    Object.assign(created, { stored });
  }
}
