import type { Collaboration, Message } from "beseda/client";
import { runIfMain } from "./demo.ts";
import { serviceConversation } from "./service-conversation.ts";

/** Sends a report that the program made in memory. It demonstrates a feature and is not a finished tool. */
export async function sendReport(beseda: Collaboration, conversation: string, table: string): Promise<Message> {
  const message = beseda.createMessage(conversation, { text: "Остатки на сегодня" });
  const content = new TextEncoder().encode(table);
  await message.attachments.add({ name: "Остатки.csv", contentType: "text/csv", content });
  return message.write();
}

/** Reads the reports of a message. */
export async function readReports(message: Message): Promise<string[]> {
  const reports: string[] = [];
  for (const attachment of message.attachments) {
    if (attachment.contentType !== "text/csv") continue;
    const answer = await attachment.download();
    reports.push(await answer.text());
  }
  return reports;
}

await runIfMain(import.meta.filename, async (demo) => {
  const key = "Отчёты";
  await serviceConversation(demo.server("Анна"), key);
  const message = await sendReport(demo.server("Анна"), key, "Склад;Остаток\n3;12");
  console.log(await readReports(message));
});
