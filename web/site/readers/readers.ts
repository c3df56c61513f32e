import { limits } from "../../../src/protocol/limits.ts";
import { type ConversationView, type MessageView, type Reader, standardUsers } from "../../../src/sdk/client/index.ts";
import { Watched } from "../../design/watched.ts";

/** Is it told here who has read? In small rooms of listed members only. */
export const tellsReaders = ({ conversationContext, members, memberCount }: ConversationView): boolean =>
  conversationContext === undefined &&
  memberCount <= limits.readersMembers &&
  !members.includes(standardUsers.allApplicationUsers);

/** How far the members of an open conversation have read: asked for once, then told as it moves. */
export class Readers extends Watched {
  readonly #upTo = new Map<string, number>();

  /** Markers only go up, whichever way they are heard of. */
  note(...readers: Reader[]): void {
    const news = readers.filter(({ user, m }) => m > (this.#upTo.get(user) ?? 0));
    for (const { user, m } of news) this.#upTo.set(user, m);
    if (news.length > 0) this.changed();
  }

  /**
   * Members other than the author who have read a message. Whoever wrote after it has read it.
   * @param after the messages that are loaded
   */
  of({ m, author }: MessageView, { members }: ConversationView, after: readonly MessageView[]): string[] {
    const wrote = new Set(after.filter((message) => message.m > m).map((message) => message.author));
    return members.filter((user) => user !== author && (wrote.has(user) || (this.#upTo.get(user) ?? 0) >= m));
  }
}

/** The message under which it is told who has read: the last own one that is still there. */
export const lastOwn = (messages: readonly MessageView[], me: string): MessageView | undefined =>
  messages.findLast(({ author, deleted }) => author === me && !deleted);
