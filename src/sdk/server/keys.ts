import { calculateJwkThumbprint, exportJWK, generateKeyPair, importJWK, type JWK, SignJWT } from "jose";

/** The public half of an application's key, as the server takes it. */
export interface PublicJwk {
  kty: "OKP";
  crv: "Ed25519";
  x: string;
}

/** An application's key pair. The private half never leaves the application. */
export interface ApplicationKey {
  keyId: string;
  publicKey: PublicJwk;
  privateKey: JWK;
}

/** A new Ed25519 key pair, named by its thumbprint (RFC 7638). */
export async function newKey(): Promise<ApplicationKey> {
  const pair = await generateKeyPair("EdDSA", { crv: "Ed25519", extractable: true });
  const { x } = await exportJWK(pair.publicKey);
  const publicKey: PublicJwk = { kty: "OKP", crv: "Ed25519", x: x as string };
  return { publicKey, privateKey: await exportJWK(pair.privateKey), keyId: await calculateJwkThumbprint(publicKey) };
}

/** Signs claims with an application's key. `iat` has milliseconds, so that a token made just after a revocation counts. */
export async function signToken(
  key: Pick<ApplicationKey, "keyId" | "privateKey">,
  type: string,
  claims: Record<string, unknown>,
  seconds: number,
): Promise<string> {
  const now = Date.now() / 1000;
  return new SignJWT({ ...claims, iat: now, exp: now + seconds })
    .setProtectedHeader({ alg: "EdDSA", typ: type, kid: key.keyId })
    .sign(await importJWK(key.privateKey, "EdDSA"));
}
