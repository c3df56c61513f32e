import { limits } from "../../protocol/limits.ts";
import { Problem } from "../../protocol/problems.ts";
import { forgetAddress, rememberAddress, tryAddress } from "../../storage/directory/address-changes.ts";
import { type Database, isUniqueViolation } from "../../storage/directory/database.ts";
import { countCodeLetter } from "../../storage/directory/registrations.ts";
import { type SubscriberRow, setEmail } from "../../storage/directory/subscribers.ts";
import type { Mail } from "../../storage/mail.ts";
import { hasHash, keyedHash, randomDigits } from "../access/secrets.ts";
import { addressLetter } from "./letters.ts";

interface Office {
  db: Database;
  secret: string;
  now: number;
}

/**
 * Asks the new mailbox first. An address identifies the subscriber of whoever registers with it later, so nobody may take
 * one whose letters somebody else reads.
 * @throws Problem `limit_exceeded` (too many letters to this address)
 */
export async function askNewAddress(
  { db, secret, now }: Office,
  mail: Mail,
  subscriber: SubscriberRow,
  application: string,
  email: string,
): Promise<void> {
  const { activationResendSeconds, activationCodesPerDay, activationCodeDigits, activationCodeSeconds } = limits;
  const letter = await countCodeLetter(db, email, now, activationResendSeconds, activationCodesPerDay);
  if (!letter.sent) {
    throw new Problem("limit_exceeded", "This address has been sent codes enough for now", {
      field: "email",
      retryAfterSeconds: letter.retryAfterSeconds,
    });
  }
  const code = randomDigits(activationCodeDigits);
  const codeHash = await keyedHash(secret, "activation code", `${subscriber.id} ${email} ${code}`);
  await rememberAddress(db, {
    subscriber: subscriber.id,
    email,
    codeHash,
    codeExpires: now + activationCodeSeconds * 1000,
  });
  await mail.send(addressLetter(email, application, code));
}

/**
 * Replaces the subscriber's address by the one whose code was brought.
 * @throws Problem `validation` (wrong, used or expired code), `conflict` (the address is another subscriber's)
 */
export async function takeNewAddress(
  { db, secret, now }: Office,
  subscriber: SubscriberRow,
  email: string,
  code: string,
): Promise<void> {
  const change = await tryAddress(db, subscriber.id, email, limits.activationTries, now);
  const value = `${subscriber.id} ${email} ${code}`;
  if (!change || !(await hasHash(secret, "activation code", value, change.codeHash))) {
    throw new Problem("validation", "The code is wrong or no longer works", {
      field: "activationCode",
      nextStep: "Ask for a new one: send the address without a code.",
    });
  }
  try {
    await setEmail(db, subscriber.id, email);
  } catch (error) {
    if (isUniqueViolation(error))
      throw new Problem("conflict", "Another subscriber has this address", { field: "email" });
    throw error;
  }
  await forgetAddress(db, subscriber.id);
}
