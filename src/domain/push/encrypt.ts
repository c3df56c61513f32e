import type { PushSubscription } from "../../protocol/push.ts";
import { bytesOf, joined } from "./bytes.ts";

/** Bytes that one message may say: a push service takes 4,096 with everything around it. */
export const mostBytes = 3_900;

/** One record holds it all. */
const recordBytes = 4_096;
const lastRecord = new Uint8Array([2]);

const curve = { name: "ECDH", namedCurve: "P-256" };
const encoder = new TextEncoder();

/** What must never be the same twice. */
export interface Fresh {
  salt: Uint8Array;
  /** The sender's keys for this one message. */
  sender: CryptoKeyPair;
}

/**
 * Encrypts a push message for one device, which alone can open it: RFC 8291, content coding `aes128gcm` of RFC 8188. The
 * body carries salt, size of a record and the sender's public key before the one record.
 * @throws when the device's key is no point of the curve
 * @example const body = await encrypt(keys, new TextEncoder().encode("Машина пришла"));
 */
export async function encrypt(
  keys: PushSubscription["keys"],
  text: Uint8Array,
  fresh?: Fresh,
): Promise<Uint8Array<ArrayBuffer>> {
  const { salt, sender } = fresh ?? (await makeFresh());
  const receiverPoint = bytesOf(keys.p256dh);
  const senderPoint = new Uint8Array((await crypto.subtle.exportKey("raw", sender.publicKey)) as ArrayBuffer);
  const secret = await agreedSecret(sender.privateKey, await deviceKey(keys.p256dh));
  const info = joined(encoder.encode("WebPush: info\0"), receiverPoint, senderPoint);
  const material = await derived(bytesOf(keys.auth), secret, info, 32);
  const [key, nonce] = await Promise.all([
    derived(salt, material, encoder.encode("Content-Encoding: aes128gcm\0"), 16),
    derived(salt, material, encoder.encode("Content-Encoding: nonce\0"), 12),
  ]);
  const cipher = await crypto.subtle.importKey("raw", key, "AES-GCM", false, ["encrypt"]);
  const record = await crypto.subtle.encrypt({ name: "AES-GCM", iv: nonce }, cipher, joined(text, lastRecord));
  const sizes = new DataView(new ArrayBuffer(5));
  sizes.setUint32(0, recordBytes);
  sizes.setUint8(4, senderPoint.length);
  return joined(salt, new Uint8Array(sizes.buffer), senderPoint, new Uint8Array(record));
}

/** A device's public key. @throws when it is no point of the curve */
export const deviceKey = (p256dh: string): Promise<CryptoKey> =>
  crypto.subtle.importKey("raw", bytesOf(p256dh), curve, false, []);

const makeFresh = async (): Promise<Fresh> => ({
  salt: crypto.getRandomValues(new Uint8Array(16)),
  sender: (await crypto.subtle.generateKey(curve, false, ["deriveBits"])) as CryptoKeyPair,
});

async function agreedSecret(own: CryptoKey, other: CryptoKey): Promise<Uint8Array<ArrayBuffer>> {
  // The platform's types call the field $public, its code public.
  const how = { name: "ECDH", public: other } as unknown as SubtleCryptoDeriveKeyAlgorithm;
  return new Uint8Array(await crypto.subtle.deriveBits(how, own, 256));
}

async function derived(
  salt: Uint8Array,
  material: Uint8Array<ArrayBuffer>,
  info: Uint8Array,
  bytes: number,
): Promise<Uint8Array<ArrayBuffer>> {
  const key = await crypto.subtle.importKey("raw", material, "HKDF", false, ["deriveBits"]);
  return new Uint8Array(
    await crypto.subtle.deriveBits(
      { name: "HKDF", hash: "SHA-256", salt: joined(salt), info: joined(info) },
      key,
      bytes * 8,
    ),
  );
}
