import { type Context, Hono } from "hono";
import { carryOut } from "../../durable-objects/revoke.ts";
import { administers } from "../domain/registration/administration.ts";
import { activateRegistration, type Office, requestRegistration } from "../domain/registration/register.ts";
import { Problem, problemOf } from "../protocol/problems.ts";
import { Activation, RegistrationRequest, RegistrationResult, RegistrationState } from "../protocol/registration.ts";
import { version } from "../protocol/server.ts";
import { configOf } from "../storage/config.ts";
import { directoryOf } from "../storage/directory/database.ts";
import { forgetTrustedApplication, trustedApplication } from "../storage/directory/trusted.ts";
import { hasUsers } from "../storage/directory/users.ts";
import { openMail } from "../storage/mail.ts";
import { asksPrivilege, callerWith, originOf } from "./credentials.ts";
import { checked, described } from "./described.ts";
import type { Door } from "./door.ts";
import { presentedToken } from "./presented.ts";

function officeOf(c: Context<Door>): Office {
  const { secret, shards } = configOf(c.env);
  if (!secret) {
    throw new Problem("not_supported", "This server has no secret, so it can register nobody", {
      nextStep: "The operator sets the secret BESEDA_SECRET, see the document on running.",
    });
  }
  return { db: directoryOf(c.env), mail: openMail(c.env), secret, origin: originOf(c), shards, now: Date.now() };
}

async function requireFewRegistrations(c: Context<Door>): Promise<void> {
  const { success } = await c.env.REGISTRATION_LIMIT.limit({ key: c.req.header("cf-connecting-ip") ?? "unknown" });
  if (!success)
    throw new Problem("limit_exceeded", "Too many registrations from one address", { retryAfterSeconds: 60 });
}

/** Registration of applications, and what an application may know of its own. */
export const registrations = new Hono<Door>()
  .post(
    "/registrations",
    described({
      id: "requestRegistration",
      summary: "Step 1: send an activation code",
      text: "Sends a code to the e-mail address, or, for an application that returns without one, to its subscriber's address. Completes nothing yet.",
      tag: "registration",
      answers: { 202: RegistrationResult },
      problems: ["validation", "not_supported"],
      isOpen: true,
    }),
    checked("json", RegistrationRequest),
    async (c) => {
      await requireFewRegistrations(c);
      return c.json(await requestRegistration(officeOf(c), c.req.valid("json")), 202);
    },
  )
  .post(
    "/registrations/:request/activation",
    described({
      id: "activateRegistration",
      summary: "Step 2: bring the code",
      text: "Completes the registration. A wrong, expired or used code answers `registrationCompleted: false` with a text for the user; after five tries a new code is needed.",
      tag: "registration",
      answers: { 200: RegistrationResult },
      problems: ["validation", "unauthenticated", "not_supported"],
      isOpen: true,
    }),
    checked("json", Activation),
    async (c) => {
      await requireFewRegistrations(c);
      const { activationCode, proof } = c.req.valid("json");
      const { result, revocation } = await activateRegistration(
        officeOf(c),
        c.req.param("request"),
        activationCode,
        proof,
      );
      if (revocation) {
        forgetTrustedApplication(revocation.revocation.application);
        await carryOut(c.env, revocation);
      }
      return c.json(result);
    },
  )
  .get(
    "/registration",
    described({
      id: "getRegistration",
      summary: "Is the caller's application registered?",
      text: "Answers everybody: without a credential, and for an application that is not registered, with empty and false values.",
      tag: "registration",
      answers: { 200: RegistrationState },
      problems: ["unauthenticated", "user_blocked"],
      isOpen: true,
    }),
    async (c) => c.json(await stateFor(c)),
  );

const none: RegistrationState = {
  infoBaseRegistered: false,
  canUse: false,
  serverAddress: "",
  serverVersion: "",
  currentUserIsSubscriberAdministrator: false,
};

async function stateFor(c: Context<Door>): Promise<RegistrationState> {
  const token = await presentedToken(c);
  if (!token) return none;
  try {
    const caller = await callerWith(c, token, asksPrivilege(c));
    const application = await trustedApplication(c.env, caller.application);
    const db = directoryOf(c.env, caller.application);
    return {
      infoBaseRegistered: true,
      canUse: await hasUsers(db, caller.application),
      serverAddress: originOf(c),
      serverVersion: version,
      currentUserIsSubscriberAdministrator: await administers(
        directoryOf(c.env),
        caller,
        application?.subscriber ?? "",
      ),
    };
  } catch (error) {
    if (problemOf(error)?.code === "not_registered") return none;
    throw error;
  }
}
