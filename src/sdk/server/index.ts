export type { RegistrationResult } from "../../protocol/registration.ts";
export * from "../client/index.ts";
export { Application, type ApplicationOptions, type Right, type Scope, type TokenClaims } from "./application.ts";
export { verifyCallback } from "./callbacks.ts";
export { type ApplicationKey, newKey, type PublicJwk } from "./keys.ts";
export { throughProxy } from "./proxy.ts";
export type {
  RegistrationParameters,
  RegistrationRecord,
  RegistrationState,
  RegistrationStore,
} from "./registration.ts";
