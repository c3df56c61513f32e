import { type Context, Hono } from "hono";
import { conversationObject, inboxOf } from "../../durable-objects/stubs.ts";
import { soughtIn } from "../domain/search/query.ts";
import { startFrom, type Walked, walk } from "../domain/search/walk.ts";
import type { ConversationSummary } from "../protocol/conversations.ts";
import { limits } from "../protocol/limits.ts";
import { pageOf } from "../protocol/lists.ts";
import { Problem } from "../protocol/problems.ts";
import { FoundMessage, SearchQuery } from "../protocol/search.ts";
import { identified } from "./credentials.ts";
import { checked, described } from "./described.ts";
import type { Door } from "./door.ts";
import { grantOf, userOf } from "./places.ts";
import { encoded } from "./respond.ts";

/** A conversation in which a search looks. */
interface There {
  id: string;
  date: number;
  summary: ConversationSummary;
}

/** Looking for messages in all conversations of a user. */
export const search = new Hono<Door>().use("/messages", identified).get(
  "/messages",
  described({
    id: "searchMessages",
    summary: "Search the messages of all the user's conversations",
    text: "Found are messages with every word of `text`, in any form of Russian and English grammar, whatever their case, ё as е. The last word may be unfinished; words in quotes stand side by side exactly so. Conversations come by their last message, latest first, their messages too. A page may be short, or empty, while its cursor says that there is more to look at. Looked into: conversations of which the user is a member, alone or with everybody, and those of objects that the user has read, watches or was addressed in, as far as the Read right goes.",
    tag: "messages",
    answers: { 200: pageOf(FoundMessage) },
    problems: ["validation"],
  }),
  checked("query", SearchQuery),
  async (c) => {
    const caller = userOf(c);
    const { text, count = limits.foundDefault, cursor, displayed } = c.req.valid("query");
    soughtIn(text);
    const start = startFrom(cursor, Date.now());
    await requireFewSearches(c, caller.user);
    const all = await inboxOf(c.env, caller, caller.user).searched(caller);
    const places = all
      .filter((summary) => displayed === undefined || summary.displayed === displayed)
      .map((summary): There => ({ id: summary.id, date: Date.parse(summary.lastMessageDate), summary }));
    const walked = await walk(places, start, count, {
      now: Date.now,
      activeBy: (place, since) => conversationObject(c.env, place.id).activeBy(since),
      look: (place, wanted, before) => lookInto(c, place, { text, count: wanted, ...(before && { before }) }),
    });
    return encoded(c, pageFrom(walked));
  },
);

async function requireFewSearches(c: Context<Door>, user: string): Promise<void> {
  const { success } = await c.env.SEARCH_LIMIT.limit({ key: user });
  if (!success) throw new Problem("limit_exceeded", "Too many searches of one user", { retryAfterSeconds: 10 });
}

/** What one conversation has to say; undefined when the caller may not read it, or no more. */
async function lookInto(c: Context<Door>, { id, summary }: There, look: { text: string; count: number }) {
  const { conversationContext: context } = summary;
  const read = context === undefined ? undefined : await grantOf(c, context);
  if (context !== undefined && !read) return undefined;
  const caller = read ? { ...c.var.caller, read } : c.var.caller;
  const answer = await conversationObject(c.env, id).search(caller, look);
  return "value" in answer ? answer.value : undefined;
}

/** Messages are JSON already. */
function pageFrom({ found, cursor }: Walked<There>): string {
  const items = found.map(({ place, finding: { message, marks } }) => {
    const { id, title, group, displayed, conversationContext, members } = place.summary;
    const conversation = { id, title, group, displayed, conversationContext, members };
    return `{"conversation":${JSON.stringify(conversation)},"message":${message},"marks":${JSON.stringify(marks)}}`;
  });
  return `{"items":[${items.join(",")}]${cursor === undefined ? "" : `,"cursor":${JSON.stringify(cursor)}`}}`;
}
