const encoder = new TextEncoder();

/** What a derived key is for; keys for different purposes have nothing in common. */
type Purpose =
  | "seal"
  | "activation code"
  | "temporary code"
  | "administration key"
  | "file link"
  | "session"
  | "push endpoint";

const derived = new Map<string, Promise<CryptoKey>>();

/** The key for one purpose, derived from the server's secret once. */
function keyFor(secret: string, purpose: Purpose): Promise<CryptoKey> {
  const name = `${purpose}:${secret}`;
  const known = derived.get(name);
  if (known) return known;
  const key = deriveKey(secret, purpose);
  derived.set(name, key);
  return key;
}

async function deriveKey(secret: string, purpose: Purpose): Promise<CryptoKey> {
  const root = await crypto.subtle.importKey("raw", encoder.encode(secret), "HKDF", false, ["deriveKey"]);
  const how = { name: "HKDF", hash: "SHA-256", salt: new Uint8Array(32), info: encoder.encode(purpose) };
  return purpose === "seal"
    ? crypto.subtle.deriveKey(how, root, { name: "AES-GCM", length: 256 }, false, ["encrypt", "decrypt"])
    : crypto.subtle.deriveKey(how, root, { name: "HMAC", hash: "SHA-256", length: 256 }, false, ["sign", "verify"]);
}

const toBase64 = (bytes: Uint8Array): string => btoa(String.fromCharCode(...bytes));
const fromBase64 = (text: string): Uint8Array<ArrayBuffer> => Uint8Array.from(atob(text), (c) => c.charCodeAt(0));

/** Encrypts what must come back in clear, such as a private key. */
export async function seal(secret: string, text: string): Promise<string> {
  const iv = crypto.getRandomValues(new Uint8Array(12));
  const sealed = await crypto.subtle.encrypt(
    { name: "AES-GCM", iv },
    await keyFor(secret, "seal"),
    encoder.encode(text),
  );
  return `${toBase64(iv)}.${toBase64(new Uint8Array(sealed))}`;
}

export async function unseal(secret: string, sealed: string): Promise<string> {
  const [iv = "", data = ""] = sealed.split(".");
  const key = await keyFor(secret, "seal");
  return new TextDecoder().decode(
    await crypto.subtle.decrypt({ name: "AES-GCM", iv: fromBase64(iv) }, key, fromBase64(data)),
  );
}

/** A keyed hash: what is kept of a code or key. Useless without the server's secret, however short the code. */
export async function keyedHash(secret: string, purpose: Exclude<Purpose, "seal">, value: string): Promise<string> {
  const key = await keyFor(secret, purpose);
  return toBase64(new Uint8Array(await crypto.subtle.sign("HMAC", key, encoder.encode(value))));
}

/** Does the value have this hash? The platform compares in constant time. */
export async function hasHash(
  secret: string,
  purpose: Exclude<Purpose, "seal">,
  value: string,
  hash: string,
): Promise<boolean> {
  return crypto.subtle.verify("HMAC", await keyFor(secret, purpose), fromBase64(hash), encoder.encode(value));
}

/** A secret of 256 bits that programs hand on: letters, digits, - and _. */
export const randomSecret = (): string =>
  toBase64(crypto.getRandomValues(new Uint8Array(32)))
    .replaceAll("+", "-")
    .replaceAll("/", "_")
    .replace("=", "");

/** A code of decimal digits, every value equally likely. */
export function randomDigits(digits: number): string {
  const range = 10 ** digits;
  const fair = Math.floor(2 ** 32 / range) * range;
  for (;;) {
    const [drawn = 0] = crypto.getRandomValues(new Uint32Array(1));
    if (drawn < fair) return String(drawn % range).padStart(digits, "0");
  }
}

/** A key that people copy: groups of five from an alphabet without look-alikes, 5 bits a character. */
export function randomWords(bits: number): string {
  const alphabet = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789";
  const characters = Array.from(
    crypto.getRandomValues(new Uint8Array(Math.ceil(bits / 5))),
    (byte) => alphabet[byte & 31],
  );
  return (characters.join("").match(/.{1,5}/g) ?? []).join("-");
}
