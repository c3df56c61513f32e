import type { Application } from "beseda/server";
import { type Order, type Orders, urlOf } from "./orders.ts";
import { dueOf, type Visit } from "./pages.ts";
import { informant } from "./people.ts";
import { languages } from "./words.ts";

/** Says in the conversation of an order how the order is. The application speaks in the name of one of its users. */
export async function answerAbout(
  application: Application,
  { language }: Visit,
  order: Order,
  orders: Orders,
): Promise<void> {
  const words = languages[language];
  const server = application.connectAs(informant, { contexts: [urlOf(order)] });
  try {
    const conversation = await server.getContextConversation(urlOf(order));
    if (!conversation) return;
    const text = words.answer(order.number, words.statuses[orders.statusOf(order)], dueOf(order, language));
    await server.createMessage(conversation.id, { text }).write();
  } finally {
    server.close();
  }
}
