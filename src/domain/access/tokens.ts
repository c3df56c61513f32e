import {
  calculateJwkThumbprint,
  decodeJwt,
  decodeProtectedHeader,
  exportJWK,
  generateKeyPair,
  importJWK,
  type JWTPayload,
  jwtVerify,
} from "jose";
import * as v from "valibot";
import { type Scope, scopes } from "../../protocol/actors.ts";
import { normaliseContextPattern } from "../../protocol/context.ts";
import { Id, Uuid } from "../../protocol/ids.ts";
import { limits } from "../../protocol/limits.ts";
import { Problem } from "../../protocol/problems.ts";
import type { PublicKey } from "../../protocol/registration.ts";
import { line, name } from "../../protocol/strings.ts";
import { UserReference } from "../../protocol/users.ts";

export const tokenTypes = {
  user: "beseda-user+jwt",
  application: "beseda-app+jwt",
  registration: "beseda-registration+jwt",
} as const;

/** Does the token say that it speaks for a user? It may lie; {@link verifyToken} checks. */
export const isUserToken = (token: string): boolean => decodeProtectedHeader(token).typ === tokenTypes.user;

const contexts = v.pipe(
  v.array(v.pipe(line(limits.contextUrl), v.nonEmpty())),
  v.maxLength(limits.tokenContexts, `must hold at most ${limits.tokenContexts}`),
  v.rawTransform(({ dataset, addIssue, NEVER }) => {
    const normalised = dataset.value.map(normaliseContextPattern);
    if (normalised.every((pattern) => pattern !== undefined)) return normalised;
    addIssue({ message: "must be navigation URLs; * only alone or after / ? & =" });
    return NEVER;
  }),
);

const common = {
  iss: Id,
  iat: v.pipe(v.number(), v.finite()),
  exp: v.pipe(v.number(), v.finite()),
  scopes: v.optional(v.array(v.picklist(scopes)), []),
  contexts: v.optional(contexts, []),
};

const UserClaims = v.object({
  ...common,
  sub: Uuid,
  name: name(limits.userName),
  fullName: v.optional(line(limits.userName)),
});

const ApplicationClaims = v.object({
  ...common,
  privileged: v.optional(v.boolean(), false),
  act: v.optional(UserReference),
});

const RegistrationClaims = v.object({ sub: Id, iat: v.number(), exp: v.number() });

export interface UserToken {
  type: "user";
  application: string;
  issuedAt: number;
  expiresAt: number;
  scopes: Scope[];
  contexts: string[];
  infoBaseUserId: string;
  name: string;
  fullName: string | undefined;
}

export interface ApplicationToken {
  type: "application";
  application: string;
  issuedAt: number;
  expiresAt: number;
  scopes: Scope[];
  contexts: string[];
  privileged: boolean;
  act: string | undefined;
}

const refuse = (detail: string) => new Problem("unauthenticated", detail);

/** The application that an unverified token claims to come from. Only good for finding the key to verify it with. */
export function claimedIssuer(token: string): { application: string; kid: string } {
  if (token.length > limits.token) throw refuse(`The token is longer than ${limits.token} bytes`);
  try {
    const { kid, typ } = decodeProtectedHeader(token);
    const { iss } = decodeJwt(token);
    if (typ !== tokenTypes.user && typ !== tokenTypes.application)
      throw refuse(`The token's typ must be ${tokenTypes.user} or ${tokenTypes.application}`);
    if (typeof kid === "string" && v.is(Id, iss)) return { application: iss, kid };
  } catch (error) {
    if (error instanceof Problem) throw error;
  }
  throw refuse("The token is not a JWT with kid and iss");
}

const imported = new Map<string, Promise<CryptoKey>>();

/** A key ready for use; importing costs more than verifying, so the latest ones are kept. */
function cryptoKey(publicKey: PublicKey): Promise<CryptoKey> {
  const known = imported.get(publicKey.x);
  if (known) return known;
  if (imported.size > 1000) imported.clear();
  const key = importJWK({ kty: publicKey.kty, crv: publicKey.crv, x: publicKey.x }, "EdDSA") as Promise<CryptoKey>;
  imported.set(publicKey.x, key);
  return key;
}

