import { createContext } from "preact";
import type { MessageView } from "../../../src/sdk/client/index.ts";
import { leaving } from "../conversation/leaving.ts";
import { addressOf, copy } from "../shell/copying.ts";
import { pathOf } from "../shell/route.ts";
import type { Speaker } from "../shell/speaker.ts";
import { words } from "../words/words.ts";
import type { Doing, OwnCommand, Target } from "./target.ts";

/** The message in which a link or an attachment stands, with what can be done about it. */
export interface MessageScope {
  message: MessageView;
  doing: Doing;
}

export const MessageScopeContext = createContext<MessageScope | undefined>(undefined);

/** What can be done about a message; it is changed and deleted by its author only. */
export function doingOf(speaker: Speaker, message: MessageView, onEdit: () => void): Doing {
  const { conversationId: id, n, text, author, runs } = message;
  const link = addressOf(pathOf({ name: "conversation", id, message: n }), speaker.origin);
  const isOwn = author === speaker.me.id;
  return {
    ...(text !== "" && { CopyMessage: () => copy(text, words.message.copied) }),
    GetMessageURL: () => copy(link, words.message.linkCopied),
    ...(isOwn && !runs && { EditMessage: onEdit }),
    ...(isOwn && { DeleteMessage: () => leaving.remove(speaker, message) }),
  };
}

/** The message itself as a place of commands. */
export const messageTarget = ({ message, doing }: MessageScope, own: OwnCommand[]): Target => ({
  parameters: { source: "Message", conversation: message.conversationId, message },
  usual: ["CopyMessage", "GetMessageURL", "EditMessage", "DeleteMessage"],
  doing,
  own,
});

/** A link in a message. */
export const linkTarget = ({ message, doing }: MessageScope, url: string, presentation: string): Target => ({
  parameters: { source: "URL", conversation: message.conversationId, message, url, presentation },
  usual: ["GotoURL", "CopyURL", "CopyURLPresentation"],
  usualDefault: "GotoURL",
  doing: {
    ...doing,
    GotoURL: () => open(url, "_blank", "noopener,noreferrer"),
    CopyURL: () => copy(url, words.message.linkCopied),
    CopyURLPresentation: () => copy(presentation, words.message.copied),
  },
});
