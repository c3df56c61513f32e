import type { ApplicationCaller, Caller, UserCaller } from "../../protocol/actors.ts";
import { newId } from "../../protocol/ids.ts";
import { Problem } from "../../protocol/problems.ts";
import type { ApplicationRecord } from "../../storage/directory/applications.ts";
import type { Names, UserRow } from "../../storage/directory/users.ts";
import { type ApplicationToken, claimedIssuer, type UserToken, verifyToken } from "./tokens.ts";

/** Where credentials are looked up; the door decides how long it trusts an answer. */
export interface Credentials {
  application(id: string): Promise<ApplicationRecord | undefined>;
  userByInfoBaseUser(application: string, uuid: string): Promise<UserRow | undefined>;
  userByReference(application: string, reference: string): Promise<UserRow | undefined>;
  /** Creates the pair of an application user, or returns the one that another request just made. */
  addUser(row: Parameters<typeof import("../../storage/directory/users.ts").addUser>[1]): Promise<UserRow>;
  /** Takes names over, unless a newer token or the application has told them meanwhile. */
  renameUser(user: UserRow, names: Names, namesFrom: number): Promise<UserRow>;
}

/**
 * Turns a bearer token into a caller.
 * @param asksPrivilege the request carries the header that asks for privileged mode
 * @throws Problem `unauthenticated`, `not_registered`, `forbidden`, `user_blocked` or `not_found` (the user of `act`)
 */
export async function authenticate(
  token: string,
  audience: string,
  asksPrivilege: boolean,
  credentials: Credentials,
  now: number,
): Promise<Caller> {
  const issuer = claimedIssuer(token);
  const application = await credentials.application(issuer.application);
  if (application?.state !== "registered")
    throw new Problem("not_registered", "The application is not registered on this server");
  const key = application.keys.find(({ kid }) => kid === issuer.kid);
  if (!key) throw new Problem("unauthenticated", "The token is made with a key that this application does not use");
  const verified = notAhead(await verifyToken(token, key.publicKey, audience, now), now);
  if (verified.issuedAt * 1000 < application.validFrom)
    throw new Problem("unauthenticated", "The token is older than the application's keys allow");
  if (verified.type === "user")
    return userCaller(
      application,
      verified,
      await pairedUser(verified, credentials, now),
      verified.scopes.includes("code"),
    );
  if (verified.act !== undefined) return actingCaller(application, verified, asksPrivilege, credentials);
  return applicationCaller(application, verified, asksPrivilege);
}

/**
 * The application's clock may be ahead. What its token opens counts as opened now: with a moment in the future it would
 * look newer than a revocation that follows, and stay open.
 */
const notAhead = <Token extends { issuedAt: number }>(token: Token, now: number): Token => ({
  ...token,
  issuedAt: Math.min(token.issuedAt, now / 1000),
});

function applicationCaller(
  application: ApplicationRecord,
  token: ApplicationToken,
  asksPrivilege: boolean,
): ApplicationCaller {
  if (asksPrivilege && !token.privileged) throw new Problem("forbidden", "The token does not allow privileged mode");
  return { kind: "application", privileged: asksPrivilege, ...credentialOf(application, token) };
}

/** SetCurrentUser: the application's server speaks as one of its users, without its own privilege (USR-43). */
async function actingCaller(
  application: ApplicationRecord,
  token: ApplicationToken,
  asksPrivilege: boolean,
  credentials: Credentials,
) {
  if (asksPrivilege) throw new Problem("forbidden", "A session that speaks for a user has no privileged mode");
  const user = await credentials.userByReference(application.id, token.act ?? "");
  if (!user) throw new Problem("not_found", "The user to act as does not exist", { field: "act" });
  return userCaller(application, token, user, true);
}

function userCaller(
  application: ApplicationRecord,
  token: UserToken | ApplicationToken,
  user: UserRow,
  code: boolean,
): UserCaller {
  if (user.isLocked) throw new Problem("user_blocked", "This user is blocked");
  if (token.issuedAt * 1000 < user.validFrom)
    throw new Problem("unauthenticated", "The token is older than the user's access allows");
  return {
    kind: "user",
    user: user.id,
    ids: [user.id],
    contexts: token.contexts,
    code,
    since: user.created,
    ...credentialOf(application, token),
  };
}

const credentialOf = (
  application: ApplicationRecord,
  { scopes, issuedAt, expiresAt }: UserToken | ApplicationToken,
) => ({
  application: application.id,
  shards: application.shards,
  contextAccess: application.contextAccess.way,
  scopes,
  issuedAt,
  expiresAt,
});

/** The user that an application user is paired with: made at first sight, renamed by a newer token (USR-10, USR-11). */
async function pairedUser(token: UserToken, credentials: Credentials, now: number): Promise<UserRow> {
  const { application, infoBaseUserId, name } = token;
  const namesFrom = token.issuedAt * 1000;
  const known = await credentials.userByInfoBaseUser(application, infoBaseUserId);
  // A token that tells no full name takes none away.
  const fullName = token.fullName ?? (known && known.fullName !== known.name ? known.fullName : name);
  const user =
    known ??
    (await credentials.addUser({
      id: newId(),
      application,
      kind: "regular",
      infoBaseUserId,
      name,
      fullName,
      namesFrom,
      created: now,
    }));
  const renamed = (user.name !== name || user.fullName !== fullName) && namesFrom > user.namesFrom;
  return renamed ? credentials.renameUser(user, { name, fullName }, namesFrom) : user;
}
