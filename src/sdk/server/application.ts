import { importJWK } from "jose";
import type { ProblemCode } from "../../protocol/problems.ts";
import type { RegistrationResult } from "../../protocol/registration.ts";
import type { SessionCode } from "../../protocol/sessions.ts";
import { privilegedHeader } from "../../protocol/wire.ts";
import { Collaboration } from "../client/collaboration.ts";
import { CollaborationError, isCollaborationError } from "../client/errors.ts";
import { ask, type ConnectOptions } from "../client/http.ts";
import { newKey, signToken } from "./keys.ts";
import {
  bringCode,
  type RegistrationParameters,
  type RegistrationRecord,
  type RegistrationStore,
  requestCode,
} from "./registration.ts";

export type Right = "registerSystem" | "dataAdministration";
export type Scope = Right | "code";

/** Whom a user token speaks for, and what it allows. */
export interface TokenClaims {
  infoBaseUserId: string;
  name: string;
  fullName?: string;
  scopes?: Scope[];
  /** Navigation URLs of the objects that the user may read, at most 100; a trailing `*` after `/ ? & =` stands for all that begin so. */
  contexts?: string[];
  /** Seconds the token lives, at most 12 hours. Default: one hour. */
  seconds?: number;
}

export interface ApplicationOptions extends Pick<ConnectOptions, "fetch" | "WebSocket" | "onError" | "signal"> {
  /**
   * Rights of the user in whose name registration is managed. The application knows them; without the right, the calls
   * that need it fail with `forbidden`.
   */
  rights?: Right[];
}

const hour = 3_600;

/**
 * An application's own server part: it registers, keeps the key, vouches for users and acts in its own name.
 * @example
 * const application = new Application(fileStore("registration.json"), { rights: ["registerSystem"] });
 * await application.registerInfoBase({ serverAddress, email, infoBaseName: "Ромашка", userCount: 3 });
 * // …the code comes by mail…
 * await application.registerInfoBase({ serverAddress, email, infoBaseName: "Ромашка", userCount: 3, activationCode });
 * const token = await application.mintUserToken({ infoBaseUserId, name: "Анна" });
 */
export class Application {
  private readonly store: RegistrationStore;
  private readonly options: ApplicationOptions;

  constructor(store: RegistrationStore, options: ApplicationOptions = {}) {
    this.store = store;
    this.options = options;
  }

  /**
   * Registers in two steps: without an activation code asks for one, with it completes.
   * @returns whether it is complete, and a text for the user when it is not
   * @throws CollaborationError `forbidden` without the right registerSystem; `validation`, `limit_exceeded` of the server
   */
  async registerInfoBase(parameters: RegistrationParameters): Promise<RegistrationResult> {
    this.requireRight("registerSystem");
    const state = await this.store.load();
    const { result, state: next } =
      parameters.activationCode === undefined
        ? await requestCode(state, parameters, this.fetcher)
        : await bringCode(state, parameters.activationCode, this.fetcher);
    await this.store.save(next);
    return result;
  }

  /** The same with a callback, which gets the result whatever happens. */
  beginInfoBaseRegistration(
    onCompleted: (result: RegistrationResult) => void,
    parameters: RegistrationParameters,
  ): void {
    this.registerInfoBase(parameters).then(onCompleted, (error: unknown) => onCompleted(failure(error)));
  }

  /** Ends the registration: the key is deleted here and refused there, conversations stay on the server. */
  async unregisterInfoBase(): Promise<void> {
    this.requireRight("registerSystem");
    const { record } = await this.store.load();
    if (!record) return;
    // Done before, with an answer that got lost: what is left is this side.
    await this.call(record, "DELETE", "/application/registration").catch(unlessCode("not_registered"));
    await this.store.save({ applicationId: record.applicationId });
  }

  /** The same with a callback, which gets the error if there was one. */
  beginInfoBaseUnregistration(onCompleted: (error?: unknown) => void): void {
    this.unregisterInfoBase().then(() => onCompleted(), onCompleted);
  }

  /** Everything about the registration, keys included, or undefined when not registered. Needs DataAdministration. */
  async getInfoBaseRegistrationData(): Promise<RegistrationRecord | undefined> {
    this.requireRight("dataAdministration");
    return (await this.store.load()).record;
  }

  /**
   * Takes over the registration of another database, to move a data area; `undefined` gives the registration and all its
   * history up for good. Running copies with the same data is possible and unsupported: context conversations of objects
   * made after the copy may collide, recipients made after it may not resolve. Needs DataAdministration.
   * @throws CollaborationError `validation` for data that is no registration
   */
  async setInfoBaseRegistrationData(data: RegistrationRecord | undefined): Promise<void> {
    this.requireRight("dataAdministration");
    const { record } = await this.store.load();
    if (data === undefined) {
      if (record) await this.call(record, "DELETE", "/application");
      return this.store.save({});
    }
    if (!(await isRecord(data)))
      throw new CollaborationError({ code: "validation", detail: "This is not registration data" });
    await this.store.save({ record: data, applicationId: data.applicationId });
  }

