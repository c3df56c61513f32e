import type { ConversationSummary } from "../../../src/sdk/client/index.ts";
import type { Site } from "../shell/site.ts";
import type { History } from "./history.ts";

/** What is known of a conversation, from the list or from the conversation itself, whichever came first. */
export type About = Pick<ConversationSummary, "id" | "title" | "group" | "viewOnly"> & {
  members?: string[] | undefined;
  memberCount?: number;
  conversationContext?: string | undefined;
};

export const aboutOf = (site: Site, id: string, { conversation }: History): About | undefined =>
  conversation ?? site.list.known.get(id) ?? fromNotification(site, id);

function fromNotification({ centre }: Site, id: string): About | undefined {
  const entry = centre.of(id);
  // Without a title it may be one-to-one: better to wait than to show the wrong kind.
  if (!entry?.title) return undefined;
  const { title, conversationContext } = entry;
  return { id, title, group: true, viewOnly: false, conversationContext };
}
