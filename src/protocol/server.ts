import * as v from "valibot";

/** Version of the product, of the API's features and of its frames. */
export const version = "0.1.0";
export const featureLevel = 1;

export const ServerInformation = v.pipe(
  v.object({
    product: v.literal("Beseda"),
    version: v.string(),
    /** Grows with every feature a client may want to ask for. */
    featureLevel: v.number(),
    protocol: v.number(),
    /** Server time; only it counts. */
    now: v.string(),
    ready: v.boolean(),
    /** Does the server keep files? (ATT-2) */
    attachmentsSupported: v.boolean(),
    /** Bytes one file may have (ATT-4). */
    attachmentBytes: v.number(),
    /** Does the server make previews of links? */
    linkPreviews: v.boolean(),
    /** The public key that devices subscribe to push messages with; absent = the server sends none. */
    pushKey: v.optional(v.string()),
  }),
  v.metadata({ ref: "ServerInformation" }),
);
