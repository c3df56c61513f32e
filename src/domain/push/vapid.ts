import { importJWK, SignJWT } from "jose";
import { base64UrlOf, bytesOf } from "./bytes.ts";

/** The operator's pair, and how to be reached about it. */
export interface Vapid {
  /** A raw point of P-256 and its secret number, base64url. */
  publicKey: string;
  privateKey: string;
  subject: string;
}

const hours = 12;

/**
 * The header `Authorization` of a push message (RFC 8292): says to a push service, for half a day, whose message it is.
 * @param endpoint of the device; the token counts at its origin alone
 */
export async function authorizationFor(endpoint: string, vapid: Vapid, now: number): Promise<string> {
  const seconds = Math.floor(now / 1000);
  const token = await new SignJWT({ sub: vapid.subject })
    .setProtectedHeader({ alg: "ES256", typ: "JWT" })
    .setAudience(new URL(endpoint).origin)
    .setExpirationTime(seconds + hours * 3_600)
    .sign(await importJWK(jwkOf(vapid), "ES256"));
  return `vapid t=${token}, k=${vapid.publicKey}`;
}

function jwkOf({ publicKey, privateKey }: Vapid) {
  // A raw point is the byte 4 and two numbers of 32 bytes.
  const point = bytesOf(publicKey);
  const [x, y] = [base64UrlOf(point.slice(1, 33)), base64UrlOf(point.slice(33))];
  return { kty: "EC", crv: "P-256", x, y, d: privateKey };
}
