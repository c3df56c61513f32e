import { createMiddleware } from "hono/factory";
import { Problem } from "../protocol/problems.ts";

const local = /^(?:localhost|.+\.localhost|127\.0\.0\.1|\[::1\])$/;

/**
 * Turns every request away that came in clear, WebSockets included, unless it stays on the machine (REG-41). It stands
 * before the answer to a browser's preflight, so that a page never gets to send its token.
 * @throws Problem `forbidden`
 */
export const encryptedOnly = createMiddleware(async (c, next) => {
  const { protocol, hostname } = new URL(c.req.url);
  if (protocol !== "https:" && !local.test(hostname))
    throw new Problem("forbidden", "This server is reached through TLS only", {
      nextStep: "Connect with https:// or wss://, and replace a token that was sent in clear.",
    });
  await next();
});