  /**
   * A token for a user of the application, to be handed to that user's browser.
   * @throws CollaborationError `not_registered`
   */
  async mintUserToken({
    infoBaseUserId,
    name,
    fullName,
    scopes,
    contexts,
    seconds = hour,
  }: TokenClaims): Promise<string> {
    const record = await this.record();
    const claims = {
      iss: record.applicationId,
      aud: record.serverAddress,
      sub: infoBaseUserId,
      name,
      fullName,
      scopes,
      contexts,
    };
    return signToken(record, "beseda-user+jwt", claims, seconds);
  }

  /**
   * Signs a user in to the site: hand the address to the user's browser within a minute, it works once. The session lasts as
   * long as the claims say, at most 12 hours, and ends when the user is blocked.
   * @returns the site's address with the code in its fragment, and when the code runs out
   * @throws CollaborationError `not_registered`, `user_blocked`, `network`
   * @example response.redirect((await application.createSessionCode({ infoBaseUserId, name: "Анна" })).address);
   */
  async createSessionCode(claims: TokenClaims): Promise<SessionCode & { address: string }> {
    const token = await this.mintUserToken(claims);
    const { serverAddress } = await this.record();
    const code = await ask<SessionCode>(this.options.fetch, new URL("/api/v1/session-codes", serverAddress), {
      method: "POST",
      headers: { authorization: `Bearer ${token}` },
    });
    const fragment = new URLSearchParams({ code: code.code, application: code.application });
    return { ...code, address: `${serverAddress}/#${fragment}` };
  }

  /** A short-lived token of the application itself. `act` makes it speak for a user, without privilege. */
  async mintApplicationToken(
    claims: { privileged?: boolean; act?: string; scopes?: Scope[]; contexts?: string[] } = {},
  ): Promise<string> {
    const record = await this.record();
    return signToken(
      record,
      "beseda-app+jwt",
      { iss: record.applicationId, aud: record.serverAddress, ...claims },
      300,
    );
  }

  /** Beseda in privileged mode: everything of the application, every user. */
  connectPrivileged(): Collaboration {
    return this.connection({ privileged: true }, { [privilegedHeader]: "1" });
  }

  /** SetCurrentUser: Beseda in the name of one user, by id or application UUID. */
  connectAs(user: string, claims: { scopes?: Scope[]; contexts?: string[] } = {}): Collaboration {
    return this.connection({ act: user, ...claims });
  }

  /** Beseda in the name of the application, without user and without privilege. */
  connect(scopes: Scope[] = []): Collaboration {
    return this.connection({ scopes });
  }

  /** Changes the key without a pause: the new one is added, used, and the old one taken out of use. */
  async rotateKey(): Promise<void> {
    const old = await this.record();
    const key = await newKey();
    await this.call(old, "POST", "/application/keys", { publicKey: key.publicKey });
    const { record: _, ...state } = await this.store.load();
    const record = { ...old, keyId: key.keyId, privateKey: key.privateKey };
    await this.store.save({ ...state, record });
    await this.call(record, "DELETE", `/application/keys/${old.keyId}`);
  }

  private connection(
    claims: Parameters<Application["mintApplicationToken"]>[0],
    headers: Record<string, string> = {},
  ): Collaboration {
    const { rights: _, ...options } = this.options;
    return new Collaboration(() => this.mintApplicationToken(claims), { ...options, headers });
  }

  private async call(record: RegistrationRecord, method: string, path: string, body?: unknown): Promise<unknown> {
    const claims = {
      iss: record.applicationId,
      aud: record.serverAddress,
      privileged: true,
      scopes: ["registerSystem"],
    };
    return ask(this.options.fetch, new URL(`/api/v1${path}`, record.serverAddress), {
      method,
      headers: {
        authorization: `Bearer ${await signToken(record, "beseda-app+jwt", claims, 60)}`,
        [privilegedHeader]: "1",
        ...(body !== undefined && { "content-type": "application/json" }),
      },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
  }

  private async record(): Promise<RegistrationRecord> {
    const { record } = await this.store.load();
    if (record) return record;
    throw new CollaborationError({
      code: "not_registered",
      status: 409,
      detail: "The application is not registered",
      nextStep: "Register it first.",
    });
  }

  private requireRight(right: Right): void {
    if (this.options.rights?.includes(right)) return;
    throw new CollaborationError({
      code: "forbidden",
      status: 403,
      detail: `This needs the right ${right}`,
      nextStep: "Let a user with that right do it.",
    });
  }

  private get fetcher(): typeof fetch {
    return this.options.fetch ?? fetch;
  }
}

const failure = (error: unknown): RegistrationResult => ({
  registrationCompleted: false,
  messageText: error instanceof Error ? error.message : String(error),
});

/** Swallows one problem that the caller has foreseen. */
const unlessCode = (code: ProblemCode) => (error: unknown) => {
  if (!isCollaborationError(error, code)) throw error;
};

const isRecord = async (data: RegistrationRecord): Promise<boolean> =>
  typeof data === "object" &&
  data !== null &&
  [data.applicationId, data.serverAddress, data.email, data.infoBaseName, data.keyId].every(
    (value) => typeof value === "string" && value !== "",
  ) &&
  URL.canParse(data.serverAddress) &&
  typeof data.privateKey?.d === "string" &&
  (await importJWK(data.privateKey, "EdDSA").then(
    () => true,
    () => false,
  ));
