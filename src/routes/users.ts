import { type Context, Hono } from "hono";
import * as v from "valibot";
import { carryOut } from "../../durable-objects/revoke.ts";
import { planChange, planUser, revocationOf } from "../domain/users/change.ts";
import { userOf } from "../domain/users/show.ts";
import { administersData, isPrivileged } from "../protocol/actors.ts";
import { Id, newId } from "../protocol/ids.ts";
import { limits } from "../protocol/limits.ts";
import { decodeCursor, encodeCursor, pageOf } from "../protocol/lists.ts";
import { Problem } from "../protocol/problems.ts";
import {
  ProfileQuery,
  SuggestionQuery,
  User,
  UserBatch,
  UserBatchResult,
  UserDraft,
  UserFilter,
  UserIdAnswer,
  UserPatch,
} from "../protocol/users.ts";
import { applicationById } from "../storage/directory/applications.ts";
import { directoryOf, isUniqueViolation } from "../storage/directory/database.ts";
import { newRevocation, type RevocationRow } from "../storage/directory/revocations.ts";
import { administratorsOf } from "../storage/directory/subscribers.ts";
import { forgetTrustedUser } from "../storage/directory/trusted.ts";
import {
  addUser,
  addUsers,
  changeUser,
  searchUsers,
  suggestUsers,
  type UserChanges,
  type UserRow,
  userById,
  userByInfoBaseUser,
  usersByReferences,
} from "../storage/directory/users.ts";
import { identified } from "./credentials.ts";
import { checked, described } from "./described.ts";
import type { Door } from "./door.ts";

const dbOf = (c: Context<Door>) => directoryOf(c.env, c.var.caller.application);

async function shown(c: Context<Door>, rows: readonly UserRow[]): Promise<User[]> {
  const application = await applicationById(directoryOf(c.env), c.var.caller.application);
  const administrators = new Set(application ? await administratorsOf(directoryOf(c.env), application.subscriber) : []);
  return rows.map((row) => userOf(row, c.var.caller, administrators.has(row.id)));
}

async function shownOne(c: Context<Door>, row: UserRow): Promise<User> {
  const [user] = await shown(c, [row]);
  return user as User;
}

async function found(c: Context<Door>): Promise<UserRow> {
  const { caller } = c.var;
  const reference = c.req.param("user") ?? "";
  const id = reference === "me" && caller.kind === "user" ? caller.user : reference;
  if (id === "me")
    throw new Problem("unauthenticated", "This session speaks for no user", {
      nextStep: "Act as a user: put act into the token.",
    });
  const row = await userById(dbOf(c), caller.application, id);
  if (!row) throw new Problem("not_found", "There is no such user for this caller");
  return row;
}

function requirePrivileged(c: Context<Door>): void {
  if (!isPrivileged(c.var.caller)) throw new Problem("forbidden", "Creating users needs privileged mode");
}

