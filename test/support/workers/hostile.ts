import { CompactSign, EncryptJWT, generateKeyPair, importJWK, type JWTHeaderParameters } from "jose";
import { limits } from "../../../src/protocol/limits.ts";
import { newKey } from "../../../src/sdk/server/keys.ts";
import { cast } from "../cast.ts";
import { origin } from "./door.ts";
import type { World } from "./world.ts";

/** How a token differs from a good one; `undefined` takes a claim or header away. */
export interface Difference {
  claims?: Record<string, unknown>;
  header?: Record<string, unknown>;
  /** Another key than the application's own. */
  key?: CryptoKey | Uint8Array;
}

export const hour = 3_600;
export const now = (): number => Date.now() / 1000;
const encoder = new TextEncoder();
const base64Url = (text: string): string =>
  btoa(String.fromCharCode(...encoder.encode(text)))
    .replaceAll("+", "-")
    .replaceAll("/", "_")
    .replaceAll("=", "");

function partsOf(world: World, { claims, header }: Difference) {
  const { infoBaseUserId, name } = cast.boris;
  return {
    payload: JSON.stringify({
      iss: world.id,
      aud: origin,
      sub: infoBaseUserId,
      name,
      iat: now(),
      exp: now() + hour,
      ...claims,
    }),
    header: {
      alg: "EdDSA",
      typ: "beseda-user+jwt",
      kid: world.store.state.record?.keyId,
      ...header,
    } as JWTHeaderParameters,
  };
}

/** Борис's token with one thing different; without a difference it is good. */
export async function forged(world: World, difference: Difference = {}): Promise<string> {
  const { payload, header } = partsOf(world, difference);
  const key = difference.key ?? (await importJWK(world.store.state.record?.privateKey ?? {}, "EdDSA"));
  return new CompactSign(encoder.encode(payload)).setProtectedHeader(header).sign(key);
}

/** The same for an application token, which names no user and lives five minutes. */
export const forgedForApplication = (world: World, { claims, header, ...rest }: Difference = {}): Promise<string> =>
  forged(world, {
    claims: { sub: undefined, name: undefined, exp: now() + limits.applicationTokenSeconds, ...claims },
    header: { typ: "beseda-app+jwt", ...header },
    ...rest,
  });

async function unsigned(world: World): Promise<string> {
  const { payload, header } = partsOf(world, { header: { alg: "none" } });
  return `${base64Url(JSON.stringify(header))}.${base64Url(payload)}.`;
}

/** The public key is no secret: it must not serve as one. */
async function symmetric(world: World, spelling: "text" | "bytes"): Promise<string> {
  const x = world.store.state.record?.privateKey.x ?? "";
  const secret =
    spelling === "text"
      ? encoder.encode(x)
      : Uint8Array.from(atob(x.replaceAll("-", "+").replaceAll("_", "/")), (c) => c.charCodeAt(0));
  return forged(world, { header: { alg: "HS256" }, key: secret });
}

async function tampered(world: World): Promise<string> {
  const [header, , signature] = (await forged(world)).split(".");
  const { payload } = partsOf(world, { claims: { scopes: ["dataAdministration"] } });
  return `${header}.${base64Url(payload)}.${signature}`;
}

async function encrypted(world: World): Promise<string> {
  const { header } = partsOf(world, {});
  return new EncryptJWT({ iss: world.id, sub: cast.boris.infoBaseUserId })
    .setProtectedHeader({ ...header, alg: "dir", enc: "A256GCM" })
    .encrypt(new Uint8Array(32));
}

async function withDeletedKey(world: World): Promise<string> {
  const token = await forged(world);
  await world.application.rotateKey();
  return token;
}

const stranger = async (alg = "EdDSA"): Promise<CryptoKey> => (await generateKeyPair(alg)).privateKey;
const many = (count: number): string[] => Array.from({ length: count }, (_, index) => `/orders/${index}`);

type Make = (world: World) => string | undefined | Promise<string | undefined>;

