import { isDeepStrictEqual } from "node:util";
import type { Conversation, Member } from "../../../src/protocol/conversations.ts";
import type { Event } from "../../../src/protocol/live.ts";
import type { Message } from "../../../src/protocol/messages.ts";
import type { Talker } from "../node/talk.ts";
import type { Created, Ledger, Posted } from "./ledger.ts";

/** What the server holds of one room after a crash, as several readers see it. */
export interface Found {
  conversation: Conversation;
  log: Event[];
  messages: Message[];
}

/** Reads a room completely, and complains when readers do not see the same or the numbers have a gap (R2). */
export async function readRoom(room: string, readers: readonly Talker[], complaints: string[]): Promise<Found> {
  const seen = await Promise.all(
    readers.map(async (reader) => ({
      conversation: await reader.request<Conversation>("GET", `/conversations/${room}`),
      log: await reader.log(room),
      messages: await reader.all<Message>(`/conversations/${room}/messages?sortDirection=Asc`),
    })),
  );
  const [first, ...others] = seen as [Found, ...Found[]];
  if (others.some((other) => !isDeepStrictEqual(other, first))) complaints.push(`${room}: readers differ`);
  const numbers = first.log.map(({ n }) => n);
  if (numbers.some((n, index) => n !== index + 1) || first.conversation.n !== numbers.length)
    complaints.push(`${room}: numbers are not 1 to ${first.conversation.n}: ${numbers}`);
  const posted = first.log.flatMap((event) => (event.type === "message" ? [event.message] : []));
  if (!isDeepStrictEqual(posted, first.messages)) complaints.push(`${room}: log and messages differ`);
  return first;
}

/** Everything acknowledged is there, nothing is there twice, and nothing that nobody sent (R1). */
export function auditMessages(ledger: Ledger, found: ReadonlyMap<string, Found>): string[] {
  const complaints: string[] = [];
  for (const [room, { messages }] of found) {
    const byId = new Map(messages.map((message) => [message.id, message]));
    for (const posted of ledger.posts.filter((post) => post.room === room)) {
      const { stored } = posted;
      const message = stored && byId.get(stored.id);
      if (!stored) complaints.push(`${posted.draft.text}: no answer even to its repeat`);
      else if (!message || !isAllowed(posted, stored, message))
        complaints.push(`lost: ${JSON.stringify(stored)} became ${JSON.stringify(message)}`);
      byId.delete(stored?.id ?? "");
    }
    for (const extra of byId.values()) complaints.push(`twice or from nowhere: ${JSON.stringify(extra)}`);
  }
  return complaints;
}

function isAllowed({ doubtful }: Posted, stored: Message, message: Message): boolean {
  if (isDeepStrictEqual(message, stored)) return true;
  if (doubtful === null) return message.deleted !== undefined;
  return doubtful !== undefined && message.text === doubtful && message.edited !== undefined;
}

/** What readers heard live before the crash is what the log says (nobody hears what is not kept). */
export function auditHeard(heard: ReadonlyMap<string, Event[]>, found: ReadonlyMap<string, Found>): string[] {
  const complaints: string[] = [];
  for (const [room, events] of heard) {
    const log = found.get(room)?.log ?? [];
    for (const event of events) {
      const kept = log[event.n - 1];
      if (!kept || !isSame(event, kept))
        complaints.push(`heard ${JSON.stringify(event)}, kept ${JSON.stringify(kept)}`);
    }
    const gap = events.findIndex(({ n }, index) => index > 0 && n !== (events[index - 1] as Event).n + 1);
    if (gap >= 0) complaints.push(`${room}: a live reader missed event ${events[gap]?.n}`);
  }
  return complaints;
}

/** The log shows messages as they are now, so of a message only its place can be compared. */
function isSame(heard: Event, kept: Event): boolean {
  if (!("message" in heard) || !("message" in kept)) return isDeepStrictEqual(heard, kept);
  return heard.type === kept.type && heard.message.id === kept.message.id;
}

/** Titles, members and created conversations are what was acknowledged last, or what was under way. */
export async function auditFacts(
  ledger: Ledger,
  found: ReadonlyMap<string, Found>,
  reader: Talker,
  senders: readonly Talker[],
): Promise<string[]> {
  const complaints: string[] = [];
  for (const [room, told] of ledger.titles) {
    const title = found.get(room)?.conversation.title ?? "";
    if (!told.allows(title)) complaints.push(`title of ${room}: ${title}, acknowledged ${told.certain}`);
  }
  const members = new Map<string, Set<string>>();
  for (const [key, told] of ledger.members) {
    const [room, user] = key.split(" ") as [string, string];
    const known = members.get(room) ?? new Set((await membersOf(reader, room)).map((member) => member.user));
    members.set(room, known);
    if (!told.allows(known.has(user))) complaints.push(`${user} in ${room}: acknowledged ${told.certain}`);
  }
  for (const created of ledger.created) {
    const complaint = await whyNotThere(created, senders[created.sender] as Talker);
    if (complaint) complaints.push(complaint);
  }
  return complaints;
}

const membersOf = (reader: Talker, room: string): Promise<Member[]> =>
  reader.all<Member>(`/conversations/${room}/members`);

async function whyNotThere({ stored, draft }: Created, sender: Talker): Promise<string | undefined> {
  if (!stored) return `${draft.title}: no answer even to its repeat`;
  const shown = await sender.request<Conversation>("GET", `/conversations/${stored.id}`);
  return isDeepStrictEqual(shown, stored)
    ? undefined
    : `created ${JSON.stringify(stored)}, is ${JSON.stringify(shown)}`;
}
