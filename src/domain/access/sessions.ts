import { limits } from "../../protocol/limits.ts";
import { configOf } from "../../storage/config.ts";
import { directoryOf } from "../../storage/directory/database.ts";
import {
  forgetSession,
  type KeptToken,
  keepToken,
  peopleWithTokens,
  sessionBy,
  takeToken,
} from "../../storage/directory/kept-tokens.ts";
import { forgetTrustedSession, trustedSession } from "../../storage/directory/trusted.ts";
import { keyedHash, randomSecret, seal, unseal } from "./secrets.ts";

/** Whose token is kept, and until when it is good by its own claims, in milliseconds. */
export interface Owner {
  application: string;
  user: string;
  expires: number;
}

const lives: Record<KeptToken["kind"], number> = {
  code: limits.sessionCodeSeconds * 1000,
  ticket: limits.ticketSeconds * 1000,
  session: Number.POSITIVE_INFINITY,
  person: Number.POSITIVE_INFINITY,
};

/** What stands for a session where it must be told from others. */
export const sessionHash = (env: Env, secret: string): Promise<string> =>
  keyedHash(configOf(env).secret, "session", secret);

/**
 * Keeps a token on the server and makes the secret that stands for it. A session is nothing but its token: whatever makes
 * the token count no more (its end, a block, an older key) ends the session too.
 * @returns the secret, known to nobody else, and when it runs out, in milliseconds
 */
export async function keep(
  env: Env,
  kind: KeptToken["kind"],
  token: string,
  owner: Owner,
  now: number,
  secret = randomSecret(),
): Promise<{ secret: string; expires: number }> {
  const expires = Math.min(owner.expires, now + lives[kind]);
  const [hash, sealed] = await Promise.all([sessionHash(env, secret), seal(configOf(env).secret, token)]);
  const { application, user } = owner;
  await keepToken(directoryOf(env, application), { hash, kind, application, user, sealed, made: now, expires });
  return { secret, expires };
}

/** Uses up a code or a ticket. @returns the token it stood for */
export async function spend(
  env: Env,
  kind: "code" | "ticket",
  secret: string,
  now: number,
): Promise<string | undefined> {
  const row = await takeToken(directoryOf(env), kind, await sessionHash(env, secret), now);
  return row && unseal(configOf(env).secret, row.sealed);
}

/** A session as its browser names it. */
export interface NamedSession {
  application: string;
  /** Whom the page takes itself for, when it says so: another tab may have signed somebody else in. */
  user?: string;
  /** What the cookie holds. */
  secret: string;
}

/** The token of a session; only for the application, and the user, that it was made for. */
export async function tokenOfSession(
  env: Env,
  { application, user, secret }: NamedSession,
  now: number,
): Promise<string | undefined> {
  const row = await trustedSession(env, await sessionHash(env, secret));
  if (row?.application !== application || row.expires <= now) return undefined;
  if (user !== undefined && row.user !== user) return undefined;
  return unseal(configOf(env).secret, row.sealed);
}

/** Is the session there still? Asks the directory, for what must not outlive a signing out by what a door remembers. */
export const isSignedIn = async (env: Env, secret: string): Promise<boolean> =>
  (await sessionBy(directoryOf(env), await sessionHash(env, secret))) !== undefined;

/** @returns whose session it was, if there was one */
export async function endSession(env: Env, secret: string): Promise<KeptToken | undefined> {
  const hash = await sessionHash(env, secret);
  const session = await forgetSession(directoryOf(env), hash);
  forgetTrustedSession(hash);
  return session;
}

/** On a local server: lets somebody of the demo sign in until the token ends. */
export const keepPerson = (env: Env, token: string, owner: Owner, now: number) =>
  keep(env, "person", token, owner, now, `person ${owner.user}`);

/** Whoever can sign in so. */
export async function peopleHere(env: Env, now: number): Promise<(Owner & { token: string })[]> {
  const rows = await peopleWithTokens(directoryOf(env), now);
  return Promise.all(
    rows.map(async ({ application, user, expires, sealed }) => ({
      application,
      user,
      expires,
      token: await unseal(configOf(env).secret, sealed),
    })),
  );
}
