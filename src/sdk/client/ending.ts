import type { ProblemCode } from "../../protocol/problems.ts";
import { closeCodes, firstFinalCode } from "../../protocol/wire.ts";
import { CollaborationError } from "./errors.ts";

/** Why a live connection ended for good. */
export interface Ending {
  /** Close code of the WebSocket; 1008 when a new connection was refused. */
  code: number;
  reason: string;
  /** The same as an error: `not_found` after a removal, `user_blocked`, `not_registered`, … */
  error: CollaborationError;
}

/** What the HTTP API would answer after an end with this code. */
const problems: Record<number, ProblemCode> = {
  [closeCodes.blocked.code]: "user_blocked",
  [closeCodes.unregistered.code]: "not_registered",
  [closeCodes.badFrames.code]: "validation",
};

/** The error behind a close code, or undefined when the client may come back. */
export const errorOfClose = (code: number, reason: string): CollaborationError | undefined =>
  code < firstFinalCode ? undefined : new CollaborationError({ code: problems[code] ?? "not_found", detail: reason });

/** Did the server close because of the token? */
export const needsNewToken = (code: number): boolean =>
  code === closeCodes.tokenExpired.code || code === closeCodes.credentialsChanged.code;
