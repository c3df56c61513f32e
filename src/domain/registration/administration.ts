import type { Caller } from "../../protocol/actors.ts";
import { limits } from "../../protocol/limits.ts";
import { Problem } from "../../protocol/problems.ts";
import type { Database } from "../../storage/directory/database.ts";
import { countCodeLetter } from "../../storage/directory/registrations.ts";
import {
  addTemporaryCode,
  isAdministrator,
  type SubscriberRow,
  setAdministrationKey,
  spendTemporaryCode,
} from "../../storage/directory/subscribers.ts";
import type { Mail } from "../../storage/mail.ts";
import { hasHash, keyedHash, randomWords } from "../access/secrets.ts";
import { temporaryCodeLetter } from "./letters.ts";

interface Office {
  db: Database;
  secret: string;
  now: number;
}

export const administers = async (db: Database, caller: Caller, subscriber: string): Promise<boolean> =>
  caller.kind === "user" && isAdministrator(db, subscriber, caller.ids);

/** @throws Problem `forbidden` */
export async function requireAdministrator(db: Database, caller: Caller, subscriber: string): Promise<void> {
  if (!(await administers(db, caller, subscriber)))
    throw new Problem("forbidden", "Only a subscriber administrator may do this");
}

/**
 * The three ways to administer (REG-39): being an administrator, the administration key, or a temporary code from the
 * mailbox, which is used up by this call.
 * @throws Problem `forbidden`
 */
export async function requireAdministration(
  office: Office,
  caller: Caller,
  subscriber: SubscriberRow,
  accessCode: string | undefined,
): Promise<void> {
  if (await administers(office.db, caller, subscriber.id)) return;
  const code = accessCode?.trim().toUpperCase();
  if (code) {
    const { administrationKeyHash } = subscriber;
    if (administrationKeyHash && (await hasHash(office.secret, "administration key", code, administrationKeyHash)))
      return;
    const hash = await keyedHash(office.secret, "temporary code", code);
    if (await spendTemporaryCode(office.db, subscriber.id, hash, office.now)) return;
  }
  throw new Problem("forbidden", "This needs a subscriber administrator, the administration key or a temporary code", {
    nextStep: "Send the administration key or a temporary code in the Access-Code header.",
  });
}

/** Makes a new administration key; the old one stops working with this write (REG-36). */
export async function reissueKey({ db, secret }: Office, subscriber: string): Promise<string> {
  const key = randomWords(160);
  await setAdministrationKey(db, subscriber, await keyedHash(secret, "administration key", key));
  return key;
}

/**
 * Sends a temporary code to the subscriber's mailbox; nobody else learns it (REG-37).
 * @throws Problem `limit_exceeded`: any user may ask, and must not fill the mailbox
 */
export async function sendTemporaryCode(
  { db, secret, now }: Office,
  mail: Mail,
  subscriber: SubscriberRow,
  application: string,
): Promise<void> {
  const letter = await countCodeLetter(db, subscriber.id, now, 0, limits.temporaryCodesPerDay);
  if (!letter.sent)
    throw new Problem("limit_exceeded", `At most ${limits.temporaryCodesPerDay} temporary codes are sent a day`, {
      retryAfterSeconds: letter.retryAfterSeconds,
      nextStep: "Use one of the codes in the subscriber's mailbox.",
    });
  const code = randomWords(80);
  await addTemporaryCode(
    db,
    subscriber.id,
    await keyedHash(secret, "temporary code", code),
    now + limits.temporaryCodeSeconds * 1000,
  );
  await mail.send(temporaryCodeLetter(subscriber.email, application, code));
}
