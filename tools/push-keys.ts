import { generateKeyPairSync } from "node:crypto";

/** A new pair for push messages as browsers and push services write it: a raw point of P-256 and its number, base64url. */
export function newPushKeys(): { publicKey: string; privateKey: string } {
  const {
    x = "",
    y = "",
    d = "",
  } = generateKeyPairSync("ec", { namedCurve: "P-256" }).privateKey.export({ format: "jwk" });
  const point = Buffer.concat([Buffer.from([4]), Buffer.from(x, "base64url"), Buffer.from(y, "base64url")]);
  return { publicKey: point.toString("base64url"), privateKey: d };
}

if (process.argv[1] === import.meta.filename) {
  const { publicKey, privateKey } = newPushKeys();
  console.log(`VAPID_PUBLIC_KEY=${publicKey}\nVAPID_PRIVATE_KEY=${privateKey}`);
}
