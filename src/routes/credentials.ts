import type { Context } from "hono";
import { createMiddleware } from "hono/factory";
import { authenticate, type Credentials } from "../domain/access/authenticate.ts";
import type { Caller } from "../protocol/actors.ts";

import { Problem } from "../protocol/problems.ts";
import { bearerSubprotocol, privilegedHeader } from "../protocol/wire.ts";
import { configOf } from "../storage/config.ts";
import { directoryOf } from "../storage/directory/database.ts";
import {
  forgetTrustedUser,
  trustedApplication,
  trustedInfoBaseUser,
  trustedUser,
} from "../storage/directory/trusted.ts";
import { addUser, changeUser, userByInfoBaseUser } from "../storage/directory/users.ts";
import type { Door } from "./door.ts";

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
  renameUser: async (user, name, fullName, namesFrom) => {
    forgetTrustedUser(user);
    return (
      (await changeUser(directoryOf(env, user.application), user.application, user.id, {
        name,
        fullName,
        namesFrom,
      })) ?? user
    );
  },
});

/** The server's address as clients know it. */
export const originOf = (c: Context<Door>): string => configOf(c.env).origin || new URL(c.req.url).origin;

/** The bearer token of a request; a browser's WebSocket can only carry it in a subprotocol. */
export function tokenOf(c: Context<Door>): string | undefined {
  const bearer = /^Bearer +(\S+)$/i.exec(c.req.header("authorization") ?? "")?.[1];
  if (bearer) return bearer;
  const protocols = c.req
    .header("sec-websocket-protocol")
    ?.split(",")
    .map((protocol) => protocol.trim());
  return protocols?.find((protocol) => protocol.startsWith(bearerSubprotocol))?.slice(bearerSubprotocol.length);
}

/** @throws Problem `unauthenticated`, `not_registered`, `user_blocked`, `forbidden` */
export async function callerOf(c: Context<Door>): Promise<Caller> {
  const token = tokenOf(c);
  if (!token) throw new Problem("unauthenticated", "There is no bearer token in Authorization");
  const asksPrivilege = ["1", "true"].includes(c.req.header(privilegedHeader) ?? "");
  return authenticate(token, originOf(c), asksPrivilege, credentialsOf(c.env), Date.now());
}

/** Lets nobody in whose credential is not good, and nobody too often. */
export const identified = createMiddleware<Door>(async (c, next) => {
  const caller = await callerOf(c);
  const key = caller.kind === "user" ? caller.user : `application:${caller.application}`;
  const { success } = await c.env.CALLER_LIMIT.limit({ key });
  if (!success) throw new Problem("limit_exceeded", "Too many requests of one caller", { retryAfterSeconds: 10 });
  c.set("caller", caller);
  await next();
});
