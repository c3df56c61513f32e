import { expect, test } from "vitest";
import { v1 } from "../../../src/routes/api.ts";
import { call } from "../../support/workers/door.ts";

interface Operation {
  operationId?: string;
  summary?: string;
  tags?: string[];
  responses: Record<string, { content?: Record<string, unknown> }>;
}

interface Document {
  paths: Record<string, Record<string, Operation>>;
  tags: { name: string }[];
}

/** `GET /users/{user}` for every handler; what stands before all of them is no route. */
const routes = [
  ...new Set(
    v1.routes
      .filter(({ method }) => method !== "ALL")
      .map(({ method, path }) => `${method} ${path.replace(/:(\w+)/g, "{$1}")}`),
  ),
];

async function readOperations() {
  const { body } = await call("GET", "/openapi.json");
  const { paths, tags } = body as Document;
  const operations = Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({ name: `${method.toUpperCase()} ${path}`, operation })),
  );
  return { operations, tags: tags.map(({ name }) => name) };
}

test("every route stands in the OpenAPI document, and nothing else does", async () => {
  const { operations } = await readOperations();
  expect(operations.map(({ name }) => name).sort()).toEqual([...routes].sort());
});

test("every operation has a name of its own, a summary and a tag that is explained", async () => {
  const { operations, tags } = await readOperations();
  const ids = operations.map(({ operation }) => operation.operationId);
  expect(new Set(ids).size).toBe(routes.length);
  expect(ids).not.toContain(undefined);
  for (const { name, operation } of operations) {
    expect(operation.summary, name).toMatch(/^\S.{5,}/);
    expect(tags, name).toContain(operation.tags?.[0]);
  }
});

test("every operation tells how it fails, and every failure is a problem document", async () => {
  const { operations } = await readOperations();
  for (const { name, operation } of operations) {
    const failures = Object.entries(operation.responses).filter(([status]) => Number(status) >= 400);
    expect(
      failures.map(([status]) => status),
      name,
    ).toContain("500");
    for (const [status, { content }] of failures)
      expect(Object.keys(content ?? {}), `${name} ${status}`).toEqual(["application/problem+json"]);
  }
});
