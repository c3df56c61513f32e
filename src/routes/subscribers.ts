import { type Context, Hono } from "hono";
import * as v from "valibot";
import { askNewAddress, takeNewAddress } from "../domain/registration/address.ts";
import {
  reissueKey,
  requireAdministration,
  requireAdministrator,
  sendTemporaryCode,
} from "../domain/registration/administration.ts";
import { Id } from "../protocol/ids.ts";
import { Problem } from "../protocol/problems.ts";
import { AdministrationKey, Subscriber, SubscriberPatch } from "../protocol/registration.ts";
import { accessCodeHeader } from "../protocol/wire.ts";
import { configOf } from "../storage/config.ts";
import { directoryOf } from "../storage/directory/database.ts";
import {
  addAdministrator,
  administratorsOf,
  excludeAdministrator,
  type SubscriberRow,
  subscriberById,
} from "../storage/directory/subscribers.ts";
import { openMail } from "../storage/mail.ts";
import { currentApplicationOf, identified } from "./credentials.ts";
import { checked, described } from "./described.ts";
import type { Door } from "./door.ts";
import { userIdOf } from "./places.ts";

async function subscriberOf(c: Context<Door>): Promise<{ subscriber: SubscriberRow; application: string }> {
  const { application } = await currentApplicationOf(c);
  const subscriber = await subscriberById(directoryOf(c.env), application.subscriber);
  if (!subscriber) throw new Problem("not_registered", "The application has no subscriber");
  return { subscriber, application: application.name };
}

const officeOf = (c: Context<Door>) => ({ db: directoryOf(c.env), secret: configOf(c.env).secret, now: Date.now() });

const shown = ({ email, administrationKeyHash }: SubscriberRow) => ({
  email,
  hasAdministrationKey: administrationKeyHash !== null,
});

async function changeAdministrators(
  c: Context<Door>,
  change: typeof excludeAdministrator | typeof addAdministrator,
): Promise<Response> {
  const { subscriber } = await subscriberOf(c);
  const user = await userIdOf(c, c.req.param("user") ?? "", "user");
  await requireAdministration(officeOf(c), c.var.caller, subscriber, c.req.header(accessCodeHeader));
  await change(directoryOf(c.env), subscriber.id, user, Date.now());
  return c.body(null, 204);
}

/** The owner of the applications: address, administrators, administration key. */
export const subscribers = new Hono<Door>()
  .use("/subscriber", identified)
  .use("/subscriber/*", identified)
  .get(
    "/subscriber",
    described({
      id: "getSubscriber",
      summary: "The subscriber's e-mail address, and whether there is an administration key",
      tag: "subscriber",
      answers: { 200: Subscriber },
      problems: ["forbidden"],
    }),
    async (c) => {
      const { subscriber } = await subscriberOf(c);
      await requireAdministrator(directoryOf(c.env), c.var.caller, subscriber.id);
      return c.json(shown(subscriber));
    },
  )
  .patch(
    "/subscriber",
    described({
      id: "setSubscriberEmail",
      summary: "Change the subscriber's e-mail address",
      text: "In two steps: the address alone sends a code there (202), the address with the code takes effect (200).",
      tag: "subscriber",
      answers: { 200: Subscriber, 202: Subscriber },
      problems: ["validation", "forbidden", "conflict", "not_supported"],
    }),
    checked("json", SubscriberPatch),
    async (c) => {
      const { subscriber, application } = await subscriberOf(c);
      await requireAdministrator(directoryOf(c.env), c.var.caller, subscriber.id);
      const { email, activationCode } = c.req.valid("json");
      if (activationCode !== undefined) {
        await takeNewAddress(officeOf(c), subscriber, email, activationCode);
        return c.json({ ...shown(subscriber), email });
      }
      await askNewAddress(officeOf(c), openMail(c.env), subscriber, application, email);
      return c.json({ ...shown(subscriber), confirming: email }, 202);
    },
  )
  .get(
    "/subscriber/administrators",
    described({
      id: "getAdministrators",
      summary: "Who administers the subscriber's applications",
      tag: "subscriber",
      answers: { 200: v.object({ items: v.array(Id) }) },
      problems: ["forbidden"],
    }),
    async (c) => {
      const { subscriber } = await subscriberOf(c);
      await requireAdministrator(directoryOf(c.env), c.var.caller, subscriber.id);
      return c.json({ items: await administratorsOf(directoryOf(c.env), subscriber.id) });
    },
  )
  .put(
    "/subscriber/administrators/:user",
    described({
      id: "addToSubscriberAdministrators",
      summary: "Make a user a subscriber administrator",
      text: "An administrator needs nothing more; anybody else sends the administration key or a temporary code in the Access-Code header.",
      tag: "subscriber",
      answers: { 204: null },
      problems: ["forbidden", "not_found"],
    }),
    (c) => changeAdministrators(c, addAdministrator),
  )
  .delete(
    "/subscriber/administrators/:user",
    described({
      id: "excludeFromSubscriberAdministrators",
      summary: "Take a user out of the administrators",
      tag: "subscriber",
      answers: { 204: null },
      problems: ["forbidden", "not_found"],
    }),
    (c) => changeAdministrators(c, excludeAdministrator),
  )
  .post(
    "/subscriber/administration-key",
    described({
      id: "getNewAdministrationKey",
      summary: "Issue a new administration key",
      text: "The old one stops working at once. This answer is the only time the new one is shown.",
      tag: "subscriber",
      answers: { 201: AdministrationKey },
      problems: ["forbidden"],
    }),
    async (c) => {
      const { subscriber } = await subscriberOf(c);
      await requireAdministrator(directoryOf(c.env), c.var.caller, subscriber.id);
      return c.json({ administrationKey: await reissueKey(officeOf(c), subscriber.id) }, 201);
    },
  )
  .post(
    "/subscriber/temporary-codes",
    described({
      id: "sendTemporaryCode",
      summary: "Send a temporary administration code to the subscriber's mailbox",
      tag: "subscriber",
      answers: { 202: null },
      problems: ["not_supported"],
    }),
    async (c) => {
      const { subscriber, application } = await subscriberOf(c);
      await sendTemporaryCode(officeOf(c), openMail(c.env), subscriber, application);
      return c.body(null, 202);
    },
  );
