import { expect } from "vitest";
import { activitiesIn, disturbedWith, settle } from "../../support/workers/inbox.ts";
import type { Line } from "../../support/workers/line.ts";
import { openStrangers, type Person, test, type World } from "../../support/workers/world.ts";

type Kind = "group" | "one-to-one" | "all users" | "hidden service" | "context";
const ways = ["Normal", "DontDisturb", "user-wide"] as const;

/** A row of the table: what the people of a conversation have set, and whether its one message names them. */
interface Cell {
  watch: "default" | "on" | "off";
  doNotDisturb: (typeof ways)[number];
  isAddressed: boolean;
}

/** Somebody with an open inbox, and in the end what the notification centre says. */
interface Listener {
  person: Person;
  line: Line;
  entries: Record<string, object>;
}

interface Scene {
  cell: Cell;
  conversation: string;
  author: Listener;
  reader: Listener;
  outsider: Listener;
}

const cells: Cell[] = (["default", "on", "off"] as const).flatMap((watch) =>
  ways.flatMap((doNotDisturb) => [true, false].map((isAddressed) => ({ watch, doNotDisturb, isAddressed }))),
);

const isNotified = (kind: Kind, { watch, isAddressed }: Cell): boolean =>
  kind === "context" ? watch === "on" || isAddressed : watch !== "off";

const draftOf = (kind: Kind, reader: Person, index: number): object =>
  ({
    group: { title: "Склад", members: [reader.id] },
    "one-to-one": { group: false, members: [reader.id] },
    "all users": { title: "Всем", members: ["all-application-users"] },
    "hidden service": { title: "Обмен", displayed: false, members: [reader.id] },
    context: { conversationContext: `/orders/${index}` },
  })[kind];

/** Of a conversation of all users only another application's people are without access. */
async function outsidersOf({ anna, boris, vera }: World, kind: Kind): Promise<Person[]> {
  if (kind !== "all users") return [anna, boris, vera];
  const strangers = await openStrangers();
  return [strangers.anna, strangers.boris, strangers.vera];
}

async function listen(person: Person, { doNotDisturb }: Pick<Cell, "doNotDisturb">): Promise<Listener> {
  if (doNotDisturb === "user-wide") await person.put("/do-not-disturb", { doNotDisturb: true });
  return { person, line: await person.inbox(), entries: {} };
}

async function stage(world: World, kind: Kind): Promise<Scene[]> {
  const crowd = await world.crowd(ways.length + cells.length, { contexts: ["/orders/*"] });
  const listenAll = (people: Person[]) =>
    Promise.all(people.map((person, i) => listen(person, { doNotDisturb: ways[i] ?? "Normal" })));
  const authors = await listenAll(crowd.slice(0, ways.length));
  const outsiders = await listenAll(await outsidersOf(world, kind));
  const scenes: Scene[] = [];
  for (const [index, cell] of cells.entries()) {
    const way = ways.indexOf(cell.doNotDisturb);
    const [author, outsider] = [authors[way] as Listener, outsiders[way] as Listener];
    // Two people have one one-to-one conversation, so each row has a reader of its own.
    const reader = await listen(crowd[ways.length + index] as Person, cell);
    const { id } = await author.person.converse(draftOf(kind, reader.person, index));
    scenes.push({ cell, conversation: id, author, reader, outsider });
  }
  return scenes;
}

async function setUp({ privileged }: World, kind: Kind, scene: Scene): Promise<void> {
  const { cell, conversation, author, reader, outsider } = scene;
  for (const { person } of kind === "all users" ? [author, reader] : [author, reader, outsider]) {
    const path = (setting: string) => `/conversations/${conversation}/${setting}?user=${person.id}`;
    if (cell.watch !== "default") await privileged.put(path("watch-mode"), { watch: cell.watch === "on" });
    if (cell.doNotDisturb === "DontDisturb")
      await privileged.put(path("notification-representation"), { representation: "DontDisturb" });
  }
}

const speak = (kind: Kind, { cell, conversation, author, reader, outsider }: Scene) => {
  const addressed = kind === "all users" ? [author, reader] : [author, reader, outsider];
  const recipients = addressed.map(({ person }) => person.id);
  return author.person.say(conversation, "Привет", cell.isAddressed ? { recipients } : {});
};

async function listenToTheEnd({ person, line, entries }: Listener): Promise<void> {
  await settle(person, line);
  const { body } = await person.get("/notifications");
  for (const item of body.items) {
    expect(entries).not.toHaveProperty(item.conversationId);
    entries[item.conversationId] = item;
  }
}

function requireTheTable(kind: Kind, { cell, conversation, author, reader, outsider }: Scene): void {
  const told = isNotified(kind, cell);
  expect(disturbedWith(reader.line, conversation), JSON.stringify(cell)).toEqual(told ? [1] : []);
  const entry = {
    count: 1,
    firstM: 1,
    lastM: 1,
    displayed: kind !== "hidden service",
    addressed: kind === "context" && cell.isAddressed,
    representation: cell.doNotDisturb === "DontDisturb" ? "DontDisturb" : "Normal",
  };
  if (told) expect(reader.entries[conversation]).toMatchObject(entry);
  else expect(reader.entries[conversation]).toBeUndefined();
  expect(disturbedWith(author.line, conversation)).toEqual([]);
  expect(author.entries[conversation]).toBeUndefined();
  expect(activitiesIn(outsider.line, conversation)).toEqual([]);
  expect(outsider.entries[conversation]).toBeUndefined();
}

test.for<Kind>(["group", "one-to-one", "all users", "hidden service", "context"])(
  "NTF-1 NTF-2 NTF-3 a message notifies exactly those whom the table names, once, in the list and live: %s",
  { timeout: 60_000 },
  async (kind, { world }) => {
    const scenes = await stage(world, kind);
    for (const scene of scenes) await setUp(world, kind, scene);
    for (const scene of scenes) await speak(kind, scene);
    const listeners = scenes.flatMap(({ author, reader, outsider }) => [author, reader, outsider]);
    for (const listener of new Set(listeners)) await listenToTheEnd(listener);
    for (const scene of scenes) requireTheTable(kind, scene);
  },
);
