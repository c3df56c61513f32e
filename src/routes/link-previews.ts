import { type Context, Hono } from "hono";
import { pageAddress } from "../domain/links/address.ts";
import { previewOf } from "../domain/links/preview.ts";
import type { LinkPreview } from "../protocol/links.ts";
import { LinkPreviewAnswer, LinkPreviewQuery } from "../protocol/links.ts";
import { Problem } from "../protocol/problems.ts";
import { configOf } from "../storage/config.ts";
import { keepPreview, keptPreview } from "../storage/kept-previews.ts";
import { identified, originOf } from "./credentials.ts";
import { checked, described } from "./described.ts";
import type { Door } from "./door.ts";
import { requireSomebody } from "./places.ts";

/** What the pages behind links say of themselves. The server asks them, so that they learn nothing of who reads. */
export const linkPreviews = new Hono<Door>().use("/link-previews", identified).get(
  "/link-previews",
  described({
    id: "getLinkPreview",
    summary: "What the page behind a link says of itself",
    text: "`preview` is null when there is nothing to show: the page cannot be had, is no HTML or has no title, or its address is not public or this server's own. `not_supported` when the operator has switched previews off, see `linkPreviews` of the server's information.",
    tag: "messages",
    answers: { 200: LinkPreviewAnswer },
    problems: ["validation", "not_supported"],
  }),
  checked("query", LinkPreviewQuery),
  async (c) => {
    requireSomebody(c.var.caller);
    const { linkPreviews: isOn, filesOrigin } = configOf(c.env);
    if (!isOn) throw new Problem("not_supported", "This server makes no previews of links");
    const own = [originOf(c), filesOrigin];
    const address = pageAddress(c.req.valid("query").url, own)?.href;
    return c.json({ preview: address === undefined ? null : await preview(c, address, own) });
  },
);

/** @throws Problem `limit_exceeded` when the caller sends the server out too often */
async function preview(c: Context<Door>, address: string, own: readonly string[]): Promise<LinkPreview | null> {
  const kept = await keptPreview(address);
  if (kept !== undefined) return kept;
  const { caller } = c.var;
  const key = caller.kind === "user" ? caller.user : `application:${caller.application}`;
  if (!(await c.env.LINK_LIMIT.limit({ key })).success)
    throw new Problem("limit_exceeded", "Too many links of one caller", { retryAfterSeconds: 60 });
  const found = (await previewOf(address, own)) ?? null;
  await keepPreview(address, found).catch((error: unknown) => console.warn("A preview was not kept", error));
  return found;
}
