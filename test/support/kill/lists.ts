import type { ConversationSummary } from "../../../src/protocol/conversations.ts";
import type { Notification } from "../../../src/protocol/notifications.ts";
import type { Talker } from "../node/talk.ts";
import type { Found } from "./audit.ts";
import type { Ledger } from "./ledger.ts";

const patienceMs = 20_000;

/** Complaints that may still be true a moment after a start, until alarms have run; only what stays counts. */
export async function afterAlarms(look: () => Promise<string[]>): Promise<string[]> {
  const end = Date.now() + patienceMs;
  for (;;) {
    const complaints = await look();
    if (complaints.length === 0 || Date.now() > end) return complaints;
    await new Promise((resolve) => setTimeout(resolve, 250));
  }
}

/** Lists of every sender, and the reader's notifications, agree with what the conversations hold. */
export async function auditLists(
  ledger: Ledger,
  found: ReadonlyMap<string, Found>,
  senders: readonly { id: string; talker: Talker }[],
  reader: { id: string; talker: Talker },
): Promise<string[]> {
  const complaints: string[] = [];
  for (const [index, { id, talker }] of senders.entries()) {
    const list = new Map((await talker.all<ConversationSummary>("/conversations")).map((item) => [item.id, item]));
    for (const [room, state] of found) complaints.push(...auditItem(room, state, list.get(room), id));
    for (const { sender, stored } of ledger.created)
      if (stored && sender === index && !list.has(stored.id)) complaints.push(`${stored.title} is in no list`);
  }
  return [...complaints, ...(await auditNotifications(ledger, found, reader))];
}

/** One line of a sender's list. Who wrote has read, so what is unread came after the own last message. */
function auditItem(room: string, state: Found, item: ConversationSummary | undefined, user: string): string[] {
  if (state.conversation.conversationContext !== undefined) return [];
  if (!item) return [`${room} is not in the list of ${user}`];
  const last = state.messages.at(-1);
  const own = state.messages.filter(({ author }) => author === user).at(-1)?.m ?? 0;
  const wanted = {
    title: state.conversation.title,
    n: state.conversation.n,
    m: state.messages.length,
    last: last?.id,
    text: last?.text,
    unread: state.messages.length - own,
  };
  const { title, n, m, lastMessage, unread } = item;
  const shown = { title, n, m, last: lastMessage?.id, text: lastMessage?.text, unread };
  return JSON.stringify(shown) === JSON.stringify(wanted)
    ? []
    : [`list of ${user}, ${room}: ${JSON.stringify(shown)} instead of ${JSON.stringify(wanted)}`];
}

/** The reader never writes: of rooms everything past the marker is new, of an object's room what is addressed. */
async function auditNotifications(
  ledger: Ledger,
  found: ReadonlyMap<string, Found>,
  reader: { id: string; talker: Talker },
): Promise<string[]> {
  const shown = new Map(
    (await reader.talker.all<Notification>("/notifications")).map((item) => [item.conversationId, item.count]),
  );
  const complaints: string[] = [];
  for (const [room, { conversation, messages }] of found) {
    const addressed = messages.filter(({ recipients }) => recipients?.includes(reader.id)).length;
    const marker = ledger.markers.get(room);
    const wanted =
      conversation.conversationContext === undefined
        ? [messages.length - (marker?.certain ?? 0), messages.length - (marker?.doubtful ?? marker?.certain ?? 0)]
        : [addressed];
    const count = shown.get(room) ?? 0;
    if (!wanted.includes(count)) complaints.push(`notifications of ${room}: ${count} instead of ${wanted}`);
  }
  return complaints;
}
