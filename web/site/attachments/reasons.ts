import { isCollaborationError } from "../../../src/sdk/client/index.ts";
import type { Words } from "../words/shape.ts";

/** Why a file could not be uploaded, by the words that say it. */
export type Reason = keyof Words["attachments"]["reasons"];

export function reasonOf(error: unknown): Reason {
  if (!isCollaborationError(error)) return "brokenOff";
  // Only the allowance of a day comes back by itself.
  if (error.code === "limit_exceeded") return error.retryAfterSeconds === undefined ? "tooLarge" : "allowance";
  if (error.code === "not_supported") return "notSupported";
  return error.status === 0 || error.status >= 500 ? "brokenOff" : "refused";
}
