import { type Context, Hono } from "hono";
import { upgradeRequest } from "../../durable-objects/greeting.ts";
import { inboxOf } from "../../durable-objects/stubs.ts";
import { InboxQuery, ResumeQuery } from "../protocol/live.ts";
import { Problem } from "../protocol/problems.ts";
import { identified } from "./credentials.ts";
import { checked, described } from "./described.ts";
import type { Door } from "./door.ts";
import { placeOf } from "./places.ts";

function requireUpgrade(c: Context<Door>): void {
  if (c.req.header("upgrade")?.toLowerCase() === "websocket") return;
  throw new Problem("validation", "This address speaks WebSocket", {
    nextStep: "Connect with the subprotocol beseda.v1.",
  });
}

/** WebSockets: one for each open conversation, one for the user's lists and notifications. */
export const live = new Hono<Door>()
  .use("/conversations/*", identified)
  .use("/live", identified)
  .get(
    "/conversations/:conversation/live",
    described({
      id: "openConversation",
      summary: "Everything that happens in a conversation, as it happens",
      text: "A WebSocket with the subprotocol `beseda.v1`; a browser adds a second one, `bearer.` and the token. With `epoch` and `n` of the last event the client has, it gets exactly what it misses, or is told to reload.",
      tag: "live",
      answers: {},
      problems: ["validation", "not_found"],
      isSocket: true,
    }),
    checked("query", ResumeQuery),
    async (c) => {
      requireUpgrade(c);
      const { conversation, caller } = await placeOf(c);
      const { frames, ...position } = c.req.valid("query");
      return conversation.fetch(upgradeRequest({ caller, position, bytes: frames === "bytes" }));
    },
  )
  .get(
    "/live",
    described({
      id: "openInbox",
      summary: "New messages, memberships and markers of the user, for lists and notifications",
      text: "A WebSocket like that of a conversation. It tells what is new and is not resumed: load the lists after connecting.",
      tag: "live",
      answers: {},
      problems: ["validation"],
      isSocket: true,
    }),
    checked("query", InboxQuery),
    async (c) => {
      requireUpgrade(c);
      const { caller } = c.var;
      if (caller.kind !== "user")
        throw new Problem("unauthenticated", "This session speaks for no user", {
          nextStep: "Act as a user: put act into the token.",
        });
      return inboxOf(c.env, caller, caller.user).fetch(
        upgradeRequest({ caller, position: {}, bytes: c.req.valid("query").frames === "bytes" }),
      );
    },
  );
