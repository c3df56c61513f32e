import { type Collaboration, connect, standardUsers } from "beseda/client";
import { WebSocket } from "ws";
import { type Ground, prepareGround } from "./ground.ts";
import { median, report, table } from "./report.ts";
import { freePort, System } from "./systems.ts";

export interface HistoryOptions {
  histories: number[];
  conversations: number;
  missedEvents: number;
}

export const defaults: HistoryOptions = { histories: [1_000, 1_000_000], conversations: 2_000, missedEvents: 10_000 };

const seedAtOnce = 5_000;
const pagesAtOnce = 200;
const rounds = 7;

/** Reading must not grow with history: a page, a resume, a list. Edits (every tenth) and deletions (every twentieth) included. */
export async function history({ histories, conversations, missedEvents }: HistoryOptions): Promise<void> {
  const port = await freePort();
  const system = await System.start("metered-product.ts", [port], true);
  const origin = `http://127.0.0.1:${port}`;
  const ground = await prepareGround(origin, 2);
  const [first] = ground.users;
  if (!first) throw new Error("Nobody is there");
  const user = connect(() => first.token);
  const rows: object[] = [];
  const grown: string[] = [];
  for (const messages of histories) {
    const conversation = (await user.createConversation({ title: `${messages}`, members: [] }).write()).id as string;
    for (let i = 0; i < messages; i += seedAtOnce) {
      await meter(origin, `seed/${conversation}/${first.id}/${Math.min(seedAtOnce, messages - i)}`);
    }
    grown.push(conversation);
    await meter(origin, "");
    await meter(origin, `pages/${conversation}/${first.id}/1`);
    const { objects } = (await meter(origin, "")) as { objects: Record<string, { rowsRead: number }> };
    const pageMs = await medianOf(async () => {
      await meter(origin, `pages/${conversation}/${first.id}/${pagesAtOnce}`);
    });
    const httpMs = await medianOf(async () => {
      await user.getMessages({ conversation, count: 50 });
    });
    rows.push(
      report({
        bench: "history",
        what: "page of 50",
        messages,
        rowsRead: objects[conversation]?.rowsRead ?? 0,
        insideMs: round(pageMs / pagesAtOnce),
        overHttpMs: round(httpMs),
      }),
    );
  }
  const longest = grown.at(-1) ?? "";
  const resumeMs = await medianOf(() => resume(ground, longest, missedEvents));
  rows.push(
    report({
      bench: "history",
      what: `resume over ${missedEvents} events`,
      messages: histories.at(-1),
      overHttpMs: round(resumeMs),
    }),
  );
  await fill(user, conversations);
  const listMs = await medianOf(async () => {
    await user.getConversations({ count: 50 });
  });
  rows.push(
    report({
      bench: "history",
      what: `list of 50 out of ${conversations} conversations`,
      messages: 0,
      overHttpMs: round(listMs),
    }),
  );
  table(rows);
  user.close();
  await system.stop();
}

const round = (ms: number): number => Math.round(ms * 1000) / 1000;

async function meter(origin: string, path: string): Promise<unknown> {
  return (await fetch(`${origin}/api/v1/meter/${path}`.replace(/\/$/, ""))).json();
}

async function medianOf(work: () => Promise<void>): Promise<number> {
  const times: number[] = [];
  for (let i = 0; i < rounds; i++) {
    const start = performance.now();
    await work();
    times.push(performance.now() - start);
  }
  return median(times);
}

/** Connects with a position far behind and reads until it is whole again. */
async function resume({ origin, users }: Ground, conversation: string, missed: number): Promise<void> {
  const token = users[0]?.token ?? "";
  const answer = await fetch(`${origin}/api/v1/conversations/${conversation}`, {
    headers: { authorization: `Bearer ${token}` },
  });
  const { epoch, n } = (await answer.json()) as { epoch: string; n: number };
  const url = `${origin.replace("http", "ws")}/api/v1/conversations/${conversation}/live?epoch=${epoch}&n=${n - missed}`;
  let events = 0;
  await new Promise<void>((resolve, reject) => {
    const socket = new WebSocket(url, ["beseda.v1", `bearer.${token}`], { perMessageDeflate: false });
    socket.on("error", reject);
    socket.on("message", (data) => {
      const frame = JSON.parse(String(data)) as { type: string; events?: unknown[] };
      events += frame.events?.length ?? 0;
      if (frame.type === "caughtUp") {
        socket.close();
        resolve();
      }
    });
  });
  if (events !== missed) throw new Error(`${events} events instead of ${missed}`);
}

async function fill(user: Collaboration, count: number): Promise<void> {
  for (let i = 0; i < count; i += 20) {
    await Promise.all(
      Array.from({ length: 20 }, (_, k) => user.createConversation({ title: `Беседа ${i + k}`, members: [] }).write()),
    );
  }
  await user.createConversation({ title: "Все", members: [standardUsers.allApplicationUsers] }).write();
}
