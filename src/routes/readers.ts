import { Hono } from "hono";
import { valueIn } from "../../durable-objects/answer.ts";
import { pageOf } from "../protocol/lists.ts";
import { Reader } from "../protocol/notifications.ts";
import { identified } from "./credentials.ts";
import { described } from "./described.ts";
import type { Door } from "./door.ts";
import { placeOf } from "./places.ts";

/** How far the members of a small conversation have read. */
export const readers = new Hono<Door>().use("/conversations/*", identified).get(
  "/conversations/:conversation/readers",
  described({
    id: "getReaders",
    summary: "Who has read, and up to which message",
    text: "Members by their read markers, in groups and one-to-one conversations of at most 50 listed members; who has read nothing since joining is left out. While a conversation is open the frame `reading` tells what moves.",
    tag: "notifications",
    answers: { 200: pageOf(Reader) },
    problems: ["not_found", "not_supported"],
  }),
  async (c) => {
    const { conversation, caller } = await placeOf(c);
    return c.json({ items: valueIn(await conversation.readers(caller)) });
  },
);
