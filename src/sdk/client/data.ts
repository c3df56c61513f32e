import type { Json } from "../../protocol/json.ts";

/** A UUID inside message data, told apart from an ordinary string. */
export class Uuid {
  readonly value: string;
  constructor(value: string) {
    this.value = value.toLowerCase();
  }
  toString(): string {
    return this.value;
  }
}

/** The id of a user inside message data. */
export class UserId {
  readonly value: string;
  constructor(value: string) {
    this.value = value;
  }
  toString(): string {
    return this.value;
  }
}

/** A picture inside message data. */
export class Picture {
  readonly contentType: string;
  readonly bytes: Uint8Array;
  constructor(contentType: string, bytes: Uint8Array) {
    this.contentType = contentType;
    this.bytes = bytes;
  }
}

/** A string with the MIME type of what it contains. */
export class FormattedData {
  readonly value: string;
  readonly format: string;
  constructor(value: string, format: string) {
    this.value = value;
    this.format = format;
  }
}

/** Everything that message data can carry. */
export type DataValue =
  | null
  | boolean
  | number
  | string
  | Date
  | Uuid
  | UserId
  | Picture
  | FormattedData
  | Uint8Array
  | DataValue[]
  | Map<DataValue, DataValue>
  | { [key: string]: DataValue };

const toBase64 = (bytes: Uint8Array): string => {
  let binary = "";
  for (let i = 0; i < bytes.length; i += 0x8000) binary += String.fromCharCode(...bytes.subarray(i, i + 0x8000));
  return btoa(binary);
};
const fromBase64 = (text: string): Uint8Array => Uint8Array.from(atob(text), (c) => c.charCodeAt(0));

/**
 * The JSON that carries a value with its types.
 * @example encodeData({ command: "restart", at: new Date() }) // { command: "restart", at: { $date: "…" } }
 * @throws TypeError for a value that cannot be carried, such as a function
 */
export function encodeData(value: DataValue): Json {
  if (value === null || typeof value === "boolean" || typeof value === "string") return value;
  if (typeof value === "number") {
    if (!Number.isFinite(value)) throw new TypeError("Message data cannot carry infinite numbers");
    return value;
  }
  if (value instanceof Date) return { $date: value.toISOString() };
  if (value instanceof Uuid) return { $uuid: value.value };
  if (value instanceof UserId) return { $user: value.value };
  if (value instanceof Uint8Array) return { $binary: toBase64(value) };
  if (value instanceof Picture) return { $picture: { contentType: value.contentType, base64: toBase64(value.bytes) } };
  if (value instanceof FormattedData) return { $string: { value: value.value, format: value.format } };
  if (value instanceof Map) return { $map: [...value].map(([key, item]) => [encodeData(key), encodeData(item)]) };
  if (Array.isArray(value)) return value.map(encodeData);
  if (typeof value !== "object" || ![Object.prototype, null].includes(Object.getPrototypeOf(value) as object)) {
    throw new TypeError(
      `Message data cannot carry a ${typeof value === "object" ? value.constructor.name : typeof value}`,
    );
  }
  return Object.fromEntries(
    Object.entries(value)
      .filter(([, item]) => item !== undefined)
      .map(([key, item]) => [key.startsWith("$") ? `$${key}` : key, encodeData(item)]),
  );
}

/** The value that {@link encodeData} made the JSON from. */
export function decodeData(json: Json): DataValue {
  if (json === null || typeof json !== "object") return json;
  if (Array.isArray(json)) return json.map(decodeData);
  const entries = Object.entries(json);
  const [tag, tagged] = entries[0] ?? [];
  if (entries.length === 1 && tag?.startsWith("$") && !tag.startsWith("$$")) return decodeTagged(tag, tagged as Json);
  return Object.fromEntries(
    entries.map(([key, item]) => [key.startsWith("$$") ? key.slice(1) : key, decodeData(item)]),
  );
}

function decodeTagged(tag: string, value: Json): DataValue {
  const record = value as Record<string, string>;
  switch (tag) {
    case "$date":
      return new Date(value as string);
    case "$uuid":
      return new Uuid(value as string);
    case "$user":
      return new UserId(value as string);
    case "$binary":
      return fromBase64(value as string);
    case "$picture":
      return new Picture(record.contentType ?? "", fromBase64(record.base64 ?? ""));
    case "$string":
      return new FormattedData(record.value ?? "", record.format ?? "");
    case "$map":
      return new Map((value as [Json, Json][]).map(([key, item]) => [decodeData(key), decodeData(item)]));
    default:
      return { [tag]: decodeData(value) };
  }
}
