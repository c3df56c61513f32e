import { type ConversationRow, finishConversation } from "../src/storage/directory/conversations.ts";
import { directoryOf } from "../src/storage/directory/database.ts";
import { valueIn } from "./answer.ts";
import { conversationObject } from "./stubs.ts";

/** The row with its object made: a creation that a crash interrupted is finished by whoever meets its row. */
export async function made(env: Env, row: ConversationRow): Promise<ConversationRow> {
  if (!row.spec) return row;
  valueIn(await conversationObject(env, row.id).create(row.spec));
  await finishConversation(directoryOf(env, row.application), row.id);
  return { ...row, spec: null };
}
