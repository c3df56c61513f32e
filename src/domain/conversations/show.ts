import type { Conversation } from "../../protocol/conversations.ts";

import { limits } from "../../protocol/limits.ts";
import { standardUsers } from "../../protocol/wire.ts";
import type { Facts } from "../../storage/conversation/facts.ts";
import { memberIds } from "../../storage/conversation/members.ts";
import type { ConversationStore } from "../../storage/conversation/store.ts";

/** The conversation as its readers see it. */
export function conversationOf(store: ConversationStore, facts: Facts): Conversation {
  return {
    id: facts.conversation,
    ...(facts.key !== null && { key: facts.key }),
    title: facts.title,
    group: facts.kind !== "oneToOne",
    displayed: facts.displayed,
    viewOnly: facts.viewOnly,
    ...(facts.context !== null && { conversationContext: facts.context }),
    ...(facts.creator !== null && { creator: facts.creator }),
    created: new Date(facts.created).toISOString(),
    members: [
      ...(facts.everyone ? [standardUsers.allApplicationUsers] : []),
      ...memberIds(store.sql, limits.membersShown),
    ],
    memberCount: facts.memberCount,
    epoch: facts.epoch,
    n: store.n,
  };
}