/** One of each class: what every single route must refuse. */
export const classes: Record<string, Make> = {
  "no token": () => undefined,
  garbage: () => "garbage",
  "a wrong signature": async (world) => forged(world, { key: await stranger() }),
  "changed claims": tampered,
  "alg none": unsigned,
  "HS256 with the public key's text": (world) => symmetric(world, "text"),
  "HS256 with the public key's bytes": (world) => symmetric(world, "bytes"),
  expired: (world) => forged(world, { claims: { iat: now() - 2 * hour, exp: now() - 1 } }),
  "another audience": (world) => forged(world, { claims: { aud: "https://other.test" } }),
  "another typ": (world) => forged(world, { header: { typ: "JWT" } }),
  "a proof of registration": (world) => forged(world, { header: { typ: "beseda-registration+jwt" } }),
  "sub a number": (world) => forged(world, { claims: { sub: 42 } }),
  "sub an array": (world) => forged(world, { claims: { sub: [cast.boris.infoBaseUserId] } }),
  "sub empty": (world) => forged(world, { claims: { sub: "" } }),
  "too many bytes": (world) => forged(world, { claims: { padding: "x".repeat(limits.token) } }),
  "too long a life": (world) => forged(world, { claims: { exp: now() + limits.userTokenSeconds + 10 } }),
  "iat in the future": (world) => forged(world, { claims: { iat: now() + 70 } }),
  "too many contexts": (world) => forged(world, { claims: { contexts: many(limits.tokenContexts + 1) } }),
  "an application token of ten minutes": (world) => forgedForApplication(world, { claims: { exp: now() + 600 } }),
  "a deleted key": withDeletedKey,
};

/** Everything else that looks like a token and is none. */
export const variations: Record<string, Make> = {
  "three empty parts": () => "..",
  "parts that are no JSON": () => "a.b.c",
  "a cut signature": async (world) => (await forged(world)).slice(0, -8),
  "an encrypted token": encrypted,
  "ES256 with a key of its own": async (world) =>
    forged(world, { header: { alg: "ES256" }, key: await stranger("ES256") }),
  "a key in its own header": async (world) => {
    const { publicKey, privateKey } = await newKey();
    return forged(world, { header: { jwk: publicKey }, key: (await importJWK(privateKey, "EdDSA")) as CryptoKey });
  },
  "a critical header nobody knows": (world) => forgedCritical(world),
  "no kid": (world) => forged(world, { header: { kid: undefined } }),
  "a kid that is no key": (world) => forged(world, { header: { kid: "../keys" } }),
  "kid a number": (world) => forged(world, { header: { kid: 1 } }),
  "no typ": (world) => forged(world, { header: { typ: undefined } }),
  "no iss": (world) => forged(world, { claims: { iss: undefined } }),
  "iss an array": (world) => forged(world, { claims: { iss: [world.id] } }),
  "no aud": (world) => forged(world, { claims: { aud: undefined } }),
  "audiences without this server": (world) => forged(world, { claims: { aud: ["https://a.test", "https://b.test"] } }),
  "no sub": (world) => forged(world, { claims: { sub: undefined } }),
  "sub blank": (world) => forged(world, { claims: { sub: " " } }),
  "sub an object": (world) => forged(world, { claims: { sub: { id: cast.boris.infoBaseUserId } } }),
  "sub true": (world) => forged(world, { claims: { sub: true } }),
  "sub no UUID": (world) => forged(world, { claims: { sub: "boris' OR 1=1" } }),
  "no name": (world) => forged(world, { claims: { name: undefined } }),
  "name blank": (world) => forged(world, { claims: { name: "  " } }),
  "name too long": (world) => forged(world, { claims: { name: "Б".repeat(limits.userName + 1) } }),
  "name with a line break": (world) => forged(world, { claims: { name: "Борис\nАнна" } }),
  "no iat": (world) => forged(world, { claims: { iat: undefined } }),
  "iat a string": (world) => forged(world, { claims: { iat: "now" } }),
  "no exp": (world) => forged(world, { claims: { exp: undefined } }),
  "exp a string": (world) => forged(world, { claims: { exp: "never" } }),
  "not yet valid": (world) => forged(world, { claims: { nbf: now() + 100 } }),
  "an unknown scope": (world) => forged(world, { claims: { scopes: ["everything"] } }),
  "scopes as text": (world) => forged(world, { claims: { scopes: "code" } }),
  "contexts as text": (world) => forged(world, { claims: { contexts: "*" } }),
  "a context with * in the middle": (world) => forged(world, { claims: { contexts: ["/orders*"] } }),
  "a user's claims as an application token": (world) => forged(world, { header: { typ: "beseda-app+jwt" } }),
  "an application's claims as a user token": (world) =>
    forgedForApplication(world, { header: { typ: "beseda-user+jwt" } }),
  "privileged as text": (world) => forgedForApplication(world, { claims: { privileged: "true" } }),
  "act as an array": (world) => forgedForApplication(world, { claims: { act: [cast.boris.infoBaseUserId] } }),
  "act empty": (world) => forgedForApplication(world, { claims: { act: "" } }),
};

async function forgedCritical(world: World): Promise<string> {
  const { payload, header } = partsOf(world, {});
  const key = await importJWK(world.store.state.record?.privateKey ?? {}, "EdDSA");
  return new CompactSign(encoder.encode(payload))
    .setProtectedHeader({ ...header, crit: ["future"], future: true })
    .sign(key, { crit: { future: true } });
}
