/** The part of OpenAPI 3.1 that the page shows. */
export interface Schema {
  $ref?: string;
  type?: string | string[];
  description?: string;
  properties?: Record<string, Schema>;
  required?: string[];
  items?: Schema;
  enum?: unknown[];
  const?: unknown;
  anyOf?: Schema[];
  oneOf?: Schema[];
  format?: string;
  pattern?: string;
  minimum?: number;
  maximum?: number;
  minLength?: number;
  maxLength?: number;
  minItems?: number;
  maxItems?: number;
  default?: unknown;
  examples?: unknown[];
  additionalProperties?: boolean | Schema;
}

export interface Parameter {
  name: string;
  in: string;
  required?: boolean;
  description?: string;
  schema?: Schema;
}

interface Content {
  content?: Record<string, { schema?: Schema }>;
}

export interface Operation {
  operationId: string;
  summary: string;
  description?: string;
  tags: string[];
  parameters?: Parameter[];
  requestBody?: Content;
  responses: Record<string, Content & { description: string }>;
  security?: unknown[];
}

export interface Document {
  info: { title: string; version: string; description: string };
  tags: { name: string; description: string }[];
  paths: Record<string, Record<string, Operation>>;
  components: { schemas: Record<string, Schema> };
}

/** One operation with where it is. */
export interface Entry {
  method: string;
  path: string;
  operation: Operation;
}

/** Operations by tag, in the order of the document. */
export function entriesByTag({ paths, tags }: Document): { tag: string; description: string; entries: Entry[] }[] {
  const entries = Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({ method: method.toUpperCase(), path, operation })),
  );
  return tags
    .map(({ name, description }) => ({
      tag: name,
      description,
      entries: entries.filter(({ operation }) => operation.tags.includes(name)),
    }))
    .filter((group) => group.entries.length > 0);
}

export const nameOf = (schema: Schema): string | undefined => schema.$ref?.split("/").pop();

export const schemaOf = (content: Content | undefined): Schema | undefined =>
  Object.values(content?.content ?? {})[0]?.schema;

/** Limits and format of a value, in words. */
export function boundsOf(schema: Schema): string {
  const parts = [
    schema.format,
    schema.minLength !== undefined && schema.minLength > 0 && `at least ${schema.minLength} characters`,
    schema.maxLength !== undefined && `at most ${schema.maxLength.toLocaleString("en")} characters`,
    schema.minItems !== undefined && `at least ${schema.minItems}`,
    schema.maxItems !== undefined && `at most ${schema.maxItems.toLocaleString("en")} entries`,
    schema.minimum !== undefined && `from ${schema.minimum}`,
    schema.maximum !== undefined &&
      schema.maximum < Number.MAX_SAFE_INTEGER &&
      `to ${schema.maximum.toLocaleString("en")}`,
    schema.default !== undefined && `default ${JSON.stringify(schema.default)}`,
  ];
  return parts.filter(Boolean).join(", ");
}

/** A value that fits the schema, for an example request. */
export function exampleOf(schema: Schema | undefined, document: Document, depth = 0): unknown {
  if (!schema || depth > 4) return null;
  const name = nameOf(schema);
  if (name !== undefined) return exampleOf(document.components.schemas[name], document, depth + 1);
  if (schema.examples?.length) return schema.examples[0];
  if (schema.const !== undefined) return schema.const;
  if (schema.enum) return schema.enum[0];
  const alternative = (schema.anyOf ?? schema.oneOf)?.find((one) => one.type !== "null");
  if (alternative) return exampleOf(alternative, document, depth + 1);
  if (schema.type === "object") {
    const wanted = schema.required?.length ? schema.required : Object.keys(schema.properties ?? {}).slice(0, 3);
    return Object.fromEntries(wanted.map((key) => [key, exampleOf(schema.properties?.[key], document, depth + 1)]));
  }
  if (schema.type === "array") return [exampleOf(schema.items, document, depth + 1)];
  if (schema.type === "integer" || schema.type === "number") return schema.minimum ?? 1;
  if (schema.type === "boolean") return true;
  return schema.type === "string" ? "…" : null;
}
