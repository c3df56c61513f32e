import { type Context, Hono } from "hono";
import { valueIn } from "../../durable-objects/answer.ts";
import { made } from "../../durable-objects/creation.ts";
import { activityShard, inboxOf } from "../../durable-objects/stubs.ts";
import { requireMayListAll } from "../domain/conversations/access.ts";
import { pairOf, planConversation } from "../domain/conversations/plan.ts";
import { pageOfStates, searchOf, select } from "../domain/conversations/search.ts";
import { summaryOf } from "../domain/notifications/unread.ts";
import {
  Conversation,
  ConversationDraft,
  ConversationFilter,
  ConversationPatch,
  ConversationSummary,
} from "../protocol/conversations.ts";
import { newId } from "../protocol/ids.ts";
import { pageOf } from "../protocol/lists.ts";
import { Problem } from "../protocol/problems.ts";
import { standardUsers } from "../protocol/wire.ts";
import {
  addConversation,
  type ConversationRow,
  conversationByContext,
  conversationByKey,
  conversationByPair,
  conversationByRequest,
} from "../storage/directory/conversations.ts";
import { directoryOf } from "../storage/directory/database.ts";
import { usersByReferences } from "../storage/directory/users.ts";
import { identified } from "./credentials.ts";
import { checked, described } from "./described.ts";
import type { Door } from "./door.ts";
import { grantOf, placeIn, placeOf, requireSomebody } from "./places.ts";

const dbOf = (c: Context<Door>) => directoryOf(c.env, c.var.caller.application);

/** Conversations: creating, finding, listing, the title. */
export const conversations = new Hono<Door>()
  .use("/conversations", identified)
  .use("/conversations/*", identified)
  .post(
    "/conversations",
    described({
      id: "createConversation",
      summary: "Create a conversation",
      text: "Status 200 instead of 201 when it exists already: the second one-to-one conversation of the same pair, or a repeat with the same `clientId`.",
      tag: "conversations",
      answers: { 201: Conversation, 200: Conversation },
      problems: ["validation", "forbidden", "not_found", "conflict", "not_supported"],
    }),
    checked("json", ConversationDraft),
    async (c) => {
      const { row, isNew } = await created(c, c.req.valid("json"));
      const { conversation, caller } = await placeIn(c, await made(c.env, row));
      return c.json(valueIn(await conversation.show(caller)), isNew ? 201 : 200);
    },
  )
  .get(
    "/conversations",
    described({
      id: "getConversations",
      summary: "Search conversations",
      text: "Newest first by last message unless `sortDirection` says otherwise; `startDate` is inclusive, `cursor` is exact. Without rights: those where the caller is a member. With `conversationContext` or `key`: that one; `forbidden` without the Read right on the object, whether or not there is one. Not a snapshot: set the sort direction before the first page and keep it; what changes in a part already read may be missed.",
      tag: "conversations",
      answers: { 200: pageOf(ConversationSummary) },
      problems: ["validation", "forbidden"],
    }),
    checked("query", ConversationFilter),
    async (c) => {
      const filter = c.req.valid("query");
      const { caller } = c.var;
      if (filter.conversationContext !== undefined || filter.key !== undefined) return c.json(await named(c, filter));
      const onlyOwn = filter.currentUserIsMember ?? caller.kind === "user";
      // Nobody is a member of context conversations: listing them is listing all.
      if (!onlyOwn || filter.contextConversation) return c.json(await everywhere(c, filter));
      if (caller.kind !== "user")
        throw new Problem("unauthenticated", "This session speaks for no user", {
          nextStep: "Act as a user: put act into the token.",
        });
      return c.json(valueIn(await inboxOf(c.env, caller, caller.user).list(caller, filter)));
    },
  )
  .get(
    "/conversations/:conversation",
    described({
      id: "getConversation",
      summary: "One conversation, by id or by key",
      tag: "conversations",
      answers: { 200: Conversation },
      problems: ["not_found"],
    }),
    async (c) => {
      const { conversation, caller } = await placeOf(c);
      return c.json(valueIn(await conversation.show(caller)));
    },
  )
  .patch(
    "/conversations/:conversation",
    described({
      id: "updateConversation",
      summary: "Change the title",
      text: "Everything else is fixed when the conversation is created: naming another value is `conflict`.",
      tag: "conversations",
      answers: { 200: Conversation },
      problems: ["validation", "forbidden", "not_found", "conflict", "not_supported"],
    }),
    checked("json", ConversationPatch),
    async (c) => {
      const { conversation, caller } = await placeOf(c);
      const { title, ...fixed } = c.req.valid("json");
      const current = valueIn(await conversation.show(caller));
      for (const [field, value] of Object.entries(fixed)) {
        const now = (current as Record<string, unknown>)[field] ?? null;
        if (value !== now)
          throw new Problem("conflict", `The field ${field} is fixed when a conversation is created`, { field });
      }
      return c.json(title === undefined ? current : valueIn(await conversation.rename(caller, title)));
    },
  );

