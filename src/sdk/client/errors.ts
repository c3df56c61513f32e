import type { ProblemCode, ProblemDocument } from "../../protocol/problems.ts";

/** A problem document of the server, or as much of one as a failure on this side has. */
export interface Failure extends Partial<Omit<ProblemDocument, "code" | "detail">> {
  code: ProblemCode | "network";
  detail: string;
}

/**
 * What the server answered instead of a result. `code` is stable and meant for programs, the rest for people.
 * @example
 * try { await beseda.getConversation("orders"); }
 * catch (error) { if (isCollaborationError(error, "not_found")) await createIt(); else throw error; }
 */
export class CollaborationError extends Error {
  override readonly name = "CollaborationError";
  /** One of the problem codes of the API, or `network` when no answer came. */
  readonly code: ProblemCode | "network";
  /** HTTP status; 0 when no answer came. */
  readonly status: number;
  /** Dotted path of the offending field. */
  readonly field: string | undefined;
  /** What to do about it. */
  readonly nextStep: string;
  /** Seconds to wait before a repeat. */
  readonly retryAfterSeconds: number | undefined;

  constructor(problem: Failure, cause?: unknown) {
    super(problem.detail, cause === undefined ? undefined : { cause });
    this.code = problem.code;
    this.status = problem.status ?? 0;
    this.field = problem.field;
    this.nextStep = problem.nextStep ?? "Check the connection and try again.";
    this.retryAfterSeconds = problem.retryAfterSeconds;
  }
}

/** Is this an answer of the server, with this code if one is given? */
export const isCollaborationError = (error: unknown, code?: CollaborationError["code"]): error is CollaborationError =>
  error instanceof CollaborationError && (code === undefined || error.code === code);

/** An error that may be gone a moment later: no answer, a busy or failing server, too many requests. */
export const isTransient = (error: unknown): boolean =>
  isCollaborationError(error) && (error.code === "network" || error.status >= 500 || error.status === 429);

/** An answer that another try would get again. */
export const isRefusal = (error: unknown): error is CollaborationError =>
  error instanceof CollaborationError && !isTransient(error);
