import { runInDurableObject } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { conversationObject } from "../../../durable-objects/stubs.ts";
import type { Line } from "../../support/workers/line.ts";
import type { Person, World } from "../../support/workers/world.ts";

type Kind = "group" | "one-to-one" | "context" | "all users" | "hidden service";

/** A conversation of Борис's with his open sockets, and somebody else's. */
export interface Room {
  id: string;
  kind: Kind;
  context: string | undefined;
  lines: Line[];
  other: Person;
  otherLine: Line;
}

const linesInRoom = 5;

/** Twenty conversations of every kind. In each Борис has five sockets open, a hundred in all, and somebody else has one. */
export async function openRooms(
  world: World,
): Promise<{ boris: Person; rooms: Room[]; inboxes: Line[]; otherInbox: Line }> {
  const boris = await world.again(world.boris, { contexts: ["*"] });
  const vera = await world.again(world.vera, { contexts: ["*"] });
  const partners = [world.anna, vera, ...(await world.crowd(2))];
  const rooms = await Promise.all(
    partners.flatMap((partner, i) => [
      openRoom(boris, vera, "group", { title: `Группа ${i}`, members: [boris.id] }),
      openRoom(boris, partner, "one-to-one", { group: false, members: [boris.id] }),
      openRoom(boris, vera, "context", { conversationContext: `/orders/${i + 1}` }),
      openRoom(boris, vera, "all users", { title: `Всем ${i}`, members: ["all-application-users"] }),
      openRoom(boris, vera, "hidden service", { key: `служба ${i}`, displayed: false, members: [boris.id] }),
    ]),
  );
  const inboxes = await Promise.all([boris.inbox(), boris.inbox()]);
  return { boris, rooms, inboxes, otherInbox: await vera.inbox() };
}

async function openRoom(
  boris: Person,
  other: Person,
  kind: Kind,
  draft: { conversationContext?: string; [field: string]: unknown },
): Promise<Room> {
  const { id } = await other.converse(draft);
  const lines = await Promise.all(Array.from({ length: linesInRoom }, () => boris.live(id)));
  return { id, kind, context: draft.conversationContext, lines, other, otherLine: await other.live(id) };
}

/** How many sockets of a user the server holds open in a conversation at this moment. */
export const openIn = (room: Room, user: Person): Promise<number> =>
  runInDurableObject(
    conversationObject(env, room.id),
    (_, state) => state.getWebSockets(user.id).filter(({ readyState }) => readyState === WebSocket.OPEN).length,
  );

export const openInAll = async (rooms: readonly Room[], user: Person): Promise<number> =>
  (await Promise.all(rooms.map((room) => openIn(room, user)))).reduce((sum, open) => sum + open, 0);

/** The application says something in every room in the name of Борис, which works whatever happened to him. */
export async function sayEverywhere({ privileged, boris }: World, rooms: readonly Room[], text: string): Promise<void> {
  await Promise.all(rooms.map((room) => privileged.say(room.id, text, { author: boris.id })));
}

/** How lines ended, and whether they heard a text first. */
export const endings = (lines: readonly Line[], text: string): Promise<{ code: number; heard: boolean }[]> =>
  Promise.all(
    lines.map(async (line) => {
      const { code } = await line.end();
      return { code, heard: JSON.stringify(line.frames).includes(text) };
    }),
  );

/** What each line hears next. */
export const texts = (lines: readonly Line[]): Promise<string[]> =>
  Promise.all(lines.map(async (line) => (await line.event("message")).message.text));
