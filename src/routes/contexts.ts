import { Hono } from "hono";
import { made } from "../../durable-objects/creation.ts";
import { carryOut } from "../../durable-objects/revoke.ts";
import { conversationObject } from "../../durable-objects/stubs.ts";
import { isPrivileged } from "../protocol/actors.ts";
import { ContextRevocation } from "../protocol/conversations.ts";
import { Problem } from "../protocol/problems.ts";
import { endTokens } from "../storage/directory/applications.ts";
import { conversationByContext } from "../storage/directory/conversations.ts";
import { directoryOf } from "../storage/directory/database.ts";
import { newRevocation } from "../storage/directory/revocations.ts";
import { forgetTrustedApplication, forgetTrustedUser, trustedGrants } from "../storage/directory/trusted.ts";
import { identified } from "./credentials.ts";
import { checked, described } from "./described.ts";
import type { Door } from "./door.ts";
import { userNamed } from "./places.ts";

/** Taking Read rights away at once, instead of when a token or a remembered answer runs out. */
export const contexts = new Hono<Door>().use("/context-revocations", identified).post(
  "/context-revocations",
  described({
    id: "revokeContextAccess",
    summary: "Take the Read right on contexts away, at once",
    text: "On one context or all, of one user or everybody. Sockets close before the answer comes; tokens and answers from before count no more, newer ones do. Needs privileged mode.",
    tag: "application",
    answers: { 204: null },
    problems: ["validation", "forbidden", "not_found"],
  }),
  checked("json", ContextRevocation),
  async (c) => {
    const { caller } = c.var;
    if (!isPrivileged(caller)) throw new Problem("forbidden", "This needs an application token in privileged mode");
    const { conversationContext, user: reference } = c.req.valid("json");
    const named = reference === undefined ? undefined : await userNamed(c, reference, "user");
    const user = named?.id ?? null;
    trustedGrants.clear();
    const db = directoryOf(c.env, caller.application);
    if (conversationContext !== undefined) {
      const row = await conversationByContext(db, caller.application, conversationContext);
      if (row) await conversationObject(c.env, (await made(c.env, row)).id).revokeRead(user);
      return c.body(null, 204);
    }
    // All contexts: the credentials that carry the rights end, and come back with what is true now.
    const now = Date.now();
    const revocation = newRevocation(
      {
        application: caller.application,
        shards: caller.shards,
        user,
        blocked: null,
        validFrom: now,
        cause: "credentialsChanged",
      },
      now,
    );
    await endTokens(db, caller.application, user, revocation, now);
    forgetTrustedApplication(caller.application);
    if (named) forgetTrustedUser(named);
    await carryOut(c.env, revocation);
    return c.body(null, 204);
  },
);
