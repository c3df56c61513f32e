import { type Context, Hono } from "hono";
import { carryOut, carryOutForNow } from "../../durable-objects/revoke.ts";
import { keyIdOf } from "../domain/access/tokens.ts";
import { type Caller, isPrivileged } from "../protocol/actors.ts";
import { limits } from "../protocol/limits.ts";
import { Problem } from "../protocol/problems.ts";
import { Application, ContextAccess, KeyAnswer, KeyDraft } from "../protocol/registration.ts";
import { requirePublicAddress } from "../storage/callback.ts";
import { configOf } from "../storage/config.ts";
import {
  type ApplicationRecord,
  addKey,
  endApplication,
  removeKey,
  setContextAccess,
} from "../storage/directory/applications.ts";
import { directoryOf } from "../storage/directory/database.ts";
import { newRevocation, type Revocation } from "../storage/directory/revocations.ts";
import { forgetTrustedApplication } from "../storage/directory/trusted.ts";
import { currentApplicationOf, identified } from "./credentials.ts";
import { checked, described } from "./described.ts";
import type { Door } from "./door.ts";

function requireScope(caller: Caller): void {
  if (caller.scopes.includes("registerSystem")) return;
  throw new Problem("forbidden", "This needs the scope registerSystem", {
    nextStep: "Let a user with that right do it, or put the scope into the token.",
  });
}

function requirePrivileged(caller: Caller): void {
  if (!isPrivileged(caller)) throw new Problem("forbidden", "This needs an application token in privileged mode");
}

const own = async (c: Context<Door>): Promise<ApplicationRecord> => (await currentApplicationOf(c)).application;

const everybodyOf = ({ id, shards }: ApplicationRecord, cause: Revocation["cause"], now: number) =>
  newRevocation({ application: id, shards, user: null, blocked: null, validFrom: now, cause }, now);

async function end(c: Context<Door>, state: "unregistered" | "cancelled"): Promise<Response> {
  requireScope(c.var.caller);
  const now = Date.now();
  const application = await own(c);
  const revocation = everybodyOf(application, "unregistered", now);
  await endApplication(directoryOf(c.env), application.id, state, revocation, now);
  forgetTrustedApplication(application.id);
  await carryOut(c.env, revocation);
  return c.body(null, 204);
}

/** The caller's own application: its keys, its way to answer for Read rights, its end. */
export const applications = new Hono<Door>()
  .use("/application", identified)
  .use("/application/*", identified)
  .get(
    "/application",
    described({
      id: "getApplication",
      summary: "The caller's application",
      tag: "application",
      answers: { 200: Application },
    }),
    async (c) => {
      const { id, name, keys, contextAccess, created } = await own(c);
      return c.json({
        id,
        infoBaseName: name,
        keyIds: keys.map(({ kid }) => kid),
        contextAccess,
        registered: new Date(created).toISOString(),
      });
    },
  )
  .delete(
    "/application/registration",
    described({
      id: "unregister",
      summary: "Unregister the application",
      text: "Keys are refused and sockets closed at once; conversations stay and come back with a new registration. Needs the scope registerSystem.",
      tag: "application",
      answers: { 204: null },
      problems: ["forbidden"],
    }),
    (c) => end(c, "unregistered"),
  )
  .delete(
    "/application",
    described({
      id: "cancelApplication",
      summary: "Give the application up for good",
      text: `Everything it ever stored is out of reach at once and erased after ${limits.erasureDays} days. Needs the scope registerSystem.`,
      tag: "application",
      answers: { 204: null },
      problems: ["forbidden"],
    }),
    (c) => end(c, "cancelled"),
  )
  .post(
    "/application/keys",
    described({
      id: "addKey",
      summary: "Add a second key, to change keys without a pause",
      tag: "application",
      answers: { 201: KeyAnswer },
      problems: ["validation", "forbidden", "limit_exceeded"],
    }),
    checked("json", KeyDraft),
    async (c) => {
      requirePrivileged(c.var.caller);
      const { application, kid: by } = await currentApplicationOf(c);
      const { publicKey } = c.req.valid("json");
      const keyId = await keyIdOf(publicKey);
      const key = { kid: keyId, publicKey, by };
      if (!(await addKey(directoryOf(c.env), application.id, key, limits.applicationKeys, Date.now())))
        throw new Problem("limit_exceeded", `An application has at most ${limits.applicationKeys} keys`);
      forgetTrustedApplication(application.id);
      return c.json({ keyId }, 201);
    },
  )
  .delete(
    "/application/keys/:key",
    described({
      id: "removeKey",
      summary: "Take a key out of use",
      text: "Tokens made with it are refused and all sockets are asked to come back with new ones. The last key stays.",
      tag: "application",
      answers: { 204: null },
      problems: ["forbidden", "not_found", "conflict"],
    }),
    async (c) => {
      requirePrivileged(c.var.caller);
      const application = await own(c);
      const kid = c.req.param("key");
      if (!application.keys.some((key) => key.kid === kid))
        throw new Problem("not_found", "The application has no such key");
      if (application.keys.length === 1)
        throw new Problem("conflict", "The last key cannot be removed; unregister the application instead");
      const now = Date.now();
      // Only sockets end: newer tokens of the other key stay good, so nothing is said about validFrom.
      const revocation = newRevocation(
        { ...everybodyOf(application, "credentialsChanged", now).revocation, validFrom: 0 },
        now,
      );
      await removeKey(directoryOf(c.env), application.id, kid, revocation);
      forgetTrustedApplication(application.id);
      await carryOutForNow(c.env, revocation);
      return c.body(null, 204);
    },
  )
  .put(
    "/application/context-access",
    described({
      id: "setContextAccess",
      summary: "Choose how the application answers for Read rights",
      text: "`claims`: the token lists readable contexts. `callback`: the server asks the address, signed, and keeps an answer for at most a minute.",
      tag: "application",
      answers: { 200: ContextAccess },
      problems: ["validation", "forbidden"],
    }),
    checked("json", ContextAccess),
    async (c) => {
      requirePrivileged(c.var.caller);
      const access = c.req.valid("json");
      if (access.way === "callback") requirePublicAddress(access.url, configOf(c.env).allowPrivateCallbacks);
      await setContextAccess(directoryOf(c.env), c.var.caller.application, access);
      forgetTrustedApplication(c.var.caller.application);
      return c.json(access);
    },
  );
