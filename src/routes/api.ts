import { Hono } from "hono";
import { bodyLimit } from "hono/body-limit";
import { cors } from "hono/cors";
import { secureHeaders } from "hono/secure-headers";
import { limits } from "../protocol/limits.ts";
import { Problem } from "../protocol/problems.ts";
import { accessCodeHeader, privilegedHeader } from "../protocol/wire.ts";
import { applications } from "./applications.ts";
import { attachmentPreviews } from "./attachment-previews.ts";
import { attachments, isUpload } from "./attachments.ts";
import { contexts } from "./contexts.ts";
import { conversations } from "./conversations.ts";
import type { Door } from "./door.ts";
import { files } from "./files.ts";
import { linkPreviews } from "./link-previews.ts";
import { live } from "./live.ts";
import { localSignIn } from "./local-sign-in.ts";
import { mailbox } from "./mailbox.ts";
import { members } from "./members.ts";
import { messages } from "./messages.ts";
import { notifications } from "./notifications.ts";
import { openapi } from "./openapi.ts";
import { pushSubscriptions } from "./push.ts";
import { reactions } from "./reactions.ts";
import { readers } from "./readers.ts";
import { registrations } from "./registrations.ts";
import { notFound, respondToError } from "./respond.ts";
import { search } from "./search.ts";
import { server } from "./server.ts";
import { serverKeys } from "./server-keys.ts";
import { session, sessionCodes } from "./sessions.ts";
import { subscribers } from "./subscribers.ts";
import { encryptedOnly } from "./transport.ts";
import { users } from "./users.ts";

/** All nouns of the API, under /api/v1. */
export const v1 = new Hono<Door>()
  .route("/", server)
  .route("/", registrations)
  .route("/", applications)
  .route("/", serverKeys)
  .route("/", subscribers)
  .route("/", users)
  .route("/", conversations)
  .route("/", members)
  .route("/", messages)
  .route("/", reactions)
  .route("/", search)
  .route("/", attachments)
  .route("/", attachmentPreviews)
  .route("/", linkPreviews)
  .route("/", notifications)
  .route("/", readers)
  .route("/", pushSubscriptions)
  .route("/", live)
  .route("/", contexts)
  .route("/", sessionCodes);

const bounded = bodyLimit({
  maxSize: limits.requestBody,
  onError: () => {
    throw new Problem("limit_exceeded", `A request has at most ${limits.requestBody} bytes`);
  },
});

/** The one router of the server. */
export const api = new Hono<Door>()
  .use(secureHeaders({ referrerPolicy: "no-referrer", crossOriginResourcePolicy: false }))
  .use("/api/*", async (c, next) => {
    await next();
    // A WebSocket's answer cannot be changed, and needs no caching rules.
    if (c.res.status !== 101) c.header("cache-control", "private, no-store");
  })
  .use("/api/*", encryptedOnly)
  .use(
    "/api/*",
    // Pages of an application carry a bearer token, so any may call; none may name a session, so none can use a cookie.
    cors({
      origin: "*",
      allowHeaders: ["authorization", "content-type", privilegedHeader, accessCodeHeader],
      exposeHeaders: ["retry-after"],
      maxAge: 86_400,
    }),
  )
  // Files have a bound of their own, and are never in memory as a whole.
  .use("/api/*", (c, next) => (isUpload(c) ? next() : bounded(c, next)))
  .get("/api/v1/openapi.json", async (c) => c.json(await openapi(v1)))
  .route("/api/v1", v1)
  .route("/files", files)
  .route("/session", session)
  .route("/local", mailbox)
  .route("/local", localSignIn)
  .notFound(notFound)
  .onError(respondToError);
