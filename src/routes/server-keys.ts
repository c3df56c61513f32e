import { Hono } from "hono";
import { isId } from "../protocol/ids.ts";
import { Problem } from "../protocol/problems.ts";
import { KeySet } from "../protocol/registration.ts";
import { trustedApplication } from "../storage/directory/trusted.ts";
import { described } from "./described.ts";
import type { Door } from "./door.ts";

/** Public halves of the keys with which the server signs what it sends to an application (REG-3). */
export const serverKeys = new Hono<Door>().get(
  "/applications/:application/server-keys",
  described({
    id: "getServerKeys",
    summary: "The server's public keys for one application",
    text: "A JSON Web Key Set (RFC 7517). What the server sends to this application is signed with one of them.",
    tag: "application",
    answers: { 200: KeySet },
    problems: ["not_found"],
    isOpen: true,
  }),
  async (c) => {
    const id = c.req.param("application");
    const application = isId(id) ? await trustedApplication(c.env, id) : undefined;
    if (application?.state !== "registered") throw new Problem("not_found", "There is no such application");
    const { kty, crv, x, kid } = application.serverKey;
    return c.json({ keys: [{ kty, crv, x, kid, alg: "EdDSA" as const, use: "sig" as const }] });
  },
);
