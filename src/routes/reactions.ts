import { type Context, Hono } from "hono";
import { valueIn } from "../../durable-objects/answer.ts";
import { pageOf } from "../protocol/lists.ts";
import { Message } from "../protocol/messages.ts";
import { Reacted, ReactionPath, ReactionsFilter } from "../protocol/reactions.ts";
import { identified } from "./credentials.ts";
import { checked, described } from "./described.ts";
import type { Door } from "./door.ts";
import { messageNamed, userIdOf } from "./places.ts";
import { encoded } from "./respond.ts";

const adding = described({
  id: "addReaction",
  summary: "React to a message with an emoji",
  text: "Whoever may post may react; a message has at most 20 kinds, a user each kind once, so a repeat changes nothing. No counter moves and nobody is notified. Counts against the same pace as posting.",
  tag: "reactions",
  answers: { 200: Message },
  problems: ["validation", "forbidden", "not_found", "conflict"],
});

const removing = described({
  id: "removeReaction",
  summary: "Take an own reaction away",
  text: "One that is not there is no problem.",
  tag: "reactions",
  answers: { 200: Message },
  problems: ["validation", "forbidden", "not_found"],
});

/** Reactions to messages. A message shows counts and who came first; the list has them all. */
export const reactions = new Hono<Door>()
  .use("/messages/*", identified)
  .get(
    "/messages/:message/reactions",
    described({
      id: "getReactions",
      summary: "Who reacted to a message, and with what",
      text: "By emoji and user; `emoji` and `user` leave the others out. A message itself shows the first ten users of each kind.",
      tag: "reactions",
      answers: { 200: pageOf(Reacted) },
      problems: ["validation", "not_found"],
    }),
    checked("query", ReactionsFilter),
    async (c) => {
      const { place, n } = await messageNamed(c);
      const { user, ...filter } = c.req.valid("query");
      // Whoever may not see the message learns nothing about users either.
      if (user !== undefined) valueIn(await place.conversation.message(place.caller, n));
      const of = user === undefined ? {} : { user: await userIdOf(c, user, "user") };
      return c.json(valueIn(await place.conversation.reactions(place.caller, n, { ...filter, ...of })));
    },
  )
  .put("/messages/:message/reactions/:emoji", adding, checked("param", ReactionPath), (c) =>
    reacted(c, c.req.valid("param").emoji, true),
  )
  .delete("/messages/:message/reactions/:emoji", removing, checked("param", ReactionPath), (c) =>
    reacted(c, c.req.valid("param").emoji, false),
  );

async function reacted(c: Context<Door>, emoji: string, isOn: boolean): Promise<Response> {
  const { place, n } = await messageNamed(c);
  return encoded(c, valueIn(await place.conversation.react(place.caller, n, emoji, isOn)));
}
