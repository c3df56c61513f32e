import { type Collaboration, connect } from "beseda/client";
import { prepareGround } from "./ground.ts";
import type { Reading } from "./meter.ts";
import { report, table } from "./report.ts";
import { freePort, System } from "./systems.ts";

export interface SearchOptions {
  histories: number[];
  conversations: number;
  messages: number;
}

export const defaults: SearchOptions = { histories: [10, 100_000], conversations: 200, messages: 100 };

const seedAtOnce = 5_000;
/** Until lists have heard of every message, and a search asks nobody when somebody wrote last. */
const settledMs = 12_000;

const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

/** What searches over messages cost: the first through a history, which leaves its memory behind, and those that follow. */
export async function search({ histories, conversations, messages }: SearchOptions): Promise<void> {
  const port = await freePort();
  const system = await System.start("metered-product.ts", [port], true);
  const meter = new Meters(`http://127.0.0.1:${port}`);
  const rows: object[] = [];
  for (const history of histories) {
    const user = await meter.newcomer();
    const conversation = await meter.converse(user, `${history}`);
    rows.push(await meter.posting(user, conversation, messages, history, "before any search"));
    await meter.seed(user, conversation, history);
    for (const [what, text] of [
      ["first search, nothing fits", "бегемот"],
      ["second search, nothing fits", "бегемот"],
      ["a rare word", `"${history - 7}"`],
      ["words of every message, 20 wanted", "коробка ворота"],
    ] as const)
      rows.push(await meter.searching(user, text, { what, messages: history }));
    rows.push(await meter.posting(user, conversation, messages, history, "after searches"));
  }
  const user = await meter.newcomer();
  for (let i = 0; i < conversations; i++) await meter.seed(user, await meter.converse(user, `${i}`), 10, 0);
  await pause(settledMs);
  for (const what of ["first search, nothing fits", "second search, nothing fits"])
    rows.push(await meter.searching(user, "бегемот", { what, conversations, messages: 10 }));
  table(rows);
  await system.stop();
}

interface User {
  id: string;
  beseda: Collaboration;
}

class Meters {
  private readonly origin: string;

  constructor(origin: string) {
    this.origin = origin;
  }

  async newcomer(): Promise<User> {
    const [first] = (await prepareGround(this.origin, 1)).users;
    if (!first) throw new Error("Nobody is there");
    return { id: first.id, beseda: connect(() => first.token) };
  }

  async converse({ beseda }: User, title: string): Promise<string> {
    return (await beseda.createConversation({ title, members: [] }).write()).id as string;
  }

  async seed({ id }: User, conversation: string, count: number, waitMs = settledMs): Promise<void> {
    for (let i = 0; i < count; i += seedAtOnce)
      await this.ask(`seed/${conversation}/${id}/${Math.min(seedAtOnce, count - i)}`);
    await pause(waitMs);
  }

  /** Reads pages until there is none, or 20 messages are found. */
  async searching({ beseda }: User, text: string, row: object): Promise<object> {
    await this.ask("");
    const start = performance.now();
    let [pages, found, slowestMs] = [0, 0, 0];
    let cursor: string | undefined;
    do {
      const pageStart = performance.now();
      const page = await beseda.searchMessages({ text, count: 20, cursor });
      slowestMs = Math.max(slowestMs, performance.now() - pageStart);
      pages++;
      found += page.items.length;
      cursor = page.cursor;
    } while (cursor !== undefined && found < 20);
    const ms = performance.now() - start;
    const total = totalOf((await this.ask("")) as Reading);
    return report({ bench: "search", ...row, pages, found, ...total, ms: round(ms), slowestPageMs: round(slowestMs) });
  }

  /** What plain messages write, one after another. */
  async posting(user: User, conversation: string, count: number, history: number, when: string): Promise<object> {
    await pause(settledMs);
    await this.ask("");
    for (let i = 0; i < count; i++) await user.beseda.createMessage(conversation, { text: `Накладная ${i}` }).write();
    await pause(settledMs);
    const { objects } = (await this.ask("")) as Reading;
    const rowsWritten = (objects[conversation]?.rowsWritten ?? 0) / count;
    return report({ bench: "search", what: `a plain message, ${when}`, messages: history, rowsWritten });
  }

  private async ask(path: string): Promise<unknown> {
    return (await fetch(`${this.origin}/api/v1/meter/${path}`.replace(/\/$/, ""))).json();
  }
}

const round = (ms: number): number => Math.round(ms * 10) / 10;

function totalOf({ objects }: Reading) {
  const meters = Object.values(objects);
  const sum = (of: "requests" | "rowsRead" | "rowsWritten"): number =>
    meters.reduce((total, meter) => total + meter[of], 0);
  return { objectRequests: sum("requests"), rowsRead: sum("rowsRead"), rowsWritten: sum("rowsWritten") };
}
