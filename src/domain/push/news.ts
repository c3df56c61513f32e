import type { PushNews } from "../../protocol/push.ts";
import { base64UrlOf } from "./bytes.ts";

/** Characters of each part, so that the whole fits one message whatever its alphabet. */
const most = { title: 100, sender: 60, text: 180 };

export interface NewsOf extends Pick<PushNews, "application" | "user" | "conversation" | "n" | "m"> {
  title: string;
  sender: string;
  text: string;
}

const cut = (text: string, length: number): string => {
  const part = text.slice(0, length);
  return part.isWellFormed() ? part : part.slice(0, -1);
};

/** What a device is told, as bytes to encrypt. @param hidesContent says only that there is something new */
export function newsBytes({ title, sender, text, ...place }: NewsOf, hidesContent: boolean): Uint8Array {
  const content = { title: cut(title, most.title), sender: cut(sender, most.sender), text: cut(text, most.text) };
  return new TextEncoder().encode(JSON.stringify({ ...place, ...(!hidesContent && content) } satisfies PushNews));
}

/**
 * The header `Topic`: of several messages that wait for a device, the last of each conversation is kept. Another word for
 * each device, so that a push service does not learn who talks with whom.
 */
export async function topicOf(endpoint: string, conversation: string): Promise<string> {
  const bytes = new TextEncoder().encode(`${conversation} ${endpoint}`);
  return base64UrlOf(new Uint8Array(await crypto.subtle.digest("SHA-256", bytes))).slice(0, 32);
}
