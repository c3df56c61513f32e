import { type Context, Hono } from "hono";
import * as v from "valibot";
import { valueIn } from "../../durable-objects/answer.ts";
import { conversationObject, inboxOf } from "../../durable-objects/stubs.ts";
import { whoseSettings } from "../domain/notifications/settings.ts";
import { limits } from "../protocol/limits.ts";
import { decodeCursor, encodeCursor, pageOf } from "../protocol/lists.ts";
import {
  DoNotDisturb,
  Notification,
  NotificationQuery,
  NotificationRepresentation,
  ReadMarker,
  WatchMode,
  WhoseQuery,
} from "../protocol/notifications.ts";
import { shardOf } from "../storage/objects/shards.ts";
import { identified, userOf } from "./credentials.ts";
import { checked, described } from "./described.ts";
import type { Door } from "./door.ts";
import { grantOf, placeOf, userNamed } from "./places.ts";

/** Inbox, user and conversation of a setting: the caller's, or another user's in privileged mode. */
async function setting(c: Context<Door>, reference: string | undefined) {
  const { caller } = c.var;
  const place = await placeOf(c);
  const named = reference === undefined ? undefined : await userNamed(c, reference, "user");
  const user = whoseSettings(caller, named?.id);
  const { state, created } = valueIn(await place.conversation.place(place.caller));
  const since = named?.created ?? (caller.kind === "user" ? caller.since : 0);
  return { ...place, state, created, since, user, inbox: inboxOf(c.env, caller, user), id: place.row.id };
}

