import type { ConversationSummary, ConversationView } from "../../../src/sdk/client/index.ts";
import type { Site } from "../shell/site.ts";
import { words } from "../words/words.ts";

type Titled = Pick<ConversationSummary | ConversationView, "title" | "group"> & { members?: string[] | undefined };

/** The other person of a one-to-one conversation. */
export const partnerOf = ({ group, members }: Titled, me: string): string | undefined =>
  group ? undefined : members?.find((member) => member !== me);

/** Title, or the partner's name in its place. */
export function titleOf(conversation: Titled, { people, me }: Site): string {
  const partner = partnerOf(conversation, me.id);
  return partner === undefined ? conversation.title || words.list.title : people.nameOf(partner);
}
