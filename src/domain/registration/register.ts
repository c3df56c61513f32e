import { newId } from "../../protocol/ids.ts";
import { limits } from "../../protocol/limits.ts";
import { Problem, problemOf } from "../../protocol/problems.ts";
import type { RegistrationData, RegistrationRequest, RegistrationResult } from "../../protocol/registration.ts";
import {
  type ApplicationRow,
  addApplication,
  applicationById,
  returnApplication,
} from "../../storage/directory/applications.ts";
import type { Database } from "../../storage/directory/database.ts";
import {
  addRegistration,
  completeRegistration,
  countCodeLetter,
  type RegistrationRow,
  registrationById,
  tryRegistration,
} from "../../storage/directory/registrations.ts";
import { newRevocation, type RevocationRow } from "../../storage/directory/revocations.ts";
import {
  addAdministrator,
  type SubscriberRow,
  setAdministrationKey,
  subscriberByEmail,
  subscriberById,
} from "../../storage/directory/subscribers.ts";
import { addUser, userByInfoBaseUser } from "../../storage/directory/users.ts";
import type { Mail } from "../../storage/mail.ts";
import { hasHash, keyedHash, randomDigits, randomWords, seal } from "../access/secrets.ts";
import { keyIdOf, newKeyPair, verifyProof } from "../access/tokens.ts";
import { activationLetter, administrationKeyLetter, registeredLetter } from "./letters.ts";
import { messageTexts } from "./texts.ts";

/** What registration works with. */
export interface Office {
  db: Database;
  mail: Mail;
  secret: string;
  /** The server's own address, which becomes part of the registration data. */
  origin: string;
  shards: number;
  now: number;
}

const incomplete = (messageText: string, requestId?: string): RegistrationResult => ({
  registrationCompleted: false,
  messageText,
  ...(requestId !== undefined && { requestId }),
});

/**
 * Step 1: sends the activation code. Nothing is created for the application before the code comes back.
 * @throws Problem `validation` (no address and no application that returns), `limit_exceeded` (too many letters)
 */
export async function requestRegistration(office: Office, request: RegistrationRequest): Promise<RegistrationResult> {
  const texts = messageTexts[request.language];
  if (request.userCount === 0) return incomplete(texts.noUsers);
  const known = request.applicationId === undefined ? undefined : await returning(office.db, request.applicationId);
  if (request.email === undefined && request.applicationId === undefined) {
    throw new Problem("validation", "A registration needs an e-mail address", { field: "email" });
  }
  const email = request.email ?? known?.subscriber.email;
  if (email === undefined) return incomplete(texts.neverRegistered);
  const letter = await countCodeLetter(
    office.db,
    email,
    office.now,
    limits.activationResendSeconds,
    limits.activationCodesPerDay,
  );
  if (!letter.sent) {
    const bound = letter.dayIsUsedUp
      ? `${limits.activationCodesPerDay} codes a day`
      : `one code in ${limits.activationResendSeconds} seconds`;
    throw new Problem("limit_exceeded", `An address gets at most ${bound}`, {
      field: "email",
      retryAfterSeconds: letter.retryAfterSeconds,
    });
  }
  const id = newId();
  const code = randomDigits(limits.activationCodeDigits);
  await addRegistration(office.db, {
    id,
    email,
    // With another address than its own the application is a new one and sees nothing of before (REG-20).
    application: known?.subscriber.email === email ? known.application.id : null,
    request,
    codeHash: await keyedHash(office.secret, "activation code", `${id} ${code}`),
    codeExpires: office.now + limits.activationCodeSeconds * 1000,
  });
  await office.mail.send(activationLetter(email, request.infoBaseName, code, request.language));
  return incomplete(texts.codeSent, id);
}

/** The application that a request names as its own earlier self, with its subscriber. */
async function returning(
  db: Database,
  id: string,
): Promise<{ application: ApplicationRow; subscriber: SubscriberRow } | undefined> {
  const application = await applicationById(db, id);
  if (!application || application.state === "cancelled") return undefined;
  const subscriber = await subscriberById(db, application.subscriber);
  return subscriber && { application, subscriber };
}

/** Step 2's result, and what inboxes must be told when an application with live sockets returned. */
export interface Activated {
  result: RegistrationResult;
  revocation?: RevocationRow;
}

/**
 * Step 2: the code from the mailbox, with a proof made by the key of step 1. One code completes one request once, however
 * many calls come at the same moment.
 */
