import { type Context, Hono } from "hono";
import { cors } from "hono/cors";
import { type FileLink, readLink } from "../domain/access/links.ts";
import { type Range, rangeIn } from "../domain/files/range.ts";
import { disposition, guards, servedType } from "../domain/files/served.ts";
import { Problem } from "../protocol/problems.ts";
import { configOf } from "../storage/config.ts";
import { directoryOf } from "../storage/directory/database.ts";
import { countTraffic, secondsToNextDay } from "../storage/directory/traffic.ts";
import { trustedApplication } from "../storage/directory/trusted.ts";
import { type FileFacts, factsOfFile, keepsFiles, openFile } from "../storage/files.ts";
import type { Door } from "./door.ts";
import { encryptedOnly } from "./transport.ts";

/**
 * Files behind the links that the API gives. A link is its own credential, so that `<img>` and downloads of a browser work
 * without a token; it is no part of the API, and its form may change.
 */
export const files = new Hono<Door>()
  .use(encryptedOnly)
  .use(cors({ origin: "*", exposeHeaders: ["content-length", "content-range", "content-disposition"] }))
  .use(async (c, next) => {
    await next();
    if (c.res.headers.get("cache-control") === null) c.header("cache-control", "private, no-store");
  })
  .get("/:link", async (c) => {
    const link = await linkOf(c);
    // A file never changes, so its id is as good as a hash.
    const etag = `"${link.attachment}${link.isPreview ? "-preview" : ""}"`;
    const common = { etag, "cache-control": cacheFor(link), "accept-ranges": "bytes", ...guards };
    if (c.req.header("if-none-match") === etag) return c.body(null, 304, common);
    const range = rangeIn(c.req.header("range"), link.size);
    if (range === "outside") return c.body(null, 416, { "content-range": `bytes */${link.size}` });
    const found = c.req.method === "HEAD" ? await look(c, link) : await open(c, link, range);
    if (!found) throw gone();
    const headers = { ...common, ...headersOf(found.facts, link.size, range) };
    return new Response(found.body, { status: range ? 206 : 200, headers });
  });

const gone = () => new Problem("not_found", "There is no file behind this link, or its time is over");

/** @throws Problem `not_found` for a link that is not good, or whose application is not registered any more */
async function linkOf(c: Context<Door>): Promise<FileLink> {
  const link = await readLink(configOf(c.env).secret, c.req.param("link") ?? "", Date.now());
  if (!link || !keepsFiles(c.env)) throw gone();
  const application = await trustedApplication(c.env, link.application);
  if (application?.state !== "registered") throw gone();
  return link;
}

async function look(c: Context<Door>, link: FileLink) {
  const facts = await factsOfFile(c.env, link);
  return facts && { facts, body: null };
}

/** Opens a file, or a part of it, whose bytes the day still allows (ATT-6). @throws Problem `limit_exceeded` */
async function open(c: Context<Door>, link: FileLink, range: Range | undefined) {
  const found = await openFile(c.env, link, range);
  if (!found) return null;
  const now = Date.now();
  const bytes = range?.length ?? link.size;
  const { downloadBytesPerDay } = configOf(c.env);
  const db = directoryOf(c.env, link.application);
  if (await countTraffic(db, link.application, "downloaded", bytes, downloadBytesPerDay, now)) return found;
  await found.body.cancel();
  throw new Problem("limit_exceeded", "All that a day allows has been downloaded from the application", {
    retryAfterSeconds: secondsToNextDay(now),
  });
}

const headersOf = (facts: FileFacts, size: number, range: Range | undefined) => ({
  "content-type": servedType(facts),
  "content-disposition": disposition(facts),
  "content-length": String(range?.length ?? size),
  ...(range && { "content-range": `bytes ${range.offset}-${range.offset + range.length - 1}/${size}` }),
});

/** A browser keeps the file as long as its link lives. */
const cacheFor = ({ expires }: FileLink): string =>
  `private, max-age=${Math.max(0, Math.floor(expires - Date.now() / 1000))}, immutable`;
