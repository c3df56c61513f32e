import type { Context } from "hono";
import { made } from "../../durable-objects/creation.ts";
import { conversationObject } from "../../durable-objects/stubs.ts";
import { claimedGrant } from "../domain/access/read-right.ts";
import { readersOf } from "../domain/access/readers.ts";
import { type Caller, type Grant, isPrivileged, type UserCaller } from "../protocol/actors.ts";
import { isId, partsOfMessageId } from "../protocol/ids.ts";
import { Problem } from "../protocol/problems.ts";
import { askingOf } from "../storage/asking.ts";
import { type ConversationRow, conversationById, conversationByKey } from "../storage/directory/conversations.ts";
import { directoryOf } from "../storage/directory/database.ts";
import { trustedApplication, trustedConversations } from "../storage/directory/trusted.ts";
import { type UserRow, usersByReferences } from "../storage/directory/users.ts";
import type { Door } from "./door.ts";

/** A conversation addressed in a request: its object, and the caller with its Read right where one is needed. */
export interface Place {
  row: ConversationRow;
  caller: Caller;
  conversation: ReturnType<typeof conversationObject>;
}

/**
 * Conversations are for users and privileged mode: an application that speaks for nobody has no place there (USR-42).
 * @throws Problem `unauthenticated`
 */
export function requireSomebody(caller: Caller): void {
  if (caller.kind !== "user" && !isPrivileged(caller)) throw speaksForNobody();
}

/** The user who calls, for what is a user's own. @throws Problem `unauthenticated` */
export function userOf(c: Context<Door>): UserCaller {
  const { caller } = c.var;
  if (caller.kind === "user") return caller;
  throw speaksForNobody();
}

const speaksForNobody = () =>
  new Problem("unauthenticated", "This session speaks for no user", {
    nextStep: "Act as a user: put act into the token.",
  });

/**
 * Finds the conversation that a path names by id or by key.
 * @throws Problem `not_found`, `unauthenticated`
 */
export async function placeOf(c: Context<Door>, reference = c.req.param("conversation") ?? ""): Promise<Place> {
  requireSomebody(c.var.caller);
  const { application } = c.var.caller;
  const row = await trustedConversations.get(`${application} ${reference}`, () =>
    findRow(c.env, application, reference),
  );
  if (!row) throw new Problem("not_found", "There is no such conversation for this caller");
  return placeIn(c, row);
}

/** The message that a path names, with its conversation. @throws Problem `not_found`, `unauthenticated` */
export async function messageNamed(c: Context<Door>): Promise<{ place: Place; n: number }> {
  const parts = partsOfMessageId(c.req.param("message") ?? "");
  if (!parts) throw new Problem("not_found", "There is no such message for this caller");
  return { place: await placeOf(c, parts.conversation), n: parts.n };
}

export async function placeIn(c: Context<Door>, row: ConversationRow): Promise<Place> {
  const { caller } = c.var;
  const read = row.context === null ? undefined : await grantOf(c, row.context);
  return { row, caller: read ? { ...caller, read } : caller, conversation: conversationObject(c.env, row.id) };
}

async function findRow(env: Env, application: string, reference: string): Promise<ConversationRow | undefined> {
  const db = directoryOf(env, application);
  const row = await (isId(reference)
    ? conversationById(db, application, reference)
    : conversationByKey(db, application, reference));
  return row && made(env, row);
}

/** The caller's Read right on a context. @returns undefined when there is none */
export async function grantOf(c: Context<Door>, context: string): Promise<Grant | undefined> {
  const { caller } = c.var;
  const claimed = claimedGrant(caller, context);
  if (claimed !== "ask") return claimed;
  const application = await trustedApplication(c.env, caller.application);
  if (!application || caller.kind !== "user") return undefined;
  return (await readersOf(askingOf(c.env, application), context, [caller.user])).get(caller.user);
}

/** The user that a reference names. @throws Problem `not_found` */
export async function userNamed(c: Context<Door>, reference: string, field: string): Promise<UserRow> {
  const { application } = c.var.caller;
  const [user] = await usersByReferences(directoryOf(c.env, application), application, [reference]);
  if (!user) throw new Problem("not_found", "This user does not exist in Beseda", { field });
  return user;
}

/** The id of the user that a reference names. @throws Problem `not_found` */
export const userIdOf = async (c: Context<Door>, reference: string, field: string): Promise<string> =>
  (await userNamed(c, reference, field)).id;
