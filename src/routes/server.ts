import { Hono } from "hono";
import { featureLevel, ServerInformation, version } from "../protocol/server.ts";
import { protocolVersion } from "../protocol/wire.ts";
import { configOf } from "../storage/config.ts";
import { applicationsToErase } from "../storage/directory/applications.ts";
import { directoryOf } from "../storage/directory/database.ts";
import { keepsFiles } from "../storage/files.ts";
import { described } from "./described.ts";
import type { Door } from "./door.ts";

/** What anybody may know of the server. */
export const server = new Hono<Door>().get(
  "/server",
  described({
    id: "getServer",
    summary: "Information about the server",
    text: "Version, feature level and time. `ready` is false while the directory cannot be read. `attachmentsSupported` tells whether files can be attached, `attachmentBytes` how large they may be, `linkPreviews` whether links have previews, `pushKey` what a device subscribes to push messages with.",
    tag: "server",
    answers: { 200: ServerInformation },
    isOpen: true,
  }),
  async (c) => {
    const ready = await applicationsToErase(directoryOf(c.env), 0, 1).then(
      () => true,
      () => false,
    );
    const { attachmentBytes, linkPreviews, push } = configOf(c.env);
    return c.json({
      product: "Beseda" as const,
      version,
      featureLevel,
      protocol: protocolVersion,
      now: new Date().toISOString(),
      ready,
      attachmentsSupported: keepsFiles(c.env),
      attachmentBytes,
      linkPreviews,
      ...(push && { pushKey: push.publicKey }),
    });
  },
);
