import * as v from "valibot";
import { idShape, uuidShape } from "./wire.ts";

/** Crockford's alphabet in lower case: no i, l, o, u, so an id survives being read aloud and never spells a word. */
const alphabet = "0123456789abcdefghjkmnpqrstvwxyz";

/** A random 128-bit id as 26 characters, safe in URLs, file names and double-click selection. */
export function newId(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  let id = "";
  let bits = 0;
  let held = 0;
  for (const byte of bytes) {
    held = (held << 8) | byte;
    bits += 8;
    while (bits >= 5) {
      bits -= 5;
      id += alphabet[(held >> bits) & 31];
    }
  }
  return id + alphabet[(held << (5 - bits)) & 31];
}

export const isId = (value: string): boolean => idShape.test(value);

export const Id = v.pipe(v.string(), v.regex(idShape, "must be an id: 26 characters"), v.metadata({ ref: "Id" }));

/** UUID of an application's own user; compared in lower case. */
export const Uuid = v.pipe(v.string(), v.regex(uuidShape, "must be a UUID"), v.toLowerCase());

/** A message's id is its conversation's id and its event number: unique in the whole system (MSG-10). */
export const messageId = (conversation: string, n: number): string => `${conversation}.${n}`;

export const MessageId = v.pipe(
  v.string(),
  v.regex(/^[0-9a-hjkmnp-tv-z]{26}\.[1-9][0-9]{0,15}$/, "must be a message id: conversation id, dot, number"),
  v.metadata({ ref: "MessageId" }),
);

/** The two parts of a message id, or undefined when it is not one. */
export function partsOfMessageId(id: string): { conversation: string; n: number } | undefined {
  if (!v.is(MessageId, id)) return undefined;
  return { conversation: id.slice(0, 26), n: Number(id.slice(27)) };
}
