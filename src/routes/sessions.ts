import { type Context, Hono } from "hono";
import { bodyLimit } from "hono/body-limit";
import { deleteCookie, getCookie, setCookie } from "hono/cookie";
import { tellOfDevices } from "../../durable-objects/devices.ts";
import { inboxOf } from "../../durable-objects/stubs.ts";
import { endSession, isSignedIn, keep, spend, tokenOfSession } from "../domain/access/sessions.ts";
import { isUserToken } from "../domain/access/tokens.ts";
import type { UserCaller } from "../protocol/actors.ts";
import { isId } from "../protocol/ids.ts";
import { limits } from "../protocol/limits.ts";
import { Problem } from "../protocol/problems.ts";
import { type Session, SessionCode, SignIn, Ticket } from "../protocol/sessions.ts";
import { sessionCookie } from "../protocol/wire.ts";
import { directoryOf } from "../storage/directory/database.ts";
import { forgetSubscriptionsOfSession } from "../storage/directory/push-subscriptions.ts";
import { trustedApplication } from "../storage/directory/trusted.ts";
import { callerWith, identified } from "./credentials.ts";
import { checked, described } from "./described.ts";
import type { Door } from "./door.ts";
import { requireOwnPage, sessionNamed } from "./presented.ts";
import { encryptedOnly } from "./transport.ts";

/** What stands for a token where a page should not hold one: the code that signs in, the ticket that opens a socket. */
export const sessionCodes = new Hono<Door>()
  .use("/session-codes", identified)
  .use("/tickets", identified)
  .post(
    "/session-codes",
    described({
      id: "createSessionCode",
      summary: "Make a one-use code that signs a browser in to the site",
      text: `Asked by the application's server with the user token that it vouches for the person with. The code is good for ${limits.sessionCodeSeconds} seconds and once; hand it over in the fragment of the site's address, \`/#code=…&application=…\`, where no log sees it. The session ends with the token.`,
      tag: "sessions",
      answers: { 201: SessionCode },
      problems: ["forbidden"],
    }),
    async (c) => {
      const { caller, token } = c.var;
      // A session must not make others out of itself, and an application's own token is no person.
      if (caller.kind !== "user" || !isUserToken(token) || !c.req.header("authorization"))
        throw new Problem("forbidden", "A code is made with a user token in Authorization");
      const { secret, expires } = await keep(c.env, "code", token, ownerOf(caller), Date.now());
      return c.json({ code: secret, application: caller.application, expires: new Date(expires).toISOString() }, 201);
    },
  )
  .post(
    "/tickets",
    described({
      id: "createTicket",
      summary: "Make a one-use ticket that opens one socket",
      text: `A page that is signed in by a session holds no token, and no socket is opened by a cookie. The ticket is good for ${limits.ticketSeconds} seconds and once; it goes into a second subprotocol, \`ticket.\` and the ticket.`,
      tag: "sessions",
      answers: { 201: Ticket },
      problems: ["forbidden"],
    }),
    async (c) => {
      const { caller, token } = c.var;
      if (caller.kind !== "user") throw new Problem("forbidden", "A ticket is for a user's socket");
      const session = sessionNamed(c);
      if (session && !(await isSignedIn(c.env, session.secret)))
        throw new Problem("unauthenticated", "The session has ended");
      const { secret, expires } = await keep(c.env, "ticket", token, ownerOf(caller), Date.now());
      return c.json({ ticket: secret, expires: new Date(expires).toISOString() }, 201);
    },
  );

const ownerOf = ({ application, user, expiresAt }: UserCaller) => ({ application, user, expires: expiresAt * 1000 });

/** The site's session: outside the API, for the server's own pages only. */
export const session = new Hono<Door>()
  .use(encryptedOnly)
  .use(async (c, next) => {
    c.header("cache-control", "private, no-store");
    const { success } = await c.env.CALLER_LIMIT.limit({ key: `session:${c.req.header("cf-connecting-ip") ?? ""}` });
    if (!success) throw new Problem("limit_exceeded", "Too many requests of one caller", { retryAfterSeconds: 10 });
    requireOwnPage(c);
    await next();
  })
  .use(bodyLimit({ maxSize: limits.token, onError: tooLong }))
  .post("/", checked("json", SignIn), async (c) => {
    const token = await spend(c.env, "code", c.req.valid("json").code, Date.now());
    if (!token)
      throw new Problem("unauthenticated", "The code was used before, or has run out", {
        nextStep: "Open Beseda from your application again.",
      });
    const caller = await userWith(c, token);
    const now = Date.now();
    const { secret, expires } = await keep(c.env, "session", token, ownerOf(caller), now);
    const former = getCookie(c, sessionCookie(caller.application));
    if (former) await end(c, former);
    setCookie(c, sessionCookie(caller.application), secret, {
      path: "/",
      secure: true,
      httpOnly: true,
      sameSite: "Strict",
      maxAge: Math.floor((expires - now) / 1000),
    });
    return c.json(sessionOf(caller), 201);
  })
  .get("/", async (c) => {
    const { application, secret } = cookieOf(c);
    const token = secret && (await tokenOfSession(c.env, { application, secret }, Date.now()));
    if (!token) throw new Problem("unauthenticated", "Nobody is signed in to this application here");
    return c.json(sessionOf(await userWith(c, token)));
  })
  .delete("/", async (c) => {
    const { application, secret } = cookieOf(c);
    if (secret) await end(c, secret);
    deleteCookie(c, sessionCookie(application), { path: "/", secure: true });
    return c.body(null, 204);
  });

/**
 * Ends a session. The user's sockets are closed, those of other sessions and tokens too: these come back at once, and this
 * one cannot.
 */
async function end(c: Context<Door>, secret: string): Promise<void> {
  const session = await endSession(c.env, secret);
  const application = session && (await trustedApplication(c.env, session.application));
  if (!application) return;
  const place = { application: application.id, shards: application.shards };
  await forgetSubscriptionsOfSession(directoryOf(c.env, application.id), session.user, session.hash);
  await tellOfDevices(c.env, place, session.user);
  await inboxOf(c.env, place, session.user).hangUp(session.user);
}

function tooLong(): never {
  throw new Problem("limit_exceeded", `A request has at most ${limits.token} bytes`);
}

function cookieOf(c: Context<Door>) {
  const application = c.req.query("application") ?? "";
  if (!isId(application))
    throw new Problem("validation", "application must be the id of an application", { field: "application" });
  return { application, secret: getCookie(c, sessionCookie(application)) };
}

async function userWith(c: Context<Door>, token: string): Promise<UserCaller> {
  const caller = await callerWith(c, token, false);
  if (caller.kind === "user") return caller;
  throw new Problem("unauthenticated", "This session speaks for no user");
}

const sessionOf = ({ application, user, expiresAt }: UserCaller): Session => ({
  application,
  user,
  expires: new Date(expiresAt * 1000).toISOString(),
});
