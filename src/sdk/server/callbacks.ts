import { compactVerify, importJWK, type JWK } from "jose";

/** Seconds that a signature may be old, or ahead. */
const toleranceSeconds = 300;

/**
 * Checks that a request to the application's callback address comes from the server it is registered with, and was not
 * changed on the way.
 * @param body the body exactly as it arrived
 * @param signature value of the header `Beseda-Signature`
 * @param serverKey the server's public key, kept since registration
 * @throws Error when the signature is not good; answer 401 then
 * @example
 * await verifyCallback(body, request.headers["beseda-signature"], record.serverKey);
 * const { context, users } = JSON.parse(body);
 * return { readers: users.filter((user) => mayRead(user, context)) };
 */
export async function verifyCallback(body: string, signature: string, serverKey: JWK): Promise<void> {
  const { payload } = await compactVerify(signature, await importJWK(serverKey, "EdDSA"), { algorithms: ["EdDSA"] });
  const { iat, sha256 } = JSON.parse(new TextDecoder().decode(payload)) as { iat: number; sha256: string };
  if (Math.abs(Date.now() / 1000 - iat) > toleranceSeconds) throw new Error("The signature is too old");
  const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", new TextEncoder().encode(body)));
  const hash = btoa(String.fromCharCode(...digest))
    .replaceAll("+", "-")
    .replaceAll("/", "_")
    .replaceAll("=", "");
  if (hash !== sha256) throw new Error("The body does not match its signature");
}
