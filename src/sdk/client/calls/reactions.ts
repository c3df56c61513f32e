import type { Page } from "../../../protocol/lists.ts";
import type { Message as WireMessage } from "../../../protocol/messages.ts";
import type { Reader } from "../../../protocol/notifications.ts";
import type { Reacted } from "../../../protocol/reactions.ts";
import { CollaborationError } from "../errors.ts";
import { pathOf } from "../http.ts";
import { Message } from "../message.ts";
import { ConversationCalls } from "./conversations.ts";
import type { Paging } from "./paging.ts";

export interface ReactionsFilter extends Omit<Paging, "sortDirection"> {
  emoji?: string;
  /** Id or application UUID. */
  user?: string;
}

/** The layer of `Collaboration` about what readers leave behind: reactions to messages, and how far they have read. */
export abstract class ReactionCalls extends ConversationCalls {
  /**
   * Reacts to a message. A second time changes nothing, so it may be repeated.
   * @param emoji one emoji in its full form; a message takes 20 kinds
   * @returns the message with its reactions
   * @throws CollaborationError `validation` (no emoji), `limit_exceeded`, `conflict` (deleted), `forbidden` (view-only), `not_found`
   * @example await beseda.addReaction(message.id, "👍");
   */
  addReaction(message: string, emoji: string): Promise<Message> {
    return this.#react("PUT", message, emoji);
  }

  /**
   * Takes an own reaction away, if it is there.
   * @returns the message with its reactions
   * @throws CollaborationError `validation` (no emoji), `forbidden` (view-only), `not_found`
   * @example await beseda.removeReaction(message.id, "👍");
   */
  removeReaction(message: string, emoji: string): Promise<Message> {
    return this.#react("DELETE", message, emoji);
  }

  /**
   * One page of who reacted to a message, and with what. `message.reactions` shows the first ten of each kind.
   * @throws CollaborationError `not_found`
   * @example const { items } = await beseda.getReactions(message.id, { emoji: "👍" });
   */
  getReactions(message: string, filter: ReactionsFilter = {}): Promise<Page<Reacted>> {
    return this.http.request("GET", pathOf("messages", message, "reactions"), { query: { ...filter } });
  }

  /**
   * How far the members of a conversation of at most 50 have read; who has read nothing since joining is left out. The
   * subscription's `reading` tells what moves from then on. Whoever wrote a message has read up to there.
   * @param conversation key or id
   * @throws CollaborationError `not_supported` in larger conversations and those of objects or of everybody, `not_found`
   * @example const isRead = (await beseda.getReaders("склад")).some(({ m }) => m >= message.m);
   */
  async getReaders(conversation: string): Promise<Reader[]> {
    return (await this.http.request<Page<Reader>>("GET", pathOf("conversations", conversation, "readers"))).items;
  }

  async #react(method: "PUT" | "DELETE", message: string, emoji: string): Promise<Message> {
    const path = pathOf("messages", message, "reactions", emoji);
    const wire = await this.http.request<WireMessage | undefined>(method, path, { isRepeatable: true });
    // Nothing comes when an answer was lost and the message with it: the user left meanwhile.
    if (!wire) throw new CollaborationError({ code: "not_found", detail: "The message is not there any more" });
    return new Message(this.http, wire.conversationId, wire);
  }
}