export async function activateRegistration(
  office: Office,
  id: string,
  code: string,
  proof: string,
): Promise<Activated> {
  const known = await registrationById(office.db, id);
  const texts = messageTexts[known?.request.language ?? "en"];
  if (!known) return { result: incomplete(texts.codeUseless) };
  const problem = await proofProblem(office, known, proof);
  if (problem) throw problem;
  const row = await tryRegistration(office.db, id, limits.activationTries, office.now);
  if (!row) return { result: incomplete(texts.codeUseless, id) };
  if (!(await hasHash(office.secret, "activation code", `${id} ${code}`, row.codeHash))) {
    const left = limits.activationTries - row.tries;
    return { result: incomplete(left > 0 ? texts.codeWrong(left) : texts.codeUseless, id) };
  }
  if (!(await completeRegistration(office.db, id, office.now))) return { result: incomplete(texts.codeUseless, id) };
  return complete(office, row);
}

async function proofProblem(office: Office, row: RegistrationRow, proof: string): Promise<Problem | undefined> {
  try {
    await verifyProof(proof, row.request.publicKey, office.origin, row.id, office.now);
    return undefined;
  } catch (error) {
    return problemOf(error) ?? new Problem("unauthenticated", "The proof cannot be read");
  }
}

async function complete(
  office: Office,
  { request, email, application: returningId }: RegistrationRow,
): Promise<Activated> {
  const { db, now } = office;
  const { subscriber, created } = await subscriberByEmail(db, email, now);
  const kid = await keyIdOf(request.publicKey);
  const known = returningId === null ? undefined : await returning(db, returningId);
  // Since step 1 it may have been given up, or its subscriber may have moved to another address: then nothing returns.
  const back = known?.subscriber.id === subscriber.id ? known.application : undefined;
  const revocation =
    back &&
    newRevocation(
      {
        application: back.id,
        shards: back.shards,
        user: null,
        blocked: null,
        validFrom: now,
        cause: "credentialsChanged",
      },
      now,
    );
  const application = back && revocation ? back : await newApplication(office, request, subscriber.id);
  if (back && revocation)
    await returnApplication(db, back.id, request.infoBaseName, kid, request.publicKey, revocation, now);
  else await addApplication(db, application, kid, request.publicKey);
  await nameAdministrator(office, request, application.id, subscriber.id);
  await sendLastLetter(office, request, subscriber, created);
  const registrationData: RegistrationData = {
    applicationId: application.id,
    serverAddress: office.origin,
    infoBaseName: request.infoBaseName,
    email,
    keyId: kid,
    serverKey: application.serverKey,
  };
  const result = {
    registrationCompleted: true,
    messageText: messageTexts[request.language].completed,
    registrationData,
  };
  return { result, ...(revocation && { revocation }) };
}

async function newApplication(
  office: Office,
  request: RegistrationRequest,
  subscriber: string,
): Promise<ApplicationRow> {
  const { publicKey, privateKey } = await newKeyPair();
  return {
    id: newId(),
    subscriber,
    name: request.infoBaseName,
    state: "registered",
    shards: office.shards,
    serverKey: publicKey,
    serverPrivateKeySealed: await seal(office.secret, privateKey),
    contextAccess: { way: "claims" },
    validFrom: 0,
    created: office.now,
    ended: null,
  };
}

/** The user who registered administers what was registered (REG-7). */
async function nameAdministrator(
  { db, now }: Office,
  { administrator }: RegistrationRequest,
  application: string,
  subscriber: string,
): Promise<void> {
  if (!administrator) return;
  const { infoBaseUserId, name, fullName } = administrator;
  const user =
    (await userByInfoBaseUser(db, application, infoBaseUserId)) ??
    (await addUser(db, {
      id: newId(),
      application,
      kind: "regular",
      infoBaseUserId,
      name,
      fullName: fullName ?? name,
      created: now,
    }));
  if (user) await addAdministrator(db, subscriber, user.id, now);
}

/** The key leaves the server in the letter of a subscriber's first registration; later ones say that it stays (REG-15). */
async function sendLastLetter(
  office: Office,
  request: RegistrationRequest,
  subscriber: SubscriberRow,
  created: boolean,
): Promise<void> {
  const { infoBaseName, language } = request;
  if (!created && subscriber.administrationKeyHash) {
    return office.mail.send(registeredLetter(subscriber.email, infoBaseName, language));
  }
  const key = randomWords(160);
  // The letter goes first: a key whose letter could not be sent must not count as the one that the subscriber has.
  await office.mail.send(administrationKeyLetter(subscriber.email, infoBaseName, key, language));
  await setAdministrationKey(office.db, subscriber.id, await keyedHash(office.secret, "administration key", key));
}
