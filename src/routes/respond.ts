import type { Context } from "hono";
import { HTTPException } from "hono/http-exception";
import { newId } from "../protocol/ids.ts";
import { Problem, problemOf } from "../protocol/problems.ts";

/** Answers with JSON that an object has encoded already. */
export const encoded = (c: Context, json: string, status: 200 | 201 = 200): Response =>
  c.body(json, status, { "content-type": "application/json" });

/** Every error as a problem document. What is no problem of the caller is logged under an id that the caller can report. */
export function respondToError(error: unknown, c: Context): Response {
  const problem = problemOf(error) ?? malformed(error) ?? busy(error) ?? unknown(error);
  const document = problem.toDocument();
  if (document.retryAfterSeconds !== undefined) c.header("retry-after", String(document.retryAfterSeconds));
  return c.body(JSON.stringify(document), document.status as 500, { "content-type": "application/problem+json" });
}

/** The router's word for a body that cannot be read. */
const malformed = (error: unknown): Problem | undefined =>
  error instanceof HTTPException && error.status === 400 ? new Problem("validation", error.message) : undefined;

/** The platform's word for an object or database with too much to do. */
const busy = (error: unknown): Problem | undefined =>
  error instanceof Error && ("overloaded" in error || /overloaded|too many requests queued/i.test(error.message))
    ? new Problem("unavailable", "The server is busy", { retryAfterSeconds: 1 })
    : undefined;

function unknown(error: unknown): Problem {
  const id = newId();
  console.error("Failure", id, error);
  return new Problem("internal", `The server failed; the failure is logged under ${id}`);
}

export const notFound = (c: Context): Response =>
  respondToError(new Problem("not_found", `There is nothing at ${c.req.path}`), c);
