import type { ValidationTargets } from "hono";
import { type DescribeRouteOptions, describeRoute, resolver, validator } from "hono-openapi";
import * as v from "valibot";
import { Problem, type ProblemCode, problems } from "../protocol/problems.ts";
import { problemOfIssues } from "../protocol/validated.ts";

const ProblemSchema = v.pipe(
  v.object({
    type: v.string(),
    title: v.string(),
    status: v.number(),
    code: v.picklist(Object.keys(problems) as ProblemCode[]),
    detail: v.string(),
    nextStep: v.string(),
    field: v.optional(v.string()),
    retryAfterSeconds: v.optional(v.number()),
  }),
  v.metadata({ ref: "Problem" }),
);

export interface Description {
  /** Name of the operation, the same in every client made from the document. */
  id: string;
  summary: string;
  /** More than the summary says: rights, repeats, what changes. */
  text?: string;
  tag: string;
  /** Success statuses with their schema; null = no body. */
  answers: Partial<Record<200 | 201 | 202 | 204, v.GenericSchema | null>>;
  problems?: ProblemCode[];
  /** Open to anybody, without a credential. */
  isOpen?: boolean;
  /** Answers with a WebSocket. */
  isSocket?: boolean;
  /** The body of the request is a file, of any type. */
  takesFile?: boolean;
}

/** Puts a route into the OpenAPI document, with the same schemas that validate it. */
export function described({
  id,
  summary,
  text,
  tag,
  answers,
  problems: codes = [],
  isOpen = false,
  isSocket = false,
  takesFile = false,
}: Description) {
  const responses: NonNullable<DescribeRouteOptions["responses"]> = {};
  for (const [status, schema] of Object.entries(answers)) {
    responses[status] = {
      description: summary,
      ...(schema && { content: { "application/json": { schema: resolver(schema, outputOptions) } } }),
    };
  }
  if (isSocket)
    responses["101"] = {
      description: "The connection is a WebSocket from here on; frames are described in the guide.",
    };
  const always: ProblemCode[] = isOpen
    ? ["limit_exceeded", "internal"]
    : ["unauthenticated", "user_blocked", "not_registered", "limit_exceeded", "internal"];
  for (const [status, names] of byStatus([...codes, ...always])) {
    responses[status] = {
      description: names.join(", "),
      content: { "application/problem+json": { schema: resolver(ProblemSchema, outputOptions) } },
    };
  }
  return describeRoute({
    operationId: id,
    summary,
    ...(text !== undefined && { description: text }),
    tags: [tag],
    ...(isOpen ? { security: [] } : {}),
    ...(takesFile && { requestBody: fileBody }),
    responses,
  });
}

const fileBody: NonNullable<DescribeRouteOptions["requestBody"]> = {
  required: true,
  content: { "*/*": { schema: { type: "string", format: "binary" } } },
};

const outputOptions = { errorMode: "ignore", typeMode: "output" } as const;
const inputOptions = { errorMode: "ignore", typeMode: "input" } as const;

function byStatus(codes: readonly ProblemCode[]): Map<string, ProblemCode[]> {
  const statuses = new Map<string, ProblemCode[]>();
  for (const code of new Set(codes)) {
    const status = String(problems[code][0]);
    statuses.set(status, [...(statuses.get(status) ?? []), code]);
  }
  return statuses;
}

const isJson = (contentType = ""): boolean => /^application\/(?:[\w.-]+\+)?json\s*(?:;|$)/i.test(contentType.trim());

/** Checks one part of a request against a schema, which is the one the document shows. */
export const checked = <Schema extends v.GenericSchema, Target extends keyof ValidationTargets>(
  target: Target,
  schema: Schema,
) =>
  validator(
    target,
    schema,
    (result, c) => {
      // A body of another type would count as empty, a list as an object without fields: both may be valid.
      if (target === "json" && (!isJson(c.req.header("content-type")) || Array.isArray(result.data)))
        throw new Problem("validation", "The body must be a JSON object", {
          nextStep: "Send JSON, with content-type application/json.",
        });
      if (!result.success) throw problemOfIssues(result.error as unknown as Parameters<typeof problemOfIssues>[0]);
    },
    { options: inputOptions } as never,
  );
