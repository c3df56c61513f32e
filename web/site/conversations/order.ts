import type { ConversationSummary } from "../../../src/sdk/client/index.ts";

/** How long the list is without scrolling. */
export const usualLength = 50;

/** Has the user notifications of it? Conversations that are not watched may have unread messages and no notification. */
export const isNotified = ({ unread = 0, watch = true }: Pick<ConversationSummary, "unread" | "watch">): boolean =>
  unread > 0 && watch;

/** Newest message first; the id decides between equal moments, so that the order never wavers. */
export const byLastMessage = (a: ConversationSummary, b: ConversationSummary): number =>
  a.lastMessageDate === b.lastMessageDate ? (a.id < b.id ? 1 : -1) : a.lastMessageDate < b.lastMessageDate ? 1 : -1;

/**
 * What the list shows: every conversation with notifications, whatever their number, topped up to the wanted length by
 * the newest others. Context conversations and hidden ones are not in the list.
 */
export function shownOf(all: Iterable<ConversationSummary>, wanted = usualLength): ConversationSummary[] {
  const listed = [...all]
    .filter(({ conversationContext, displayed }) => conversationContext === undefined && displayed)
    .sort(byLastMessage);
  let room = wanted - listed.filter(isNotified).length;
  return listed.filter((conversation) => isNotified(conversation) || room-- > 0);
}

/** Does a text contain what was typed, without regard to case? The texts are titles and names, never messages. */
export const contains = (text: string, typed: string): boolean =>
  text.toLocaleLowerCase().includes(typed.trim().toLocaleLowerCase());
