import { randomBytes } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { buildPages, buildSdk, buildWorker, root } from "./build.ts";
import { holdLock } from "./lock.ts";
import { newPushKeys } from "./push-keys.ts";

const local = join(root, ".local");
const defaultPort = 8787;

/** Secrets of this machine's server: made once, kept beside its data. */
function secretOfThisMachine(): string {
  const file = join(local, "secret");
  if (!existsSync(file)) writeFileSync(file, randomBytes(32).toString("base64url"), { mode: 0o600 });
  return readFileSync(file, "utf8").trim();
}

/** The pair that this machine's push messages are signed with, likewise. */
function pushKeysOfThisMachine(): { VAPID_PUBLIC_KEY: string; VAPID_PRIVATE_KEY: string } {
  const file = join(local, "push-keys.json");
  if (!existsSync(file)) writeFileSync(file, JSON.stringify(newPushKeys()), { mode: 0o600 });
  const { publicKey, privateKey } = JSON.parse(readFileSync(file, "utf8")) as ReturnType<typeof newPushKeys>;
  return { VAPID_PUBLIC_KEY: publicKey, VAPID_PRIVATE_KEY: privateKey };
}

function portWanted(): number {
  const wanted = process.env.PORT;
  if (wanted === undefined || wanted === "") return defaultPort;
  const port = Number(wanted);
  if (Number.isInteger(port) && port >= 1 && port <= 65_535) return port;
  return stopWith(`PORT is ${wanted}; it must be a number from 1 to 65535.`);
}

function stopWith(reason: string): never {
  console.error(reason);
  process.exit(1);
}

function explain(error: unknown, port: number): never {
  const code = (error as { code?: string }).code;
  if (code === "ERR_ADDRESS_IN_USE" || code === "EADDRINUSE")
    return stopWith(`Port ${port} is taken. Choose another one: PORT=${port + 1} npm start`);
  throw error;
}

mkdirSync(local, { recursive: true });
const release =
  holdLock(join(local, "lock")) ??
  stopWith("Beseda is running here already: two servers must not share one folder of data.");
const port = portWanted();
const [{ openProduct }, [{ prepareDemo, romashka }, { openDemo }]] = await Promise.all([
  import("./product.ts"),
  buildSdk().then(() => Promise.all([import("../demo/prepare.ts"), import("../demo/server.ts")])),
  buildWorker(),
  buildPages(),
]);

const origin = `http://127.0.0.1:${port}`;
const product = await openProduct({
  port,
  stateDirectory: join(root, ".wrangler/state/v3"),
  variables: {
    BESEDA_SECRET: secretOfThisMachine(),
    BESEDA_ORIGIN: origin,
    MAIL_THROUGH: "local",
    CALLBACK_PRIVATE: "allow",
    // This runtime goes wherever a name leads, into the house too.
    LINK_PREVIEWS: "off",
    ...pushKeysOfThisMachine(),
    ...variablesGiven(),
  },
}).catch((error: unknown) => explain(error, port));

let isStopping = false;
for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) {
  process.on(signal, () => {
    if (isStopping) return;
    isStopping = true;
    void product.stop().finally(() => {
      release();
      process.exit(0);
    });
  });
}

const demo = await open().catch(async (error: unknown) => {
  await product.stop();
  release();
  throw error;
});
// Tokens last twelve hours, the server as long as one likes.
setInterval(() => void prepareDemo(origin, local).catch(console.error), 6 * 3_600_000).unref();
const signIns = demo.users.slice(0, 2).map(({ name, signIn }) => `  ${`Sign in as ${name}`.padEnd(18)} ${signIn}`);
console.log(`
Beseda is running.

${signIns.join("\n")}

  Site               ${origin}/
  API                ${origin}/api/v1
  API reference      ${origin}/api/
  Local mailbox      ${origin}/local/mail
  Demo application   ${demo.origin}/ (${demo.application.infoBaseName}: ${demo.users.map((user) => user.name).join(", ")})

Tokens and ids for scripts: .local/demo.json · Ctrl+C stops the server, its data stays.
`);

/** The demo application, with its people and their conversations, on the next free port. */
async function open() {
  const prepared = await prepareDemo(origin, local);
  const application = romashka(local);
  const { origin: address } = await openDemo({ application, beseda: origin, folder: local, port: port + 1 });
  return { ...prepared, origin: address };
}

/** Variables of the configuration that the environment sets, such as POSTS_PER_SECOND. */
function variablesGiven(): Record<string, string> {
  const names = [
    "SHARDS",
    "POSTS_PER_SECOND",
    "POSTS_BURST",
    "ATTACHMENT_BYTES",
    "UPLOAD_BYTES_PER_DAY",
    "DOWNLOAD_BYTES_PER_DAY",
    "FILES_ORIGIN",
    "MAIL_THROUGH",
    "MAIL_FROM",
    "RESEND_API_KEY",
    "LINK_PREVIEWS",
    "CALLBACK_TIMEOUT_MS",
    "CALLBACK_PRIVATE",
    "VAPID_PUBLIC_KEY",
    "VAPID_PRIVATE_KEY",
    "VAPID_SUBJECT",
    "PUSH_CONTENT",
  ];
  return Object.fromEntries(
    names.flatMap((name) => (process.env[name] === undefined ? [] : [[name, process.env[name]]])),
  );
}
