import type { Context } from "hono";
import { createMiddleware } from "hono/factory";
import { authenticate, type Credentials } from "../domain/access/authenticate.ts";
import { claimedIssuer } from "../domain/access/tokens.ts";
import type { Caller } from "../protocol/actors.ts";
import { Problem } from "../protocol/problems.ts";
import { privilegedHeader, privilegedSubprotocol } from "../protocol/wire.ts";
import { configOf } from "../storage/config.ts";
import { type ApplicationRecord, applicationById } from "../storage/directory/applications.ts";
import { directoryOf } from "../storage/directory/database.ts";
import {
  forgetTrustedUser,
  trustedApplication,
  trustedInfoBaseUser,
  trustedUser,
} from "../storage/directory/trusted.ts";
import { addUser, refreshNames, userById, userByInfoBaseUser } from "../storage/directory/users.ts";
import type { Door } from "./door.ts";
import { presentedToken, subprotocolsOf } from "./presented.ts";

const credentialsOf = (env: Env): Credentials => ({
  application: (id) => trustedApplication(env, id),
  userByInfoBaseUser: (application, uuid) => trustedInfoBaseUser(env, application, uuid),
  userByReference: (application, reference) => trustedUser(env, application, reference),
  addUser: async (row) => {
    const db = directoryOf(env, row.application);
    const user = (await addUser(db, row)) ?? (await userByInfoBaseUser(db, row.application, row.infoBaseUserId ?? ""));
    if (!user) throw new Error("A user vanished while being created");
    return user;
  },
  renameUser: async (user, names, namesFrom) => {
    const db = directoryOf(env, user.application);
    const renamed = await refreshNames(db, user, names, namesFrom);
    forgetTrustedUser(user);
    return renamed ?? (await userById(db, user.application, user.id)) ?? user;
  },
});

/** The server's address as clients know it. */
export const originOf = (c: Context<Door>): string => configOf(c.env).origin || new URL(c.req.url).origin;

/** @throws Problem `unauthenticated`, `not_registered`, `user_blocked`, `forbidden` */
export function callerWith(c: Context<Door>, token: string, asksPrivilege: boolean): Promise<Caller> {
  return authenticate(token, originOf(c), asksPrivilege, credentialsOf(c.env), Date.now());
}

/** Does this request ask for what the token allows beyond its user? */
export const asksPrivilege = (c: Context<Door>): boolean =>
  ["1", "true"].includes(c.req.header(privilegedHeader) ?? "") || subprotocolsOf(c).includes(privilegedSubprotocol);

/**
 * The caller's application as the directory has it now, with the key that this request was signed by. What changes who
 * may speak asks here: a door remembers for a moment, and a stolen key must not use that moment to make itself a new one.
 * @throws Problem `not_registered`, `unauthenticated`
 */
export async function currentApplicationOf(c: Context<Door>): Promise<{ application: ApplicationRecord; kid: string }> {
  const application = await applicationById(directoryOf(c.env), c.var.caller.application);
  if (application?.state !== "registered")
    throw new Problem("not_registered", "The application is not registered on this server");
  const { kid } = claimedIssuer(c.var.token);
  if (application.keys.some((key) => key.kid === kid)) return { application, kid };
  throw new Problem("unauthenticated", "The token is made with a key that this application no longer uses");
}

/**
 * Lets nobody in whose credential is not good, and nobody too often. Several nouns share a path and each asks for it: the
 * first time counts.
 */
export const identified = createMiddleware<Door>(async (c, next) => {
  if (c.get("caller")) return next();
  const token = await presentedToken(c);
  if (!token) throw new Problem("unauthenticated", "There is no bearer token in Authorization");
  const caller = await callerWith(c, token, asksPrivilege(c));
  const key = caller.kind === "user" ? caller.user : `application:${caller.application}`;
  const { success } = await c.env.CALLER_LIMIT.limit({ key });
  if (!success) throw new Problem("limit_exceeded", "Too many requests of one caller", { retryAfterSeconds: 10 });
  c.set("caller", caller);
  c.set("token", token);
  await next();
});