/** Whether or not there is a conversation, the answer is the same. @throws Problem `forbidden` for a user without the Read right */
async function requireRead(c: Context<Door>, context: string | undefined): Promise<void> {
  if (context === undefined || c.var.caller.kind !== "user" || (await grantOf(c, context))) return;
  throw new Problem("forbidden", "There is no Read right on this object", { field: "conversationContext" });
}

/** The row of a new conversation, or of the one that is there already. */
async function created(c: Context<Door>, draft: ConversationDraft): Promise<{ row: ConversationRow; isNew: boolean }> {
  const { caller } = c.var;
  requireSomebody(caller);
  const db = dbOf(c);
  const request =
    draft.clientId === undefined ? null : `${caller.kind === "user" ? caller.user : "application"} ${draft.clientId}`;
  const repeated = request === null ? undefined : await conversationByRequest(db, caller.application, request);
  if (repeated) return { row: repeated, isNew: false };
  await requireRead(c, draft.conversationContext);
  const references = (draft.members ?? []).filter((reference) => reference !== standardUsers.allApplicationUsers);
  const found = references.length === 0 ? [] : await usersByReferences(db, caller.application, references);
  const people = new Map(
    found.flatMap((user) => [[user.id, user] as const, [user.infoBaseUserId ?? user.id, user] as const]),
  );
  const spec = planConversation(caller, draft, people, newId(), Date.now());
  const pair = spec.kind === "oneToOne" ? pairOf(spec.members) : null;
  const row = {
    id: spec.id,
    application: spec.application,
    kind: spec.kind,
    key: spec.key,
    context: spec.conversationContext,
    pair,
    request,
    spec,
    created: spec.created,
  };
  const added = await addConversation(db, row);
  if (added) return { row: added, isNew: true };
  const same =
    (request && (await conversationByRequest(db, caller.application, request))) ||
    (pair && (await conversationByPair(db, caller.application, pair)));
  if (same) return { row: same, isNew: false };
  const field =
    spec.key !== null && (await conversationByKey(db, caller.application, spec.key)) ? "key" : "conversationContext";
  throw new Problem(
    "conflict",
    field === "key" ? "Another conversation has this key" : "This object has its conversation already",
    { field },
  );
}

/** The one conversation of an object or a key, if the caller may see it: a page of one or none. */
async function named(c: Context<Door>, filter: ConversationFilter): Promise<{ items: ConversationSummary[] }> {
  const { application } = c.var.caller;
  const { conversationContext, key } = filter;
  await requireRead(c, conversationContext);
  const row =
    conversationContext !== undefined
      ? await conversationByContext(dbOf(c), application, conversationContext)
      : await conversationByKey(dbOf(c), application, key ?? "");
  if (!row) return { items: [] };
  const { conversation, caller } = await placeIn(c, await made(c.env, row));
  const answer = await conversation.place(caller);
  const found = "problem" in answer ? [] : [answer.value.state];
  return { items: select(found, searchOf(filter)).map((state) => summaryOf(state)) };
}

/** Conversations of the whole application, for callers with the right to see them: every shard's first, merged. */
async function everywhere(c: Context<Door>, filter: ConversationFilter) {
  const { caller } = c.var;
  requireMayListAll(caller, filter.contextConversation !== false);
  const search = searchOf(filter);
  const shards = Array.from({ length: caller.shards }, (_, shard) => activityShard(c.env, caller.application, shard));
  const found = (await Promise.all(shards.map((shard) => shard.search(filter)))).flat().sort(search.compare);
  return pageOfStates(found.slice(0, search.count + 1), search, (state) => summaryOf(state));
}
