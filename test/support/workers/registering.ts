import { vi } from "vitest";
import { Application, type Right } from "../../../src/sdk/server/application.ts";
import type { RegistrationParameters } from "../../../src/sdk/server/index.ts";
import { type ApplicationKey, newKey, signToken } from "../../../src/sdk/server/keys.ts";
import { romashka } from "../cast.ts";
import { type Answer, call, door, origin } from "./door.ts";
import { lettersTo, memoryStore } from "./world.ts";

/** What a person enters to register Ромашка. */
export const entered: RegistrationParameters & { email: string } = { serverAddress: origin, userCount: 3, ...romashka };

export type Store = ReturnType<typeof memoryStore>;

/** An application's server with a database of its own, or with a copy of another's. */
export function database(
  store: Store = memoryStore(),
  rights: Right[] = ["registerSystem", "dataAdministration"],
  fetch: typeof globalThis.fetch = door,
): { application: Application; store: Store } {
  return { application: new Application(store, { rights, fetch }), store };
}

/** Lets time pass for the Worker and the tests; nobody waits for it. */
export function pass(seconds: number): void {
  vi.useFakeTimers({ toFake: ["Date"] });
  vi.setSystemTime(Date.now() + seconds * 1000);
}

const found = async (address: string, pattern: RegExp): Promise<string[]> =>
  (await lettersTo(address)).flatMap(({ text }) => pattern.exec(text)?.[1] ?? []);

/** The latest of each kind of secret in a mailbox; an empty string when none came. */
export const codeTo = async (address: string): Promise<string> =>
  (await found(address, /(?:Activation code|Код активации): (\d{8})\n/))[0] ?? "";
/** The code that confirms a new address of the subscriber. */
export const addressCodeTo = async (address: string): Promise<string> =>
  (await found(address, /Code: (\d{8})\n/))[0] ?? "";
export const keysTo = (address: string): Promise<string[]> =>
  found(address, /(?:Administration key|Ключ администрирования): ([A-Z2-9-]+)\n/);
export const temporaryCodesTo = (address: string): Promise<string[]> =>
  found(address, /Temporary code: ([A-Z2-9-]+)\n/);

/** Both steps of a registration, the mailbox between them. */
export async function register(application: Application, parameters = entered) {
  await application.registerInfoBase(parameters);
  return application.registerInfoBase({ ...parameters, activationCode: await codeTo(parameters.email) });
}

/** Somebody who registers by REST, without an SDK. */
export class Applicant {
  readonly key: ApplicationKey;
  requestId = "";

  constructor(key: ApplicationKey) {
    this.key = key;
  }

  /** Step 1. */
  async ask(more: object = {}): Promise<Answer> {
    const { serverAddress: _, ...body } = { ...entered, publicKey: this.key.publicKey, ...more };
    const answer = await call("POST", "/registrations", undefined, body);
    this.requestId = answer.body.requestId ?? "";
    return answer;
  }

  /** Step 2, with the proof of this applicant. */
  async bring(activationCode: string, requestId = this.requestId): Promise<Answer> {
    return call("POST", `/registrations/${requestId}/activation`, undefined, {
      activationCode,
      proof: await this.proof(requestId),
    });
  }

  proof = (requestId: string, seconds = 300): Promise<string> =>
    signToken(this.key, "beseda-registration+jwt", { sub: requestId, aud: origin }, seconds);
}

export const applicant = async (): Promise<Applicant> => new Applicant(await newKey());

/** A code that is certainly not this one. */
export const otherThan = (code: string): string => String((Number(code) + 1) % 100_000_000).padStart(8, "0");
