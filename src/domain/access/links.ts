import { limits } from "../../protocol/limits.ts";
import { hasHash, keyedHash } from "./secrets.ts";

/** A file that whoever has the link may fetch. */
export interface FileLink {
  application: string;
  conversation: string;
  attachment: string;
  /** The small picture beside it. */
  isPreview: boolean;
  /** Bytes. */
  size: number;
  /** Seconds since 1970. */
  expires: number;
}

const id = "[0-9a-hjkmnp-tv-z]{26}";
const shape = new RegExp(
  `^((${id})\\.(${id})\\.(${id})(-preview)?\\.([0-9a-z]{1,10})\\.([0-9a-z]{1,8}))\\.([\\w-]{43})$`,
);

/** Links made within a minute are the same, so that a browser finds the picture in its cache. */
const sameSeconds = 60;

/** When a link made now ends, in seconds. */
export const linkExpiry = (now: number): number =>
  Math.floor(now / 1000 / sameSeconds) * sameSeconds + limits.linkSeconds;

/** The link as one part of a path. It needs nothing else: whoever has it is let in until it ends. */
export async function signLink(secret: string, link: FileLink): Promise<string> {
  const { application, conversation, attachment, isPreview, size, expires } = link;
  const file = `${attachment}${isPreview ? "-preview" : ""}`;
  const signed = [application, conversation, file, size.toString(36), expires.toString(36)].join(".");
  const hash = await keyedHash(secret, "file link", signed);
  return `${signed}.${hash.replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "")}`;
}

/** What a link says; undefined when it is not one of this server's, or its time is over. */
export async function readLink(secret: string, text: string, now: number): Promise<FileLink | undefined> {
  const parts = shape.exec(text);
  if (!parts || secret === "") return undefined;
  const [, signed = "", application = "", conversation = "", attachment = "", preview, ...rest] = parts;
  const [size = "", expires = "", hash = ""] = rest;
  if (!(await hasHash(secret, "file link", signed, hash.replaceAll("-", "+").replaceAll("_", "/")))) return undefined;
  const link = {
    application,
    conversation,
    attachment,
    isPreview: preview !== undefined,
    size: Number.parseInt(size, 36),
    expires: Number.parseInt(expires, 36),
  };
  return link.expires * 1000 > now ? link : undefined;
}
