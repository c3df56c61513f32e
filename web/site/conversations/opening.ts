import { toasts } from "../../design/toast.tsx";
import { route } from "../shell/route.ts";
import type { Site } from "../shell/site.ts";
import { say } from "../words/problem.ts";

/** Opens the conversation with one person, which comes about when there was none. Nothing is asked for. */
export async function openWith(site: Site, person: string): Promise<void> {
  try {
    const conversation = await site.beseda.createConversation({ group: false, members: [person] }).write();
    if (conversation.id) route.go({ name: "conversation", id: conversation.id });
  } catch (error) {
    toasts.show({ text: say(error) });
  }
}
