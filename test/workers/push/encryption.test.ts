import { expect, test } from "vitest";
import { base64UrlOf, bytesOf } from "../../../src/domain/push/bytes.ts";
import { encrypt, mostBytes } from "../../../src/domain/push/encrypt.ts";
import { newsBytes, topicOf } from "../../../src/domain/push/news.ts";
import { PushPace } from "../../../src/domain/push/pace.ts";

/** RFC 8291, appendix A. */
const vector = {
  text: "When I grow up, I want to be a watermelon",
  salt: "DGv6ra1nlYgDCS1FRnbzlw",
  sender: "BP4z9KsN6nGRTbVYI_c7VJSPQTBtkgcy27mlmlMoZIIgDll6e3vCYLocInmYWAmS6TlzAC8wEqKK6PBru3jl7A8",
  senderSecret: "yfWPiYE-n46HLnH0KqZOF1fJJU3MYrct3AELtAQ-oRw",
  keys: {
    p256dh: "BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4",
    auth: "BTBZMqHH6r4Tts7J_aSIgg",
  },
  body: "DGv6ra1nlYgDCS1FRnbzlwAAEABBBP4z9KsN6nGRTbVYI_c7VJSPQTBtkgcy27mlmlMoZIIgDll6e3vCYLocInmYWAmS6TlzAC8wEqKK6PBru3jl7A_yl95bQpu6cVPTpK4Mqgkf1CXztLVBSt2Ks3oZwbuwXPXLWyouBWLVWGNWQexSgSxsj_Qulcy4a-fN",
};

async function senderOfVector(): Promise<CryptoKeyPair> {
  const point = bytesOf(vector.sender);
  const jwk = { kty: "EC", crv: "P-256", x: base64UrlOf(point.slice(1, 33)), y: base64UrlOf(point.slice(33)) };
  const curve = { name: "ECDH", namedCurve: "P-256" };
  return {
    publicKey: await crypto.subtle.importKey("jwk", jwk, curve, true, []),
    privateKey: await crypto.subtle.importKey("jwk", { ...jwk, d: vector.senderSecret }, curve, false, ["deriveBits"]),
  };
}

test("a push message is encrypted as the example of RFC 8291 is, byte for byte", async () => {
  const fresh = { salt: bytesOf(vector.salt), sender: await senderOfVector() };
  const body = await encrypt(vector.keys, new TextEncoder().encode(vector.text), fresh);
  expect(base64UrlOf(body)).toBe(vector.body);
});

test("no two push messages share salt or sender", async () => {
  const bodies = await Promise.all([1, 2].map(() => encrypt(vector.keys, new Uint8Array(1))));
  const [first, second] = bodies.map((body) => base64UrlOf(body.slice(0, 86)));
  expect(first).not.toBe(second);
});

test("the longest title, name and text fit a push message, in whatever alphabet", () => {
  for (const character of ["я", "\u0001", "😀", '"']) {
    const long = character.repeat(4_000);
    const place = { application: "a".repeat(26), user: "u".repeat(26), conversation: "c".repeat(26) };
    const bytes = newsBytes({ ...place, n: 2 ** 53, m: 2 ** 53, title: long, sender: long, text: long }, false);
    expect(bytes.length).toBeLessThan(mostBytes);
    expect(new TextDecoder().decode(bytes)).not.toContain("\ufffd");
  }
});

test("a push service cannot tell by topics that two devices hear of the same conversation", async () => {
  const [phone, desktop] = await Promise.all([
    topicOf("https://push.example/1", "c"),
    topicOf("https://push.example/2", "c"),
  ]);
  expect(phone).toMatch(/^[\w-]{32}$/);
  expect(phone).not.toBe(desktop);
  expect(await topicOf("https://push.example/1", "c")).toBe(phone);
});

test("the first message is pushed at once, those that follow soon afterwards together", () => {
  const pace = new PushPace();
  expect(pace.take("склад", ["boris"], 0)).toEqual({ users: ["boris"], delaySeconds: 0 });
  expect(pace.take("склад", ["boris"], 1_000)).toEqual({ users: ["boris"], delaySeconds: 9 });
  expect(pace.take("склад", ["boris", "vera"], 2_000)).toEqual({ users: ["vera"], delaySeconds: 8 });
  expect(pace.take("склад", ["boris", "vera"], 3_000).users).toEqual([]);
  expect(pace.take("касса", ["boris"], 3_000)).toEqual({ users: ["boris"], delaySeconds: 0 });
  expect(pace.take("склад", ["boris"], 11_000)).toEqual({ users: ["boris"], delaySeconds: 9 });
  expect(pace.take("склад", ["boris"], 60_000)).toEqual({ users: ["boris"], delaySeconds: 0 });
});
