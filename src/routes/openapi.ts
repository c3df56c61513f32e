import type { Hono } from "hono";
import { generateSpecs } from "hono-openapi";
import { version } from "../protocol/server.ts";
import type { Door } from "./door.ts";

const documentation = {
  info: {
    title: "Beseda",
    version,
    description:
      "Conversations for business applications. Every error is an RFC 9457 problem with a stable `code`. Every list is `{ items, cursor }` and takes `count` and `cursor`. Unknown fields are refused.",
  },
  servers: [{ url: "/api/v1" }],
  security: [{ bearer: [] }],
  tags: [
    { name: "server", description: "What the server is." },
    { name: "registration", description: "How an application comes in." },
    { name: "application", description: "The caller's own application." },
    { name: "subscriber", description: "The owner of applications." },
    { name: "sessions", description: "How a browser signs in without holding a token." },
    { name: "users", description: "People." },
    { name: "conversations", description: "Conversations." },
    { name: "members", description: "Who is in a conversation." },
    { name: "messages", description: "Messages." },
    { name: "reactions", description: "What readers leave at messages." },
    { name: "attachments", description: "Files of messages." },
    { name: "notifications", description: "What users hear of and have read." },
    { name: "live", description: "WebSockets." },
  ],
  components: { securitySchemes: { bearer: { type: "http" as const, scheme: "bearer", bearerFormat: "JWT" } } },
};

let document: Promise<unknown> | undefined;

/** The OpenAPI 3.1 description, made once from the schemas that validate. */
export function openapi(routes: Hono<Door>): Promise<unknown> {
  document ??= generateSpecs(routes, {
    documentation,
    excludeStaticFile: false,
    defaultValidationErrorResponse: false,
  } as never);
  return document;
}
