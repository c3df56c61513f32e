import type { Context } from "hono";
import { getCookie } from "hono/cookie";
import { type NamedSession, spend, tokenOfSession } from "../domain/access/sessions.ts";
import { Problem } from "../protocol/problems.ts";
import { bearerSubprotocol, sessionCookie, sessionHeader, ticketSubprotocol } from "../protocol/wire.ts";
import { configOf } from "../storage/config.ts";
import type { Door } from "./door.ts";

export const subprotocolsOf = (c: Context<Door>): string[] =>
  (c.req.header("sec-websocket-protocol") ?? "").split(",").map((protocol) => protocol.trim());

const startingWith = (prefix: string, protocols: string[]): string | undefined =>
  protocols.find((protocol) => protocol.startsWith(prefix))?.slice(prefix.length);

/**
 * The token that a request is made with: in Authorization, in a subprotocol where a browser can set no header, or kept here
 * under a one-use ticket or the cookie of a session. A bearer token goes first, whatever else is there.
 * @throws Problem `forbidden` when a foreign page may have sent the cookie along
 */
export async function presentedToken(c: Context<Door>): Promise<string | undefined> {
  const protocols = subprotocolsOf(c);
  const bearer =
    /^Bearer +(\S+)$/i.exec(c.req.header("authorization") ?? "")?.[1] ?? startingWith(bearerSubprotocol, protocols);
  if (bearer) return bearer;
  const ticket = startingWith(ticketSubprotocol, protocols);
  if (ticket && c.req.header("upgrade")) return spend(c.env, "ticket", ticket, Date.now());
  const session = sessionNamed(c);
  if (!session) return undefined;
  requireOwnPage(c);
  return tokenOfSession(c.env, session, Date.now());
}

/** The session that a request names and brings the cookie of, unless it brings something better. */
export function sessionNamed(c: Context<Door>): NamedSession | undefined {
  const header = c.req.header(sessionHeader);
  // A browser sends cookies along with every socket, from every page: none is opened by a cookie.
  if (header === undefined || c.req.header("authorization") || c.req.header("upgrade")) return undefined;
  const [application = "", user = ""] = header.split(".");
  const secret = getCookie(c, sessionCookie(application));
  return secret === undefined ? undefined : { application, user, secret };
}

/**
 * What a cookie allows only the server's own pages may ask for. A browser names the page's origin whenever something is to
 * change; where it names none, it says at least that the page is of the same origin.
 * @throws Problem `forbidden`
 */
export function requireOwnPage(c: Context<Door>): void {
  const origin = c.req.header("origin");
  const own = [new URL(c.req.url).origin, configOf(c.env).origin || undefined];
  const isRead = c.req.method === "GET" || c.req.method === "HEAD";
  const site = c.req.header("sec-fetch-site");
  const isOwn = origin === undefined ? isRead || site === "same-origin" : own.includes(origin);
  if (isOwn && (site === undefined || site === "same-origin")) return;
  throw new Problem("forbidden", "A session serves the server's own pages only", {
    nextStep: "Call with a bearer token from anywhere else.",
  });
}
