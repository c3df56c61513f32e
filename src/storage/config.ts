import * as v from "valibot";

const whole = (fallback: number, min: number, max: number, description: string) =>
  v.pipe(
    v.optional(v.union([v.string(), v.number()]), String(fallback)),
    v.transform(Number),
    v.safeInteger("must be a whole number"),
    v.minValue(min, `must be at least ${min}`),
    v.maxValue(max, `must be at most ${max}`),
    v.description(description),
  );

const words = (fallback: string, description: string) =>
  v.pipe(v.optional(v.string(), fallback), v.trim(), v.description(description));

/**
 * Everything an operator can set, as Worker variables and secrets. `docs/configuration.md` is printed from this schema.
 */
export const ConfigSchema = v.object({
  BESEDA_SECRET: v.pipe(
    v.optional(v.string(), ""),
    v.check((value) => value === "" || value.length >= 32, "must be at least 32 characters"),
    v.description(
      "Secret. The root from which sealing and hashing keys are derived: at least 32 random characters. Without it nothing can be registered; losing it means registering every application again.",
    ),
  ),
  BESEDA_ORIGIN: words(
    "",
    "Address under which clients reach the server, for example `https://beseda.example`; tokens must name it as `aud`. Empty = the address of each request.",
  ),
  MAIL_THROUGH: v.pipe(
    v.optional(v.picklist(["binding", "resend", "local"], "must be binding, resend or local"), "binding"),
    v.description(
      "How letters leave: `binding` (the `send_email` binding), `resend` (HTTP API of resend.com), `local` (kept for /local/mail; development only).",
    ),
  ),
  MAIL_FROM: words("", "Sender of letters. Needed by `binding` and `resend`: without it registration is refused."),
  RESEND_API_KEY: words("", "Secret. API key for `MAIL_THROUGH = resend`."),
  SHARDS: whole(
    16,
    1,
    64,
    "Inbox and activity shards given to a new application; an application keeps its number for life.",
  ),
  POSTS_PER_SECOND: whole(20, 1, 1_000_000, "Messages one sender may post to one conversation, a second, on average."),
  POSTS_BURST: whole(100, 1, 1_000_000, "Messages one sender may post to one conversation at once."),
  ATTACHMENT_BYTES: whole(
    52_428_800,
    1,
    5_000_000_000,
    "Bytes one attached file may have. Cloudflare itself takes no request above 100 MB on its smaller plans.",
  ),
  UPLOAD_BYTES_PER_DAY: whole(1_073_741_824, 1, 1_000_000_000_000_000, "Bytes an application may upload in a UTC day."),
  DOWNLOAD_BYTES_PER_DAY: whole(
    5_368_709_120,
    1,
    1_000_000_000_000_000,
    "Bytes of files that may be downloaded from an application in a UTC day.",
  ),
  FILES_ORIGIN: words(
    "",
    "Address under which files are served: a second one of the same Worker keeps them apart from the pages, for example `https://files.beseda.example`. Empty = the address of the server.",
  ),
  LINK_PREVIEWS: v.pipe(
    v.optional(v.picklist(["on", "off"], "must be on or off"), "on"),
    v.description(
      "Whether the server fetches the pages behind links in messages to show their titles. `off`: it never asks a site that a message names.",
    ),
  ),
  CALLBACK_TIMEOUT_MS: whole(5_000, 100, 30_000, "Milliseconds an application has to answer for the Read right."),
  CALLBACK_PRIVATE: v.pipe(
    v.optional(v.picklist(["refuse", "allow"], "must be refuse or allow"), "refuse"),
    v.description("Whether callbacks may go to private addresses and plain http: `allow` is for development only."),
  ),
  VAPID_PUBLIC_KEY: words(
    "",
    "Public key that push messages are signed for, as `node tools/push-keys.ts` prints it. Without the pair the server sends no push messages.",
  ),
  VAPID_PRIVATE_KEY: words("", "Secret. The private key of the pair. Another pair = every device subscribes anew."),
  VAPID_SUBJECT: words(
    "",
    "How the makers of browsers reach the operator about push messages: `mailto:` or `https:`. Empty = the address of the server.",
  ),
  PUSH_CONTENT: v.pipe(
    v.optional(v.picklist(["show", "hide"], "must be show or hide"), "show"),
    v.description(
      "Whether push messages tell title, sender and the beginning of the text (encrypted for the device), or only that there is something new.",
    ),
  ),
});

/** What push messages are signed with, and what they may say. */
export interface PushConfig {
  /** Raw point of P-256 and its secret number, base64url. */
  publicKey: string;
  privateKey: string;
  subject: string;
  hidesContent: boolean;
}

export interface Config {
  secret: string;
  origin: string;
  mail: "binding" | "resend" | "local";
  mailFrom: string;
  resendApiKey: string;
  shards: number;
  postsPerSecond: number;
  postsBurst: number;
  attachmentBytes: number;
  uploadBytesPerDay: number;
  downloadBytesPerDay: number;
  filesOrigin: string;
  linkPreviews: boolean;
  callbackTimeoutMs: number;
  allowPrivateCallbacks: boolean;
  /** Absent = no push messages. */
  push: PushConfig | undefined;
}

const parsed = new WeakMap<object, Config>();

/**
 * The configuration of this Worker, parsed once for each environment object.
 * @throws an error that names every variable that is not valid.
 */
export function configOf(env: object): Config {
  const known = parsed.get(env);
  if (known) return known;
  const result = v.safeParse(ConfigSchema, env);
  if (!result.success) {
    const reasons = result.issues.map((issue) => `${v.getDotPath(issue)} ${issue.message}`);
    throw new Error(`The configuration is not valid: ${reasons.join("; ")}.`);
  }
  const value = result.output;
  const config: Config = {
    secret: value.BESEDA_SECRET,
    origin: value.BESEDA_ORIGIN.replace(/\/$/, ""),
    mail: value.MAIL_THROUGH,
    mailFrom: value.MAIL_FROM,
    resendApiKey: value.RESEND_API_KEY,
    shards: value.SHARDS,
    postsPerSecond: value.POSTS_PER_SECOND,
    postsBurst: value.POSTS_BURST,
    attachmentBytes: value.ATTACHMENT_BYTES,
    uploadBytesPerDay: value.UPLOAD_BYTES_PER_DAY,
    downloadBytesPerDay: value.DOWNLOAD_BYTES_PER_DAY,
    filesOrigin: value.FILES_ORIGIN.replace(/\/$/, ""),
    linkPreviews: value.LINK_PREVIEWS === "on",
    callbackTimeoutMs: value.CALLBACK_TIMEOUT_MS,
    allowPrivateCallbacks: value.CALLBACK_PRIVATE === "allow",
    push: pushOf(value),
  };
  parsed.set(env, config);
  return config;
}

const pushOf = (value: v.InferOutput<typeof ConfigSchema>): PushConfig | undefined =>
  value.VAPID_PUBLIC_KEY === "" || value.VAPID_PRIVATE_KEY === ""
    ? undefined
    : {
        publicKey: value.VAPID_PUBLIC_KEY,
        privateKey: value.VAPID_PRIVATE_KEY,
        subject: value.VAPID_SUBJECT || value.BESEDA_ORIGIN,
        hidesContent: value.PUSH_CONTENT === "hide",
      };
