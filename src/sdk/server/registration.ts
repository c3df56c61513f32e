import type { RegistrationData, RegistrationResult } from "../../protocol/registration.ts";
import { ask, originOf } from "../client/http.ts";
import { type ApplicationKey, newKey, signToken } from "./keys.ts";

/** What a registration starts from. */
export interface RegistrationParameters {
  /** Address of the hosted service or of a server of one's own, `https://…` or `wss://host:443`. */
  serverAddress: string;
  /** The subscriber's address; left out by an application that returns and does not remember it. */
  email?: string;
  infoBaseName: string;
  /** The code from the mailbox: its presence makes the call step 2. */
  activationCode?: string;
  /** How many users the application has; it cannot be registered without any. */
  userCount: number;
  /** The user who registers; becomes a subscriber administrator. */
  administrator?: { infoBaseUserId: string; name: string; fullName?: string };
  language?: "en" | "ru";
}

/** Everything that was given and made at registration, keys included: whoever has it is the application (REG-8). */
export interface RegistrationRecord extends RegistrationData, Pick<ApplicationKey, "privateKey"> {
  /** The code that completed the registration, used up since. */
  activationCode: string;
}

/** What an application has to keep between calls. */
export interface RegistrationState {
  record?: RegistrationRecord;
  /** Id of the application, kept when it was unregistered, so that it can return to its history. */
  applicationId?: string;
  /** A registration whose code has not come yet. */
  pending?: ApplicationKey & { requestId: string; serverAddress: string };
}

/** Where an application keeps its registration: a file, a table, a vault. */
export interface RegistrationStore {
  load(): Promise<RegistrationState>;
  save(state: RegistrationState): Promise<void>;
}

export type Fetch = typeof fetch;

const send = (fetcher: Fetch, origin: string, path: string, body: unknown): Promise<RegistrationResult> =>
  ask(fetcher, new URL(`/api/v1${path}`, origin), {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify(body),
  });

/** Step 1: makes the key, asks for a code, remembers both. */
export async function requestCode(
  state: RegistrationState,
  parameters: RegistrationParameters,
  fetcher: Fetch,
): Promise<{ result: RegistrationResult; state: RegistrationState }> {
  const origin = originOf(parameters.serverAddress);
  const key = await newKey();
  const { infoBaseName, email, userCount, administrator, language } = parameters;
  const applicationId = state.record?.applicationId ?? state.applicationId;
  const result = await send(fetcher, origin, "/registrations", {
    infoBaseName,
    email,
    userCount,
    administrator,
    language,
    applicationId,
    publicKey: key.publicKey,
  });
  if (result.requestId === undefined) return { result, state };
  return { result, state: { ...state, pending: { ...key, requestId: result.requestId, serverAddress: origin } } };
}

/** Step 2: brings the code with a proof made by the key; what comes back is kept together with the key. */
export async function bringCode(
  state: RegistrationState,
  activationCode: string,
  fetcher: Fetch,
): Promise<{ result: RegistrationResult; state: RegistrationState }> {
  const { pending } = state;
  if (!pending)
    return {
      state,
      result: {
        registrationCompleted: false,
        messageText: "There is no registration waiting for a code. Start with step 1.",
      },
    };
  const { requestId, serverAddress } = pending;
  const proof = await signToken(pending, "beseda-registration+jwt", { sub: requestId, aud: serverAddress }, 300);
  const result = await send(fetcher, serverAddress, `/registrations/${requestId}/activation`, {
    activationCode,
    proof,
  });
  if (!result.registrationData) return { result, state };
  const record: RegistrationRecord = { ...result.registrationData, activationCode, privateKey: pending.privateKey };
  return { result, state: { record, applicationId: record.applicationId } };
}