/**
 * Verifies a user or application token completely: signature, algorithm, type, audience, times and the shape of every claim.
 * @throws Problem `unauthenticated` that says what is wrong, `forbidden`
 */
export async function verifyToken(
  token: string,
  publicKey: PublicKey,
  audience: string,
  now: number,
): Promise<UserToken | ApplicationToken> {
  const { typ } = decodeProtectedHeader(token);
  const isUser = typ === tokenTypes.user;
  const payload = await verified(token, publicKey, isUser ? tokenTypes.user : tokenTypes.application, audience, now);
  // SetCurrentUser is for sessions that speak for nobody yet (USR-44).
  if (isUser && "act" in payload)
    throw new Problem("forbidden", "A token that speaks for a user cannot act as another", { field: "act" });
  const seconds = isUser ? limits.userTokenSeconds : limits.applicationTokenSeconds;
  const claims = v.safeParse(isUser ? UserClaims : ApplicationClaims, payload);
  if (!claims.success)
    throw refuse(`The token's ${v.getDotPath(claims.issues[0]) ?? "claims"} ${claims.issues[0].message}`);
  const { iss, iat, exp, ...rest } = claims.output;
  if (exp - iat > seconds) throw refuse(`The token lives longer than ${seconds} seconds`);
  const shared = { application: iss, issuedAt: iat, expiresAt: exp, scopes: rest.scopes, contexts: rest.contexts };
  if ("sub" in rest) {
    return { type: "user", ...shared, infoBaseUserId: rest.sub, name: rest.name, fullName: rest.fullName || undefined };
  }
  return { type: "application", ...shared, privileged: rest.privileged, act: rest.act };
}

/** Verifies the proof of step 2 of a registration: made with the key of step 1, for this request. */
export async function verifyProof(
  token: string,
  publicKey: PublicKey,
  audience: string,
  request: string,
  now: number,
): Promise<void> {
  const claims = v.safeParse(
    RegistrationClaims,
    await verified(token, publicKey, tokenTypes.registration, audience, now),
  );
  if (!claims.success || claims.output.sub !== request) throw refuse("The proof is for another registration");
  if (claims.output.exp - claims.output.iat > limits.applicationTokenSeconds) throw refuse("The proof lives too long");
}

async function verified(
  token: string,
  publicKey: PublicKey,
  typ: string,
  audience: string,
  now: number,
): Promise<JWTPayload> {
  try {
    const { payload } = await jwtVerify(token, await cryptoKey(publicKey), {
      algorithms: ["EdDSA"],
      typ,
      audience,
      requiredClaims: ["iat", "exp", "aud"],
      currentDate: new Date(now),
    });
    if ((payload.iat ?? 0) * 1000 > now + 60_000) throw refuse("The token was made in the future; check the clock");
    return payload;
  } catch (error) {
    if (error instanceof Problem) throw error;
    const code = (error as { code?: string }).code;
    if (code === "ERR_JWT_EXPIRED") throw refuse("The token has expired");
    const claim = (error as { claim?: string }).claim;
    throw refuse(claim ? `The token's ${claim} is not acceptable` : "The token's signature does not match");
  }
}

/** Name of a key: the thumbprint of RFC 7638, which is the `kid` of every token made with it. */
export const keyIdOf = ({ kty, crv, x }: PublicKey): Promise<string> => calculateJwkThumbprint({ kty, crv, x });

/** A new pair of the server's own for one application. */
export async function newKeyPair(): Promise<{ publicKey: PublicKey & { kid: string }; privateKey: string }> {
  const pair = await generateKeyPair("EdDSA", { crv: "Ed25519", extractable: true });
  const { x } = await exportJWK(pair.publicKey);
  const publicKey = { kty: "OKP", crv: "Ed25519", x: x as string } as const;
  return {
    publicKey: { ...publicKey, kid: await keyIdOf(publicKey) },
    privateKey: JSON.stringify(await exportJWK(pair.privateKey)),
  };
}
