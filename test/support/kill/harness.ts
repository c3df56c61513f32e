import { createServer, type Server as HttpServer } from "node:http";
import { text } from "node:stream/consumers";
import { type Ground, prepareGround } from "../../../bench/ground.ts";
import type { Conversation } from "../../../src/protocol/conversations.ts";
import type { Event } from "../../../src/protocol/live.ts";
import type { Message } from "../../../src/protocol/messages.ts";
import { Chance } from "../chance.ts";
import { Server } from "../node/server.ts";
import { type RawLine, Talker } from "../node/talk.ts";
import { auditFacts, auditHeard, auditMessages, type Found, readRoom } from "./audit.ts";
import { Lane, type Room } from "./lanes.ts";
import { Ledger, Told } from "./ledger.ts";
import { afterAlarms, auditLists } from "./lists.ts";

const lanesOfSender = 4;
/** Acknowledged posts that are sent again after the crash, to see whether they are recognised. */
const repeats = 60;

export interface RoundReport {
  acknowledged: number;
  /** Requests under way when the server died. */
  unanswered: number;
  complaints: string[];
}

/**
 * Kills the whole server while eight senders work, starts it again on what it has kept, and compares everything that was
 * acknowledged with everything that is there.
 */
export class KillHarness {
  private readonly server: Server;
  private readonly ground: Ground;
  private readonly callback: HttpServer;
  private readonly senders: { id: string; talker: Talker }[];
  private readonly reader: { id: string; talker: Talker };
  private readonly chance: Chance;
  private rounds = 0;

  private constructor(server: Server, ground: Ground, callback: HttpServer, senders: number, seed: number) {
    const people = ground.users.map(({ id, token }) => ({ id, talker: new Talker(server.origin, token) }));
    this.server = server;
    this.ground = ground;
    this.callback = callback;
    this.senders = people.slice(0, senders);
    this.reader = people[senders] as (typeof people)[number];
    this.chance = new Chance(seed);
  }

  static async open(seed: number, senders = 8): Promise<KillHarness> {
    const server = await new Server().start();
    const ground = await prepareGround(server.origin, senders + 1 + senders * lanesOfSender);
    const callback = await answerEverybodyReads(ground);
    return new KillHarness(server, ground, callback, senders, seed);
  }

  get output(): string {
    return this.server.output;
  }

  async close(): Promise<void> {
    await this.server.stop();
    this.callback.close();
  }

  /** One life of the server: at most this long under load, then the kill and the comparison. */
  async round(seconds: number): Promise<RoundReport> {
    const ledger = new Ledger();
    const rooms = await this.makeRooms(ledger);
    const heard = new Map<string, Event[]>(rooms.map(({ id }) => [id, []]));
    for (const { id } of rooms)
      await this.reader.talker.line(`/conversations/${id}/live`, (frame) => {
        if (frame.type === "events") heard.get(id)?.push(...frame.events);
      });
    const lanes = await this.makeLanes(ledger, rooms);
    const work = [...lanes.map((lane) => lane.run()), this.read(ledger, rooms, heard)];
    await new Promise((resolve) => setTimeout(resolve, (0.2 + 0.8 * this.chance.next()) * seconds * 1000));
    ledger.isEnding = true;
    await this.server.kill();
    await Promise.all(work);
    const unanswered = ledger.posts.filter(({ stored, doubtful }) => !stored || doubtful !== undefined).length;
    await this.server.start();
    return { acknowledged: ledger.acknowledged, unanswered, complaints: await this.audit(ledger, rooms, heard) };
  }

  private async audit(ledger: Ledger, rooms: readonly Room[], heard: Map<string, Event[]>): Promise<string[]> {
    const complaints = [...ledger.complaints, ...(await this.repeat(ledger))];
    const found = new Map<string, Found>();
    for (const { id, creator } of rooms) {
      const talkers = [this.reader, this.senders[Math.max(0, creator)], this.chance.pick(this.senders)];
      found.set(
        id,
        await readRoom(
          id,
          talkers.flatMap((person) => person?.talker ?? []),
          complaints,
        ),
      );
    }
    complaints.push(...auditMessages(ledger, found), ...auditHeard(heard, found));
    complaints.push(
      ...(await auditFacts(
        ledger,
        found,
        this.reader.talker,
        this.senders.map(({ talker }) => talker),
      )),
    );
    complaints.push(...(await afterAlarms(() => auditLists(ledger, found, this.senders, this.reader))));
    return complaints;
  }

