import { Hono } from "hono";
import { valueIn } from "../../durable-objects/answer.ts";
import { pageOf } from "../protocol/lists.ts";
import { Message, MessageDraft, MessageFilter, MessagePatch } from "../protocol/messages.ts";
import { identified } from "./credentials.ts";
import { checked, described } from "./described.ts";
import type { Door } from "./door.ts";
import { messageNamed, placeOf, userIdOf } from "./places.ts";
import { encoded } from "./respond.ts";

/** Messages: posting, reading, changing. Objects keep them as JSON, so they pass through here untouched. */
export const messages = new Hono<Door>()
  .use("/conversations/*", identified)
  .use("/messages/*", identified)
  .post(
    "/conversations/:conversation/messages",
    described({
      id: "postMessage",
      summary: "Post a message",
      text: "Status 200 instead of 201 when the same `clientId` was posted before: the first result is returned. Send `seen`, the latest event number you know, to make that hold over 10,000 events.",
      tag: "messages",
      answers: { 201: Message, 200: Message },
      problems: ["validation", "forbidden", "not_found", "conflict"],
    }),
    checked("json", MessageDraft),
    async (c) => {
      const { conversation, caller } = await placeOf(c);
      const { message, isNew } = valueIn(await conversation.post(caller, c.req.valid("json")));
      return encoded(c, message, isNew ? 201 : 200);
    },
  )
  .get(
    "/conversations/:conversation/messages",
    described({
      id: "getMessages",
      summary: "Messages of a conversation",
      text: "Newest first unless `sortDirection=Asc`. `after` and `startDate` begin a page, `cursor` continues one; with `text` or `author` a page may be short while its cursor says that there is more.",
      tag: "messages",
      answers: { 200: pageOf(Message) },
      problems: ["validation", "not_found"],
    }),
    checked("query", MessageFilter),
    async (c) => {
      const { conversation, caller } = await placeOf(c);
      const { author, ...filter } = c.req.valid("query");
      // Whoever may not see the conversation learns nothing about users either.
      if (author !== undefined) valueIn(await conversation.show(caller));
      const by = author === undefined ? {} : { author: await userIdOf(c, author, "author") };
      let page = valueIn(await conversation.messages(caller, { ...filter, ...by }));
      // An empty page tells that nothing more fits (SRCH-7). Others have their turn at the object between two looks.
      while (page.items.length === 0 && page.cursor !== undefined)
        page = valueIn(await conversation.messages(caller, { ...filter, ...by, cursor: page.cursor }));
      const { items, cursor } = page;
      return encoded(
        c,
        `{"items":[${items.join(",")}]${cursor === undefined ? "" : `,"cursor":${JSON.stringify(cursor)}`}}`,
      );
    },
  )
  .get(
    "/messages/:message",
    described({
      id: "getMessage",
      summary: "One message by id",
      tag: "messages",
      answers: { 200: Message },
      problems: ["not_found"],
    }),
    async (c) => {
      const { place, n } = await messageNamed(c);
      return encoded(c, valueIn(await place.conversation.message(place.caller, n)));
    },
  )
  .patch(
    "/messages/:message",
    described({
      id: "updateMessage",
      summary: "Change a message",
      text: "Authors change their own; others' need privileged mode. `data: null` takes the data away. The mark `edited` stays.",
      tag: "messages",
      answers: { 200: Message },
      problems: ["validation", "forbidden", "not_found", "conflict"],
    }),
    checked("json", MessagePatch),
    async (c) => {
      const { place, n } = await messageNamed(c);
      return encoded(c, valueIn(await place.conversation.edit(place.caller, n, c.req.valid("json"))));
    },
  )
  .delete(
    "/messages/:message",
    described({
      id: "deleteMessage",
      summary: "Delete a message",
      text: "Its content is gone for good, the place of it stays with the mark `deleted`. Authors delete their own; others' need privileged mode.",
      tag: "messages",
      answers: { 200: Message },
      problems: ["forbidden", "not_found"],
    }),
    async (c) => {
      const { place, n } = await messageNamed(c);
      return encoded(c, valueIn(await place.conversation.delete(place.caller, n)));
    },
  );