/** What users want to hear of, what they have read, and what they have not. */
export const notifications = new Hono<Door>()
  .use("/conversations/*", identified)
  .use("/notifications", identified)
  .use("/do-not-disturb", identified)
  .get(
    "/notifications",
    described({
      id: "getCurrentUserNotifications",
      summary: "What the user has not seen, of all conversations",
      text: "Newest first, one entry a conversation, displayed or not, whatever do not disturb says.",
      tag: "notifications",
      answers: { 200: pageOf(Notification) },
      problems: ["validation"],
    }),
    checked("query", NotificationQuery),
    async (c) => {
      const caller = userOf(c);
      const { count = limits.pageDefault, cursor } = c.req.valid("query");
      const all = await inboxOf(c.env, caller, caller.user).notifications(caller);
      const readable = await readableOf(c, all);
      const start = cursor === undefined ? 0 : startOf(readable, cursor);
      const items = readable.slice(start, start + count);
      const last = start + count < readable.length ? items.at(-1) : undefined;
      return c.json({
        items,
        ...(last && { cursor: encodeCursor("notifications", [last.date, last.conversationId]) }),
      });
    },
  )
  .get(
    "/conversations/:conversation/watch-mode",
    described({
      id: "getWatchMode",
      summary: "Does the user watch this conversation?",
      tag: "notifications",
      answers: { 200: WatchMode },
      problems: ["forbidden", "not_found"],
    }),
    checked("query", WhoseQuery),
    async (c) => {
      const { inbox, user, id, state } = await setting(c, c.req.valid("query").user);
      return c.json({ watch: (await inbox.settings(user, id, state.kind === "context")).watch });
    },
  )
  .put(
    "/conversations/:conversation/watch-mode",
    described({
      id: "setWatchMode",
      summary: "Watch a conversation or not",
      text: "On: notify of every new message. Off: of none, or, in a context conversation, of those addressed to the user.",
      tag: "notifications",
      answers: { 200: WatchMode },
      problems: ["validation", "forbidden", "not_found"],
    }),
    checked("query", WhoseQuery),
    checked("json", WatchMode),
    async (c) => {
      const { watch } = c.req.valid("json");
      const { inbox, user, conversation, ...place } = await setting(c, c.req.valid("query").user);
      if (watch) await conversation.listen(shardOf(user, c.var.caller.shards));
      await inbox.setWatch(user, watch, { state: place.state, created: place.created, since: place.since });
      return c.json({ watch });
    },
  )
  .get(
    "/conversations/:conversation/notification-representation",
    described({
      id: "getConversationNotificationRepresentation",
      summary: "How notifications of this conversation are displayed",
      tag: "notifications",
      answers: { 200: NotificationRepresentation },
      problems: ["forbidden", "not_found"],
    }),
    checked("query", WhoseQuery),
    async (c) => {
      const { inbox, user, id, state } = await setting(c, c.req.valid("query").user);
      return c.json({ representation: (await inbox.settings(user, id, state.kind === "context")).representation });
    },
  )
  .put(
    "/conversations/:conversation/notification-representation",
    described({
      id: "setConversationNotificationRepresentation",
      summary: "Display notifications of this conversation, or do not disturb",
      tag: "notifications",
      answers: { 200: NotificationRepresentation },
      problems: ["validation", "forbidden", "not_found"],
    }),
    checked("query", WhoseQuery),
    checked("json", NotificationRepresentation),
    async (c) => {
      const { representation } = c.req.valid("json");
      const { inbox, user, state, created, since } = await setting(c, c.req.valid("query").user);
      await inbox.setRepresentation(user, representation, { state, created, since });
      return c.json({ representation });
    },
  )
  .put(
    "/conversations/:conversation/read-marker",
    described({
      id: "setReadMarker",
      summary: "Read up to a message",
      text: "By the message's ordinal `m`. Only moves up, and clears on all devices. Send it sparingly, when the user looks away or every ten seconds: it is the dearest thing a reader does.",
      tag: "notifications",
      answers: { 200: ReadMarker },
      problems: ["validation", "not_found"],
    }),
    checked("json", ReadMarker),
    async (c) => {
      const { inbox, user, id, state } = await setting(c, undefined);
      const m = Math.min(c.req.valid("json").m, state.m);
      await inbox.setMarker(user, id, m);
      return c.json({ m });
    },
  )
  .get(
    "/do-not-disturb",
    described({
      id: "getDoNotDisturb",
      summary: "The user's do not disturb, for all conversations",
      tag: "notifications",
      answers: { 200: DoNotDisturb },
    }),
    async (c) => {
      const caller = userOf(c);
      return c.json({ doNotDisturb: await inboxOf(c.env, caller, caller.user).doNotDisturb(caller.user) });
    },
  )
  .put(
    "/do-not-disturb",
    described({
      id: "setDoNotDisturb",
      summary: "Switch do not disturb for all conversations",
      tag: "notifications",
      answers: { 200: DoNotDisturb },
      problems: ["validation"],
    }),
    checked("json", DoNotDisturb),
    async (c) => {
      const caller = userOf(c);
      const { doNotDisturb } = c.req.valid("json");
      await inboxOf(c.env, caller, caller.user).setDoNotDisturb(caller.user, doNotDisturb);
      return c.json({ doNotDisturb });
    },
  );

/** Notifications without those of contexts that the user may not read (NTF-5). */
async function readableOf(c: Context<Door>, all: readonly Notification[]): Promise<Notification[]> {
  const isReadable = await Promise.all(
    all.map(async ({ conversationId, conversationContext }) => {
      if (conversationContext === undefined) return true;
      const read = await grantOf(c, conversationContext);
      // The conversation knows whether the right was taken away since.
      return read !== undefined && conversationObject(c.env, conversationId).mayRead({ ...c.var.caller, read });
    }),
  );
  return all.filter((_, index) => isReadable[index]);
}

function startOf(items: readonly Notification[], cursor: string): number {
  const [date, conversation] = decodeCursor("notifications", v.tuple([v.string(), v.string()]), cursor);
  const next = items.findIndex(
    (item) => item.date < date || (item.date === date && item.conversationId > conversation),
  );
  return next === -1 ? items.length : next;
}