/** Users: pairs of the application's own, and external people. */
export const users = new Hono<Door>()
  .use("/users", identified)
  .use("/users/*", identified)
  .use("/user-batches", identified)
  .use("/user-suggestions", identified)
  .use("/profiles", identified)
  .post(
    "/users",
    described({
      id: "createUser",
      summary: "Create a user",
      text: "A regular user from an application user, or an external user. Needs privileged mode.",
      tag: "users",
      answers: { 201: User },
      problems: ["validation", "forbidden", "conflict"],
    }),
    checked("json", UserDraft),
    async (c) => {
      requirePrivileged(c);
      const row = planUser(c.var.caller.application, newId(), c.req.valid("json"), Date.now());
      const user = await addUser(dbOf(c), row);
      if (!user)
        throw new Problem("conflict", "Such a user exists already", {
          field: row.kind === "external" ? "emailForAuthentication" : "infoBaseUserId",
        });
      return c.json(await shownOne(c, user), 201);
    },
  )
  .post(
    "/user-batches",
    described({
      id: "createUsers",
      summary: "Create many users at once",
      text: `Up to ${limits.userBatch}. Users that exist already are returned with \`created: false\`, so the call can be repeated. Needs privileged mode.`,
      tag: "users",
      answers: { 200: UserBatchResult },
      problems: ["validation", "forbidden"],
    }),
    checked("json", UserBatch),
    async (c) => {
      requirePrivileged(c);
      const { application } = c.var.caller;
      const rows = c.req.valid("json").users.map((draft) => planUser(application, newId(), draft, Date.now()));
      const items = await addUsers(dbOf(c), rows);
      const views = await shown(
        c,
        items.map(({ row }) => row),
      );
      return c.json({ items: views.map((user, index) => ({ user, created: items[index]?.created ?? false })) });
    },
  )
  .get(
    "/users",
    described({
      id: "getUsers",
      summary: "Search users",
      text: "Exact matches; names, phone and addresses without regard to case. Sorted by id. Not a snapshot: what changes in a part already read may be missed. Needs DataAdministration or privileged mode.",
      tag: "users",
      answers: { 200: pageOf(User) },
      problems: ["validation", "forbidden"],
    }),
    checked("query", UserFilter),
    async (c) => {
      const { caller } = c.var;
      if (!administersData(caller))
        throw new Problem("forbidden", "Searching users needs DataAdministration or privileged mode");
      const {
        count = limits.pageDefault,
        cursor,
        after,
        sortDirection = "Asc",
        external,
        ...where
      } = c.req.valid("query");
      const [boundary] = cursor === undefined ? [after] : decodeCursor("users", v.tuple([Id]), cursor);
      const search = {
        application: caller.application,
        where: where as never,
        external,
        after: boundary,
        direction: sortDirection,
        count: count + 1,
      };
      const rows = await searchUsers(dbOf(c), search);
      const last = rows.length > count ? rows[count - 1] : undefined;
      return c.json({
        items: await shown(c, rows.slice(0, count)),
        ...(last && { cursor: encodeCursor("users", [last.id]) }),
      });
    },
  )
  .get(
    "/user-suggestions",
    described({
      id: "suggestUsers",
      summary: "Users whose name contains a text",
      text: `For people who choose users: at most ${limits.suggestions}, blocked ones and guests left out.`,
      tag: "users",
      answers: { 200: pageOf(User) },
      problems: ["validation"],
    }),
    checked("query", SuggestionQuery),
    async (c) => {
      const { text, count = limits.suggestions } = c.req.valid("query");
      const rows = await suggestUsers(dbOf(c), c.var.caller.application, text, Math.min(count, limits.suggestions));
      return c.json({ items: await shown(c, rows) });
    },
  )
  .get(
    "/profiles",
    described({
      id: "getProfiles",
      summary: "Users by id",
      text: `At most ${limits.profiles} ids, or UUIDs of application users, separated by commas; those that do not exist are missing from the answer.`,
      tag: "users",
      answers: { 200: pageOf(User) },
      problems: ["validation"],
    }),
    checked("query", ProfileQuery),
    async (c) => {
      const { application } = c.var.caller;
      return c.json({ items: await shown(c, await usersByReferences(dbOf(c), application, c.req.valid("query").ids)) });
    },
  )
  .get(
    "/users/by-info-base-user/:uuid",
    described({
      id: "getUserId",
      summary: "Id of the user that an application user is paired with",
      tag: "users",
      answers: { 200: UserIdAnswer },
      problems: ["not_found"],
    }),
    async (c) => {
      const row = await userByInfoBaseUser(dbOf(c), c.var.caller.application, c.req.param("uuid").toLowerCase());
      if (!row)
        throw new Problem("not_found", "This application user has no pair in Beseda yet", {
          nextStep: "Create the user.",
        });
      return c.json({ id: row.id });
    },
  )
  .get(
    "/users/:user",
    described({
      id: "getUser",
      summary: "One user; `me` is the caller",
      tag: "users",
      answers: { 200: User },
      problems: ["not_found"],
    }),
    async (c) => c.json(await shownOne(c, await found(c))),
  )
  .patch(
    "/users/:user",
    described({
      id: "updateUser",
      summary: "Change a user",
      text: "The owner changes picture, phone number and e-mail address; the other fields need DataAdministration or privileged mode. `isLocked: true` and a new pair close the user's connections before the answer comes.",
      tag: "users",
      answers: { 200: User },
      problems: ["validation", "forbidden", "not_found", "conflict"],
    }),
    checked("json", UserPatch),
    async (c) => {
      const row = await found(c);
      const changes = planChange(c.var.caller, row, c.req.valid("json"), Date.now());
      return c.json(await shownOne(c, Object.keys(changes).length === 0 ? row : await applied(c, row, changes)));
    },
  );

/** The directory first, together with the order to close sockets; then the inbox, before the answer. */
async function applied(c: Context<Door>, row: UserRow, changes: UserChanges): Promise<UserRow> {
  const revocation = revocationOf(row, changes, c.var.caller.shards);
  const order = revocation && newRevocation(revocation, Date.now());
  const changed = (await written(c, row, changes, order)) ?? row;
  forgetTrustedUser(row);
  forgetTrustedUser(changed);
  if (order) await carryOut(c.env, order);
  return changed;
}

async function written(c: Context<Door>, row: UserRow, changes: UserChanges, order: RevocationRow | undefined) {
  try {
    return await changeUser(dbOf(c), row.application, row.id, changes, order);
  } catch (error) {
    if (isUniqueViolation(error))
      throw new Problem("conflict", "Another user is paired with this application user", { field: "infoBaseUserId" });
    throw error;
  }
}
