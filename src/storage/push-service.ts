import { requirePublicAddress } from "./callback.ts";

/** A message for one device, encrypted and signed. */
export interface Parcel {
  endpoint: string;
  authorization: string;
  topic: string;
  body: Uint8Array<ArrayBuffer>;
}

/** `gone`: the device takes no more. `failed`: worth another try. `refused`: it is not. */
export type Delivery = "delivered" | "gone" | "failed" | "refused";

/** A day: what was missed longer ago than that is better read in the list. */
const keepSeconds = 86_400;
const timeoutMs = 10_000;

/** Hands a message over to the push service of a device's browser. Never throws. */
export async function deliver(parcel: Parcel, allowPrivate: boolean): Promise<Delivery> {
  try {
    const answer = await fetch(requirePublicAddress(parcel.endpoint, allowPrivate), {
      method: "POST",
      redirect: "manual",
      headers: {
        authorization: parcel.authorization,
        topic: parcel.topic,
        ttl: String(keepSeconds),
        urgency: "high",
        "content-encoding": "aes128gcm",
        "content-type": "application/octet-stream",
      },
      body: parcel.body,
      signal: AbortSignal.timeout(timeoutMs),
    });
    await answer.body?.cancel();
    return deliveryOf(answer.status);
  } catch {
    return "failed";
  }
}

function deliveryOf(status: number): Delivery {
  if (status >= 200 && status < 300) return "delivered";
  if (status === 404 || status === 410) return "gone";
  return status === 429 || status >= 500 ? "failed" : "refused";
}
