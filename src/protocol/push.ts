import * as v from "valibot";
import { limits } from "./limits.ts";

const base64Url = (characters: number) =>
  v.pipe(
    v.string(),
    v.regex(/^[\w-]+$/, "must be base64url without padding"),
    v.length(characters, `must have ${characters} characters`),
  );

/** A device as its own page names it: a random word that it keeps. */
export const DevicePath = v.strictObject({
  device: v.pipe(v.string(), v.regex(/^[\w-]{1,64}$/, "must be 1 to 64 letters, digits, - or _")),
});

/** Where a device takes push messages, as its browser says: `PushSubscription.toJSON()` without the time of expiry. */
export const PushSubscription = v.pipe(
  v.strictObject({
    endpoint: v.pipe(v.string(), v.url("must be an address"), v.maxLength(limits.pushEndpoint)),
    keys: v.strictObject({
      /** The device's public key: a point of P-256, uncompressed. */
      p256dh: base64Url(87),
      auth: base64Url(22),
    }),
  }),
  v.metadata({ ref: "PushSubscription" }),
);
export type PushSubscription = v.InferOutput<typeof PushSubscription>;

/** What a push message says, once the device has opened it. */
export interface PushNews {
  /** Whom it is for: a device that somebody else uses by now shows nothing. */
  application: string;
  user: string;
  conversation: string;
  /** Number and ordinal of the newest message that the user has not read. */
  n: number;
  m: number;
  /** Title of a group; empty for a talk between two. With `sender` and `text` absent when the operator keeps content back. */
  title?: string;
  sender?: string;
  text?: string;
}

/** Who is to be told of a conversation on a device, and of what: the newest message after an ordinal, or one that names them. */
export interface Missing {
  user: string;
  after: number;
  /** Number of the message that addresses the user, who does not watch. */
  message?: number;
}
