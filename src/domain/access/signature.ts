import { CompactSign, importJWK } from "jose";

const toBase64Url = (bytes: ArrayBuffer): string =>
  btoa(String.fromCharCode(...new Uint8Array(bytes)))
    .replaceAll("+", "-")
    .replaceAll("/", "_")
    .replaceAll("=", "");

/**
 * Signs what the server sends to an application: a compact JWS over the moment and the hash of the body, made with the
 * server's own key for that application, whose public half the application keeps since registration.
 */
export async function signBody(privateJwk: string, kid: string, body: string, now: number): Promise<string> {
  const hash = toBase64Url(await crypto.subtle.digest("SHA-256", new TextEncoder().encode(body)));
  const payload = new TextEncoder().encode(JSON.stringify({ iat: now / 1000, sha256: hash }));
  const key = await importJWK(JSON.parse(privateJwk), "EdDSA");
  return new CompactSign(payload).setProtectedHeader({ alg: "EdDSA", typ: "beseda-callback+jws", kid }).sign(key);
}
