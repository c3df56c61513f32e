import * as v from "valibot";
import { Id, Uuid } from "./ids.ts";
import { limits } from "./limits.ts";
import { Email, line, name, text } from "./strings.ts";

/** An Ed25519 public key as a JSON Web Key. The private half never travels (REG-3). */
export const PublicKey = v.pipe(
  v.strictObject({
    kty: v.literal("OKP"),
    crv: v.literal("Ed25519"),
    x: v.pipe(v.string(), v.regex(/^[A-Za-z0-9_-]{43}$/, "must be 32 bytes in base64url")),
    kid: v.optional(v.string()),
    alg: v.optional(v.picklist(["EdDSA", "Ed25519"])),
    use: v.optional(v.literal("sig")),
  }),
  v.metadata({ ref: "PublicKey" }),
);
export type PublicKey = v.InferOutput<typeof PublicKey>;

/** Step 1: who wants to register. `applicationId` is the hint of an application that returns (REG-19, REG-21). */
export const RegistrationRequest = v.pipe(
  v.strictObject({
    infoBaseName: name(limits.applicationName),
    email: v.optional(Email(limits.email)),
    applicationId: v.optional(Id),
    publicKey: PublicKey,
    /** How many users the application has; without users there is nobody to talk (REG-14). */
    userCount: v.pipe(v.number(), v.safeInteger(), v.minValue(0)),
    /** The user who registers; becomes a subscriber administrator (REG-7). */
    administrator: v.optional(
      v.strictObject({
        infoBaseUserId: Uuid,
        name: name(limits.userName),
        fullName: v.optional(text(limits.userName)),
      }),
    ),
    /** Language of the letters and of the message text. */
    language: v.optional(v.picklist(["en", "ru"], "must be en or ru"), "en"),
  }),
  v.metadata({ ref: "RegistrationRequest" }),
);
export type RegistrationRequest = v.InferOutput<typeof RegistrationRequest>;

/** Step 2: the code from the mailbox, and a JWT of type `beseda-registration+jwt` signed by the key of step 1. */
export const Activation = v.pipe(
  v.strictObject({
    /** Whatever a person typed; what is not the code is a wrong code (REG-12). */
    activationCode: name(64),
    proof: text(limits.token),
  }),
  v.metadata({ ref: "Activation" }),
);

/** What the application keeps after registration, besides its own private key. */
export const RegistrationData = v.pipe(
  v.object({
    applicationId: Id,
    serverAddress: v.string(),
    infoBaseName: v.string(),
    email: v.string(),
    /** Thumbprint of the application's key, the `kid` of its tokens. */
    keyId: v.string(),
    /** The server's own public key for this application: checks callbacks and outgoing events. */
    serverKey: v.object({ kty: v.string(), crv: v.string(), x: v.string(), kid: v.string() }),
  }),
  v.metadata({ ref: "RegistrationData" }),
);
export type RegistrationData = v.InferOutput<typeof RegistrationData>;

/** The server's public keys for one application, as a JSON Web Key Set. */
export const KeySet = v.pipe(
  v.object({
    keys: v.array(
      v.object({
        kty: v.string(),
        crv: v.string(),
        x: v.string(),
        kid: v.string(),
        alg: v.literal("EdDSA"),
        use: v.literal("sig"),
      }),
    ),
  }),
  v.metadata({ ref: "KeySet" }),
);

/** Result of either step (REG-10). */
export const RegistrationResult = v.pipe(
  v.object({
    registrationCompleted: v.boolean(),
    messageText: v.string(),
    requestId: v.optional(Id),
    registrationData: v.optional(RegistrationData),
  }),
  v.metadata({ ref: "RegistrationResult" }),
);
export type RegistrationResult = v.InferOutput<typeof RegistrationResult>;

/** What an application may know of its registration without any right; all empty or false when there is none (REG-5). */
export const RegistrationState = v.pipe(
  v.object({
    infoBaseRegistered: v.boolean(),
    canUse: v.boolean(),
    serverAddress: v.string(),
    serverVersion: v.string(),
    currentUserIsSubscriberAdministrator: v.boolean(),
  }),
  v.metadata({ ref: "RegistrationState" }),
);
export type RegistrationState = v.InferOutput<typeof RegistrationState>;

/** How the application answers for the Read right on its objects (CNV-3). */
export const ContextAccess = v.pipe(
  v.variant("way", [
    v.strictObject({ way: v.literal("claims") }),
    v.strictObject({ way: v.literal("callback"), url: v.pipe(text(limits.contextUrl), v.url("must be a URL")) }),
  ]),
  v.metadata({ ref: "ContextAccess" }),
);
export type ContextAccess = v.InferOutput<typeof ContextAccess>;

/** An application as its own code sees it. */
export const Application = v.pipe(
  v.object({
    id: Id,
    infoBaseName: v.string(),
    keyIds: v.array(v.string()),
    contextAccess: ContextAccess,
    registered: v.string(),
  }),
  v.metadata({ ref: "Application" }),
);
export type Application = v.InferOutput<typeof Application>;

export const KeyDraft = v.pipe(v.strictObject({ publicKey: PublicKey }), v.metadata({ ref: "KeyDraft" }));
export const KeyAnswer = v.object({ keyId: v.string() });

export const Subscriber = v.pipe(
  v.object({
    email: v.string(),
    /** Was a key issued that still works? The key itself is never told. */
    hasAdministrationKey: v.boolean(),
    /** A new address that waits for its code. */
    confirming: v.optional(v.string()),
  }),
  v.metadata({ ref: "Subscriber" }),
);
export type Subscriber = v.InferOutput<typeof Subscriber>;

/** A new address; with the code that was sent to it, it takes effect. */
export const SubscriberPatch = v.pipe(
  v.strictObject({ email: Email(limits.email), activationCode: v.optional(line(limits.clientId)) }),
  v.metadata({ ref: "SubscriberPatch" }),
);

export const AdministrationKey = v.pipe(
  v.object({ administrationKey: v.string() }),
  v.metadata({ ref: "AdministrationKey" }),
);
