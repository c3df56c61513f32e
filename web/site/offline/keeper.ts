import type { ConversationSummary, ConversationView, MessageView, User } from "../../../src/sdk/client/index.ts";
import type { History } from "../conversation/history.ts";

/** The list as it was seen, and everybody whose name was. */
export interface KeptSite {
  at: number;
  list: ConversationSummary[];
  people: User[];
}

export interface KeptConversation {
  at: number;
  conversation: ConversationView | undefined;
  messages: MessageView[];
}

/** Who keeps conversations for reading without a connection. */
export interface Keeper {
  watch(history: History): void;
  site(): Promise<KeptSite | undefined>;
  conversation(id: string): Promise<KeptConversation | undefined>;
  forget(id: string): Promise<void>;
}
