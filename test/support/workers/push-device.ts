import { vi } from "vitest";
import { base64UrlOf, bytesOf, joined } from "../../../src/domain/push/bytes.ts";
import type { PushNews, PushSubscription } from "../../../src/protocol/push.ts";
import type { Caller } from "./world.ts";

const encoder = new TextEncoder();

/** A message as it reached the push service. */
export interface Parcel {
  endpoint: string;
  headers: Headers;
  body: Uint8Array<ArrayBuffer>;
}

/** Stands in for the push services of the world; whatever else the server asks goes to `others`. Keeps what came. */
export function pushService(others?: (url: string, body: string) => Response) {
  const service = { parcels: [] as Parcel[], status: 201 };
  vi.spyOn(globalThis, "fetch").mockImplementation(async (input, init = {}) => {
    const [url, headers] = [String(input), new Headers(init.headers)];
    if (!headers.has("topic")) return others?.(url, String(init.body)) ?? new Response(null, { status: 404 });
    service.parcels.push({ endpoint: url, headers, body: init.body as Uint8Array<ArrayBuffer> });
    return new Response(null, { status: service.status });
  });
  return service;
}

/** A browser that takes push messages and can open them, as RFC 8291 tells the receiver to. */
export class Device {
  readonly name: string;
  readonly subscription: PushSubscription;
  private readonly key: CryptoKey;
  private readonly point: Uint8Array<ArrayBuffer>;
  private readonly auth: Uint8Array<ArrayBuffer>;

  private constructor(name: string, keys: CryptoKeyPair, point: Uint8Array<ArrayBuffer>, endpoint: string) {
    this.name = name;
    this.key = keys.privateKey;
    this.point = point;
    this.auth = crypto.getRandomValues(new Uint8Array(16));
    this.subscription = { endpoint, keys: { p256dh: base64UrlOf(point), auth: base64UrlOf(this.auth) } };
  }

  static async make(name = "телефон-1", endpoint = `https://push.example/${crypto.randomUUID()}`): Promise<Device> {
    const keys = (await crypto.subtle.generateKey({ name: "ECDH", namedCurve: "P-256" }, true, [
      "deriveBits",
    ])) as CryptoKeyPair;
    const point = new Uint8Array((await crypto.subtle.exportKey("raw", keys.publicKey)) as ArrayBuffer);
    return new Device(encodeURIComponent(name).replaceAll("%", ""), keys, point, endpoint);
  }

  /** A device on which somebody is told. */
  static async of(person: Caller, name?: string): Promise<Device> {
    const device = await Device.make(name);
    const { status, body } = await person.put(device.path, device.subscription);
    if (status !== 204) throw new Error(`${status} ${JSON.stringify(body)}`);
    return device;
  }

  get path(): string {
    return `/push-subscriptions/${this.name}`;
  }

  async open({ body }: Parcel): Promise<PushNews> {
    const [salt, sender, record] = [body.slice(0, 16), body.slice(21, 86), body.slice(86)];
    const other = await crypto.subtle.importKey("raw", sender, { name: "ECDH", namedCurve: "P-256" }, false, []);
    const secret = new Uint8Array(
      await crypto.subtle.deriveBits({ name: "ECDH", public: other } as never, this.key, 256),
    );
    const material = await hkdf(this.auth, secret, joined(encoder.encode("WebPush: info\0"), this.point, sender), 32);
    const key = await hkdf(salt, material, encoder.encode("Content-Encoding: aes128gcm\0"), 16);
    const nonce = await hkdf(salt, material, encoder.encode("Content-Encoding: nonce\0"), 12);
    const cipher = await crypto.subtle.importKey("raw", key, "AES-GCM", false, ["decrypt"]);
    const text = new Uint8Array(await crypto.subtle.decrypt({ name: "AES-GCM", iv: nonce }, cipher, record));
    return JSON.parse(new TextDecoder().decode(text.slice(0, text.lastIndexOf(2))));
  }
}

async function hkdf(salt: Uint8Array<ArrayBuffer>, material: Uint8Array<ArrayBuffer>, info: Uint8Array, bytes: number) {
  const key = await crypto.subtle.importKey("raw", material, "HKDF", false, ["deriveBits"]);
  const how = { name: "HKDF", hash: "SHA-256", salt, info: joined(info) };
  return new Uint8Array(await crypto.subtle.deriveBits(how, key, bytes * 8));
}

/** What a message's `Authorization` says: the claims of its token, and the key it is for. */
export function vapidOf({ headers }: Parcel): { token: string; key: string } {
  const [, token = "", key = ""] = /^vapid t=([^,]+), k=(.+)$/.exec(headers.get("authorization") ?? "") ?? [];
  return { token, key };
}

/** The public half of the tests' pair, to verify with. */
export const publicJwk = (publicKey: string) => {
  const point = bytesOf(publicKey);
  return { kty: "EC", crv: "P-256", x: base64UrlOf(point.slice(1, 33)), y: base64UrlOf(point.slice(33)) };
};
