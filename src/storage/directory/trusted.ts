import type { Grant } from "../../protocol/actors.ts";
import { type ApplicationRecord, applicationById } from "./applications.ts";
import type { ConversationRow } from "./conversations.ts";
import { directoryOf } from "./database.ts";
import { type KeptToken, sessionBy } from "./kept-tokens.ts";
import { Remembered } from "./remembered.ts";
import { type UserRow, userByInfoBaseUser, usersByReferences } from "./users.ts";

/** How long a door trusts what it knows of an application or a user. Sockets are cut off sooner, by their inbox. */
const trustMs = 1_000;
const applications = new Remembered<ApplicationRecord>(trustMs, 10_000);
const users = new Remembered<UserRow>(trustMs, 50_000);
const sessions = new Remembered<KeptToken>(trustMs, 10_000);

/** What the directory says of a conversation never changes once its object exists. */
export const trustedConversations = new Remembered<ConversationRow>(600_000, 20_000);
/** Read rights as applications answered; each entry says itself how long it holds. */
export const trustedGrants = new Remembered<Grant | "denied">(60_000, 50_000);

export const trustedApplication = (env: Env, id: string): Promise<ApplicationRecord | undefined> =>
  applications.get(id, () => applicationById(directoryOf(env), id));

/** A session, by the hash of its cookie. */
export const trustedSession = (env: Env, hash: string): Promise<KeptToken | undefined> =>
  sessions.get(hash, () => sessionBy(directoryOf(env), hash));

/** A user by the application's UUID. */
export const trustedInfoBaseUser = (env: Env, application: string, uuid: string): Promise<UserRow | undefined> =>
  users.get(`${application} ${uuid}`, () => userByInfoBaseUser(directoryOf(env, application), application, uuid));

/** A user by id or UUID. */
export const trustedUser = (env: Env, application: string, reference: string): Promise<UserRow | undefined> =>
  users.get(
    `${application} ${reference}`,
    async () => (await usersByReferences(directoryOf(env, application), application, [reference]))[0],
  );

/** Forgets what is remembered here, after it was changed here. */
export const forgetTrustedApplication = (id: string): void => applications.forget(id);
export const forgetTrustedSession = (hash: string): void => sessions.forget(hash);
export function forgetTrustedUser({ application, id, infoBaseUserId }: UserRow): void {
  users.forget(`${application} ${id}`);
  users.forget(`${application} ${infoBaseUserId}`);
}
