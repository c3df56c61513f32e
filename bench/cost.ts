import { connect, type Subscription } from "beseda/client";
import { type Ground, prepareGround } from "./ground.ts";
import type { Reading } from "./meter.ts";
import { percentile, report, table } from "./report.ts";
import { closeAll, connectAll, openSocket, Reader } from "./sockets.ts";
import { freePort, System } from "./systems.ts";

/** Prices of the platform in dollars: a million rows written, rows read, requests of objects, of Workers, queue operations; an active second. */
const prices = {
  rowsWritten: 1,
  rowsRead: 0.001,
  objectRequests: 0.15,
  workerRequests: 0.3,
  queueOperations: 0.4,
  activeSecond: 1.6e-6,
};
/** Incoming socket messages that count as one request. */
const framesInRequest = 20;

/** One conversation of an application of its own, so that what it costs can be told apart. */
interface Room {
  members: number;
  history: number;
  ground: Ground;
  conversation: string;
  sender: Subscription;
  /** Milliseconds from posting to the inbox socket of another member. */
  heardAfter: number[];
  close(): Promise<void>;
}

const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));
const text = "Накладная 1041: двенадцать коробок, ворота 3. ".padEnd(60, ".");

async function openRoom(origin: string, members: number, history: number): Promise<Room> {
  const ground = await prepareGround(origin, members);
  const [first, ...others] = ground.users;
  if (!first) throw new Error("A room needs people");
  const author = connect(() => first.token);
  const conversation = await author
    .createConversation({ title: "Склад", members: ground.users.map(({ id }) => id) })
    .write();
  const id = conversation.id as string;
  const sender = await author.subscribe(id, {});
  for (let i = 0; i < history; i += 500) {
    await Promise.all(Array.from({ length: Math.min(500, history - i) }, () => sender.send({ text })));
  }
  const heardAfter: number[] = [];
  const sentAt = new Map<string, number>();
  // Plain sockets: thousands of whole clients in one process would wait for each other, not for the server.
  const texts = new Reader(textsOf);
  const listening = await connectAll(others.length, async (index) => {
    const url = `${origin.replace("http", "ws")}/api/v1/live?frames=bytes`;
    const socket = await openSocket(url, ["beseda.v1", `bearer.${others[index]?.token}`]);
    socket.on("message", (data: Buffer) => {
      for (const text of texts.read(data)) {
        const at = sentAt.get(text);
        if (at !== undefined) heardAfter.push(performance.now() - at);
      }
    });
    return socket;
  });
  const send = sender.send.bind(sender);
  sender.send = (draft) => {
    sentAt.set(draft.text ?? "", performance.now());
    return send(draft);
  };
  const close = async () => {
    author.close();
    await closeAll(listening);
  };
  return { members, history, ground, conversation: id, sender, heardAfter, close };
}

/** The messages that a frame of an inbox socket tells of. */
function textsOf(frame: string): string[] {
  const { activity } = JSON.parse(frame) as { activity?: { messages: { text: string }[] } };
  return activity?.messages.map(({ text }) => text) ?? [];
}

/** What one room's objects used, out of a reading of all. */
async function costOf(room: Room, reading: Reading, messages: number, perSecond: number) {
  const application = (await room.ground.application.getInfoBaseRegistrationData())?.applicationId ?? "";
  const total = { conversationRows: 0, inboxRows: 0, rowsRead: 0, requests: 0, frames: 0, activeMs: 0 };
  for (const [name, meter] of Object.entries(reading.objects)) {
    const isConversation = name === room.conversation;
    if (!isConversation && !name.startsWith(`${application}:`)) continue;
    if (isConversation) total.conversationRows += meter.rowsWritten;
    else total.inboxRows += meter.rowsWritten;
    total.rowsRead += meter.rowsRead;
    total.requests += meter.requests;
    total.frames += meter.frames;
    total.activeMs += meter.activeMs;
  }
  const per = (value: number): number => Math.round((value / messages) * 1000) / 1000;
  const dollars =
    per(total.conversationRows + total.inboxRows) * prices.rowsWritten +
    per(total.rowsRead) * prices.rowsRead +
    (per(total.requests) + per(total.frames) / framesInRequest) * prices.objectRequests +
    (total.activeMs / 1000 / messages) * prices.activeSecond * 1e6;
  return report({
    bench: "cost",
    members: room.members,
    history: room.history,
    conversationRows: per(total.conversationRows),
    inboxRows: per(total.inboxRows),
    objectRequests: per(total.requests),
    queueOperations: per(reading.queueMessages * 3),
    perSecond,
    dollarsPerMillion: Math.round(dollars * 100) / 100,
    /** The same when every message comes as an HTTP request of its own: one request of the Worker and one of the object. */
    dollarsPerMillionOverHttp: Math.round((dollars + prices.objectRequests + prices.workerRequests) * 100) / 100,
    rowsRead: per(total.rowsRead),
    activeMs: per(total.activeMs),
    notificationP99Ms: percentile(room.heardAfter, 99),
  });
}

export interface CostOptions {
  sizes: number[];
  histories: number[];
  loneMessages: number;
  steadySeconds: number;
}

export const defaults: CostOptions = {
  sizes: [3, 50, 3000],
  histories: [10, 100_000],
  loneMessages: 5,
  steadySeconds: 60,
};

/** A lone message is one whose consequences (dispatch, alarm) are over before the next: eight seconds are as good as a minute. */
const loneMs = 8_000;

/** Counts what messages cost, by the platform's own counters, everything on: members, their inbox sockets, dispatch, alarms. */
export async function cost({ sizes, histories, loneMessages, steadySeconds }: CostOptions): Promise<void> {
  const port = await freePort();
  const system = await System.start("metered-product.ts", [port], true);
  const origin = `http://127.0.0.1:${port}`;
  const reading = async (): Promise<Reading> => (await fetch(`${origin}/api/v1/meter`)).json() as Promise<Reading>;
  const rows: object[] = [];
  for (const history of histories) {
    const rooms: Room[] = [];
    for (const members of sizes) rooms.push(await openRoom(origin, members, history));
    await pause(2 * loneMs);
    await reading();
    for (let i = 0; i < loneMessages; i++) {
      for (const room of rooms) await room.sender.send({ text: `${i} ${text}` });
      await pause(loneMs);
    }
    const lone = await reading();
    for (const room of rooms) rows.push(await costOf(room, lone, loneMessages, 1 / 60));
    for (const room of rooms) room.heardAfter.length = 0;
    for (let i = 0; i < steadySeconds; i++) {
      const next = pause(1_000);
      for (const room of rooms) await room.sender.send({ text: `${i} each second ${text}` });
      await next;
    }
    await pause(loneMs);
    const steady = await reading();
    for (const room of rooms) rows.push(await costOf(room, steady, steadySeconds, 1));
    for (const room of rooms) await room.close();
  }
  table(rows);
  console.log(
    "Posted through the conversation's socket; every other member listens on its inbox socket. Prices above the included amounts, November 2026; duration as the time objects were busy on this machine, which runs them in turns.",
  );
  console.log("Lifted for this bench: posts per sender and requests per caller, to write the histories.");
  await system.stop();
}
