/**
 * Everything that can go wrong, with its HTTP status, its title and what the caller can do about it.
 * A problem travels as RFC 9457 `application/problem+json`; `code` is stable, the sentences are for people.
 */
export const problems = {
  validation: [400, "The request is not valid", "Correct the named field and send the request again."],
  unauthenticated: [401, "The caller is not known", "Send a valid bearer token made with a registered key."],
  forbidden: [403, "The caller may not do this", "Ask for the right that the detail names."],
  user_blocked: [403, "The user is blocked", "Unblock the user or leave them out."],
  not_found: [404, "There is no such object for this caller", "Check the id and the caller's access."],
  conflict: [409, "This contradicts what is stored", "Read the object again and decide on its current state."],
  not_registered: [409, "The application is not registered", "Register the application, then repeat the call."],
  limit_exceeded: [413, "A limit is exceeded", "Send less, or wait for the time in Retry-After."],
  not_supported: [422, "This object does not support the operation", "Use an operation that its kind offers."],
  internal: [500, "The server failed", "Repeat the request; if it fails again, report the id in the detail."],
  unavailable: [503, "The server is busy", "Repeat the request after the time in Retry-After."],
} as const satisfies Record<string, readonly [status: number, title: string, nextStep: string]>;

export type ProblemCode = keyof typeof problems;

export interface ProblemOptions {
  /** Dotted path of the offending field, for example `members.3`. */
  field?: string;
  /** Seconds to wait; turns `limit_exceeded` into status 429. */
  retryAfterSeconds?: number;
  /** What the caller can do, when it is more precise than the code's own sentence. */
  nextStep?: string;
}

/** The body of every error answer. */
export interface ProblemDocument extends ProblemOptions {
  type: string;
  title: string;
  status: number;
  code: ProblemCode;
  detail: string;
  nextStep: string;
}

/**
 * The one error class. Recognise it with {@link problemOf}: it may have crossed an object's door, where `instanceof` is lost.
 * @example throw new Problem("not_found", "No conversation with this key");
 */
export class Problem extends Error {
  override readonly name = "Problem";
  readonly code: ProblemCode;
  readonly options: ProblemOptions;

  constructor(code: ProblemCode, detail: string, options: ProblemOptions = {}) {
    super(detail);
    this.code = code;
    this.options = options;
  }

  /** The document that a client receives. */
  toDocument(): ProblemDocument {
    const [status, title, nextStep] = problems[this.code];
    return {
      type: `https://beseda.dev/problems/${this.code}`,
      title,
      status: this.options.retryAfterSeconds && this.code === "limit_exceeded" ? 429 : status,
      code: this.code,
      detail: this.message,
      nextStep,
      ...this.options,
    };
  }
}

/** The problem behind a thrown value, or undefined when it is a failure of ours. */
export function problemOf(error: unknown): Problem | undefined {
  if (error instanceof Problem) return error;
  if (typeof error !== "object" || error === null || !("code" in error)) return undefined;
  const { code, message, detail, options } = error as Record<string, unknown>;
  if (typeof code !== "string" || !(code in problems)) return undefined;
  const text = typeof detail === "string" ? detail : typeof message === "string" ? message : "";
  return new Problem(code as ProblemCode, text, (options ?? error) as ProblemOptions);
}
