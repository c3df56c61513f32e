import { isId } from "./ids.ts";
import type { Json } from "./json.ts";
import { limits } from "./limits.ts";

/**
 * A message's data is JSON whose values keep their type (MSG-13, SUB-19). What JSON cannot say is an object with one tag:
 *
 * | tag | value |
 * |---|---|
 * | `{ "$date": "2026-11-24T09:00:00.000Z" }` | moment |
 * | `{ "$uuid": "…" }` | UUID |
 * | `{ "$user": "…" }` | id of a user |
 * | `{ "$map": [[key, value], …] }` | map with keys of any type |
 * | `{ "$binary": "base64" }` | binary data |
 * | `{ "$picture": { "contentType": "image/png", "base64": "…" } }` | picture |
 * | `{ "$string": { "value": "…", "format": "text/csv" } }` | string with its MIME type |
 *
 * A key of the caller's own that begins with `$` is written with one more `$`.
 */
const base64 = /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/;
const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;
const mime = /^[a-z0-9][a-z0-9!#$&^_.+-]{0,126}\/[a-z0-9][a-z0-9!#$&^_.+-]{0,126}(?:;.{1,128})?$/i;
const isoDate = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\.\d{3}Z$/;

const isText = (value: unknown): value is string => typeof value === "string" && value.isWellFormed();
const matches = (pattern: RegExp) => (value: unknown) => typeof value === "string" && pattern.test(value);
const record = (value: unknown, ...keys: string[]): Record<string, unknown> | undefined =>
  typeof value === "object" &&
  value !== null &&
  !Array.isArray(value) &&
  Object.keys(value).sort().join() === keys.join()
    ? (value as Record<string, unknown>)
    : undefined;

const tags: Record<string, (value: unknown) => boolean> = {
  $date: (value) => matches(isoDate)(value) && !Number.isNaN(Date.parse(value as string)),
  $uuid: matches(uuid),
  $user: (value) => typeof value === "string" && isId(value),
  $map: (value) => Array.isArray(value) && value.every((pair) => Array.isArray(pair) && pair.length === 2),
  $binary: matches(base64),
  $picture: (value) => {
    const picture = record(value, "base64", "contentType");
    return (
      picture !== undefined && matches(base64)(picture.base64) && matches(/^image\/[a-z0-9.+-]+$/i)(picture.contentType)
    );
  },
  $string: (value) => {
    const string = record(value, "format", "value");
    return string !== undefined && isText(string.value) && isText(string.format) && mime.test(string.format);
  },
};

export const dataTags = Object.keys(tags);

/** Why a value is not message data, as a sentence about `field`; undefined when it is. */
export function whyNotData(value: unknown, depth = 0): string | undefined {
  if (depth > limits.messageDataDepth) return `must be at most ${limits.messageDataDepth} levels deep`;
  if (value === null || typeof value === "boolean") return undefined;
  if (typeof value === "number") return Number.isFinite(value) ? undefined : "must not contain infinite numbers";
  if (typeof value === "string") return isText(value) ? undefined : "must not contain lone surrogates";
  if (typeof value !== "object") return "must be JSON";
  if (Array.isArray(value)) return firstReason(value, depth);
  const keys = Object.keys(value);
  const tag = keys.find((key) => key.startsWith("$") && !key.startsWith("$$"));
  if (tag === undefined) {
    if (!keys.every(isText)) return "must not contain lone surrogates";
    return firstReason(Object.values(value), depth);
  }
  const check = tags[tag];
  if (!check || keys.length !== 1) return `has the key ${tag}: write $${tag} for a key of your own`;
  const tagged = (value as Record<string, unknown>)[tag];
  if (!check(tagged)) return `has a malformed ${tag}`;
  return tag === "$map" ? firstReason((tagged as unknown[][]).flat(), depth) : undefined;
}

function firstReason(values: unknown[], depth: number): string | undefined {
  for (const value of values) {
    const reason = whyNotData(value, depth + 1);
    if (reason) return reason;
  }
  return undefined;
}

/** Type of checked message data. */
export type Data = Json;
