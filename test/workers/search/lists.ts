import { env } from "cloudflare:workers";
import { vi } from "vitest";
import { activityOf, inboxOf } from "../../../durable-objects/stubs.ts";
import { newId } from "../../../src/protocol/ids.ts";
import type { State } from "../../../src/storage/activity/states.ts";
import { configOf } from "../../../src/storage/config.ts";
import type { Answer } from "../../support/workers/door.ts";
import type { Caller, World } from "../../support/workers/world.ts";

/** A list of the API as a test reads it. */
export interface List {
  name: string;
  path: string;
  /** The direction in which it comes when none is asked for. */
  direction: Direction;
  reader(world: World): Caller;
  /** Makes it this long. @returns the ids of its objects, upwards */
  fill(world: World, size: number): Promise<string[]>;
}

export type Direction = "Asc" | "Desc";
export const directions: Direction[] = ["Asc", "Desc"];

async function fillUsers(world: World, size: number): Promise<string[]> {
  const { anna, boris, vera } = world;
  const crowd = await world.crowd(size - 3);
  return [anna, boris, vera, ...crowd].map(({ id }) => id).sort();
}

/** All of one moment: written over one socket, so that they come in this order and quickly. */
async function fillMessages({ anna, boris }: World, size: number): Promise<string[]> {
  vi.useFakeTimers({ toFake: ["Date"] });
  const { id } = await anna.converse({ key: "склад", members: [boris.id] });
  const line = await anna.live(id);
  for (let i = 1; i <= size; i++) line.send({ type: "post", request: String(i), message: { text: `Сообщение ${i}` } });
  const ids: string[] = [];
  while (ids.length < size) ids.push((await line.next("answer")).message.id);
  line.close();
  return ids;
}

/** Conversations of one moment; the next ones are of the next. */
const ofOneMoment = 3;

/** Groups of Анна's, as activity and her inbox know them: making so many through the door takes its time. */
async function fillConversations({ id: application, anna }: World, size: number): Promise<string[]> {
  const place = { application, shards: configOf(env).shards };
  const start = Date.now();
  const states = Array.from({ length: size }, (_, i) => groupOf(start + Math.floor(i / ofOneMoment)));
  const changes = [{ user: anna.id, member: true, n: 0, m: 0 }];
  for (const state of states) {
    await activityOf(env, place, state.conversation).moved(state);
    await inboxOf(env, place, anna.id).members({ state, created: state.date, everyone: false, changes });
  }
  return states.sort((a, b) => a.date - b.date || (a.conversation < b.conversation ? -1 : 1)).map(idIn);
}

const idIn = ({ conversation }: State): string => conversation;

const groupOf = (date: number): State => ({
  conversation: newId(),
  n: 0,
  m: 0,
  date,
  kind: "group",
  displayed: true,
  authors: {},
  summary: { title: "Склад", key: null, context: null, viewOnly: false },
});

const users: List = {
  name: "users",
  path: "/users",
  direction: "Asc",
  reader: ({ privileged }) => privileged,
  fill: fillUsers,
};

const messages: List = {
  name: "messages",
  path: "/conversations/склад/messages",
  direction: "Desc",
  reader: ({ boris }) => boris,
  fill: fillMessages,
};

const conversations = { path: "/conversations", direction: "Desc", fill: fillConversations } as const;

/** Conversations are listed in two ways: a member's out of the inbox, and the whole application's. */
export const conversationLists: List[] = [
  { ...conversations, name: "a member's conversations", reader: ({ anna }) => anna },
  { ...conversations, name: "all conversations", reader: ({ privileged }) => privileged },
];
export const listsWithAfter: List[] = [users, messages];
export const lists: List[] = [...listsWithAfter, ...conversationLists];

export interface Item {
  id: string;
  lastMessageDate: string;
}

export const idsIn = ({ body }: Pick<Answer, "body">): string[] => body.items.map(({ id }: Item) => id);

export type Query = Record<string, string | number | undefined>;

/** Asks for a page; what is undefined stays out of the query. */
export function page({ path, reader }: List, world: World, query: Query): Promise<Answer> {
  const given = Object.entries(query).filter(([, value]) => value !== undefined);
  return reader(world).get(`${path}?${new URLSearchParams(given.map(([name, value]) => [name, String(value)]))}`);
}

/** How the next page is asked for, after one that was read; undefined = that was the last. */
export type Step = (read: { items: Item[]; cursor?: string }) => Query | undefined;

export const byCursor: Step = ({ cursor }) => (cursor === undefined ? undefined : { cursor });
/** Goes on until a page is empty. */
export const byAfter: Step = ({ items }) => (items.length === 0 ? undefined : { after: items.at(-1)?.id });
/** Goes on until a page brings no other date: what is of the last date comes again on the next page. */
export const byDate: Step = ({ items }) => {
  const startDate = items.at(-1)?.lastMessageDate;
  return startDate === items[0]?.lastMessageDate ? undefined : { startDate };
};

/** No walk of a test takes more. */
const mostPages = 20;

/** Reads page after page, the filter unchanged. @returns the ids on each */
export async function walk(
  list: List,
  world: World,
  step: Step,
  filter: Query = {},
  first: Query = {},
): Promise<string[][]> {
  const pages: string[][] = [];
  for (let next: Query | undefined = first; next; ) {
    const { status, body } = await page(list, world, { ...filter, ...next });
    if (status !== 200) throw new Error(`${status} ${body.detail}`);
    if (pages.push(idsIn({ body })) > mostPages) throw new Error("The pages do not end");
    next = step(body);
  }
  return pages;
}

export const inDirection = (ids: string[], direction: Direction): string[] =>
  direction === "Asc" ? ids : ids.toReversed();
