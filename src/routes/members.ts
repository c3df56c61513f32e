import { type Context, Hono } from "hono";
import { valueIn } from "../../durable-objects/answer.ts";
import { mayJoin } from "../domain/conversations/plan.ts";
import { administers } from "../domain/registration/administration.ts";
import { Member, MembersDraft, MembersQuery } from "../protocol/conversations.ts";
import { isId } from "../protocol/ids.ts";
import { limits } from "../protocol/limits.ts";
import { pageOf } from "../protocol/lists.ts";
import { Problem } from "../protocol/problems.ts";
import { standardUsers } from "../protocol/wire.ts";
import { directoryOf } from "../storage/directory/database.ts";
import { trustedApplication } from "../storage/directory/trusted.ts";
import { usersByReferences } from "../storage/directory/users.ts";
import { identified } from "./credentials.ts";
import { checked, described } from "./described.ts";
import type { Door } from "./door.ts";
import { placeOf, userIdOf } from "./places.ts";

/** Members of non-context conversations. */
export const members = new Hono<Door>()
  .use("/conversations/*", identified)
  .get(
    "/conversations/:conversation/members",
    described({
      id: "getMembers",
      summary: "The listed members, by id",
      tag: "members",
      answers: { 200: pageOf(Member) },
      problems: ["validation", "not_found"],
    }),
    checked("query", MembersQuery),
    async (c) => {
      const { conversation, caller } = await placeOf(c);
      const { count = limits.pageDefault, cursor } = c.req.valid("query");
      return c.json(valueIn(await conversation.members(caller, count, cursor)));
    },
  )
  .post(
    "/conversations/:conversation/members",
    described({
      id: "addMembers",
      summary: "Add members to a group",
      text: "Any member may; those who are members already stay as they are.",
      tag: "members",
      answers: { 204: null },
      problems: ["validation", "forbidden", "not_found", "not_supported"],
    }),
    checked("json", MembersDraft),
    async (c) => {
      const { conversation, caller } = await placeOf(c);
      // Whoever may not see the conversation learns nothing about users either.
      valueIn(await conversation.show(caller));
      valueIn(await conversation.addMembers(caller, await joining(c, c.req.valid("json").users)));
      return c.body(null, 204);
    },
  )
  .delete(
    "/conversations/:conversation/members/:user",
    described({
      id: "removeMember",
      summary: "Leave (`me`), or remove a member",
      text: "Others are removed by the creator, a subscriber administrator or application code. Sockets of the removed user close before the answer comes.",
      tag: "members",
      answers: { 204: null },
      problems: ["forbidden", "not_found", "not_supported"],
    }),
    async (c) => {
      const { conversation, caller } = await placeOf(c);
      valueIn(await conversation.show(caller));
      const user = await memberNamed(c, c.req.param("user"));
      const application = await trustedApplication(c.env, caller.application);
      const isAdministrator = await administers(directoryOf(c.env), caller, application?.subscriber ?? "");
      valueIn(await conversation.removeMember(caller, user, isAdministrator));
      return c.body(null, 204);
    },
  );

async function joining(c: Context<Door>, references: readonly string[]): Promise<string[]> {
  const { application } = c.var.caller;
  const named = references.filter((reference) => reference !== standardUsers.allApplicationUsers);
  const found = await usersByReferences(directoryOf(c.env, application), application, named);
  const people = new Map(
    found.flatMap((user) => [[user.id, user] as const, [user.infoBaseUserId ?? user.id, user] as const]),
  );
  return references.map((reference, index) =>
    reference === standardUsers.allApplicationUsers ? reference : mayJoin(people, reference, `users.${index}`).id,
  );
}

async function memberNamed(c: Context<Door>, reference: string): Promise<string> {
  const { caller } = c.var;
  if (reference === "me") {
    if (caller.kind === "user") return caller.user;
    throw new Problem("unauthenticated", "This session speaks for no user", {
      nextStep: "Act as a user: put act into the token.",
    });
  }
  if (reference === standardUsers.allApplicationUsers || isId(reference)) return reference;
  return userIdOf(c, reference, "user");
}
