import { runDurableObjectAlarm } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { conversationObject } from "../../../durable-objects/stubs.ts";

/** Runs the conversation's alarms by hand until it has nothing left to dispatch. */
export async function dispatched(conversation: string): Promise<void> {
  while (await runDurableObjectAlarm(conversationObject(env, conversation)));
}