  /** Sends again what had no answer, and some of what had one: with other words, and over the other transport (R3). */
  private async repeat(ledger: Ledger): Promise<string[]> {
    const complaints: string[] = [];
    const known = ledger.posts.filter(({ stored }) => stored !== undefined);
    const again = [
      ...ledger.posts.filter(({ stored }) => stored === undefined),
      ...Array.from({ length: Math.min(repeats, known.length) }, () => this.chance.pick(known)),
    ];
    for (const posted of again) {
      const { talker } = this.senders[posted.sender] as (typeof this.senders)[number];
      const draft = posted.stored ? { ...posted.draft, text: "other words" } : posted.draft;
      let message: Message;
      if (posted.sender % 2 === 0) {
        const line = await talker.line(`/conversations/${posted.room}/live`);
        message = await line.ask({ type: "post", message: draft });
        line.close();
      } else message = await talker.request("POST", `/conversations/${posted.room}/messages`, draft);
      posted.stored ??= message;
      if (message.id !== posted.stored.id) complaints.push(`${posted.draft.text} was stored twice`);
    }
    for (const created of ledger.created) {
      const { talker } = this.senders[created.sender] as (typeof this.senders)[number];
      if (!created.stored) created.stored = await talker.request("POST", "/conversations", created.draft);
    }
    return complaints;
  }

  /** A room of each sender with all the others and the reader, and one that is bound to an object. */
  private async makeRooms(ledger: Ledger): Promise<Room[]> {
    const members = [...this.senders, this.reader].map(({ id }) => id);
    const round = ++this.rounds;
    const rooms: Room[] = [];
    for (const [creator, { talker }] of this.senders.entries()) {
      const title = `Round ${round}, room ${creator}`;
      const { id } = await talker.request<Conversation>("POST", "/conversations", { title, members });
      ledger.titles.set(id, new Told(title));
      rooms.push({ id, creator });
    }
    const first = (this.senders[0] as (typeof this.senders)[number]).talker;
    const { id } = await first.request<Conversation>("POST", "/conversations", {
      conversationContext: `/orders/${round}`,
    });
    return [...rooms, { id, creator: -1 }];
  }

  private async makeLanes(ledger: Ledger, rooms: readonly Room[]): Promise<Lane[]> {
    const lanes: Lane[] = [];
    for (const [sender, { talker }] of this.senders.entries()) {
      const lines = sender % 2 === 0 ? undefined : new Map<string, RawLine>();
      if (lines) for (const { id } of rooms) lines.set(id, await talker.line(`/conversations/${id}/live`));
      for (let lane = 0; lane < lanesOfSender; lane++) {
        const guest = this.ground.users[this.senders.length + 1 + sender * lanesOfSender + lane]?.id ?? "";
        const chance = new Chance(this.chance.whole(1, 2 ** 31));
        const own = rooms[sender] as Room;
        const name = `${this.rounds}.${sender}.${lane}`;
        lanes.push(
          new Lane({ name, sender, talker, lines, rooms, own, guest, reader: this.reader.id, ledger, chance }),
        );
      }
    }
    return lanes;
  }

  /** The reader reads: marks now one room, now another up to what has been heard of it. */
  private async read(ledger: Ledger, rooms: readonly Room[], heard: ReadonlyMap<string, Event[]>): Promise<void> {
    while (!ledger.isEnding) {
      const { id } = this.chance.pick(rooms.filter(({ creator }) => creator >= 0));
      const m = heard
        .get(id)
        ?.reduce((most, event) => ("message" in event ? Math.max(most, event.message.m) : most), 0);
      const told = ledger.markers.get(id) ?? new Told(0);
      ledger.markers.set(id, told);
      try {
        await told.change(m ?? 0, () => this.reader.talker.request("PUT", `/conversations/${id}/read-marker`, { m }));
        ledger.acknowledged++;
      } catch (error) {
        if (!ledger.isEnding) ledger.complaints.push(`reader: ${error}`);
        return;
      }
    }
  }
}

/** The application answers for Read rights by callback, so that hints of its objects go through the queue. */
async function answerEverybodyReads(ground: Ground): Promise<HttpServer> {
  const server = createServer((request, response) => {
    void text(request).then((body) => {
      const { users } = JSON.parse(body) as { users: string[] };
      response.setHeader("content-type", "application/json").end(JSON.stringify({ readers: users }));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as { port: number };
  const token = await ground.application.mintApplicationToken({ privileged: true });
  const answer = await fetch(`${ground.origin}/api/v1/application/context-access`, {
    method: "PUT",
    headers: { authorization: `Bearer ${token}`, "beseda-privileged": "1", "content-type": "application/json" },
    body: JSON.stringify({ way: "callback", url: `http://127.0.0.1:${port}/readers` }),
  });
  if (!answer.ok) throw new Error(await answer.text());
  return server;
}
