/**
 * Who speaks. A door turns whatever credential it was shown into one `Caller`; nothing below a door sees headers or tokens.
 * The kinds that are not here yet (external, guest, visitor, integration, bot) join this union when their doors are built.
 */
export type Caller = ApplicationCaller | UserCaller;

export const scopes = ["dataAdministration", "registerSystem", "code"] as const;
export type Scope = (typeof scopes)[number];

/** The Read right on one context: when it was given and until when it holds, in milliseconds. */
export interface Grant {
  from: number;
  until: number;
}

/** Read rights on one context that were taken away: user -> the moment, in milliseconds. */
export type Revoked = Record<string, number>;

/** Stands for every user among the revoked. */
export const everybody = "*";

/** Does a right that was given at `from` still count? */
export const stillCounts = (from: number, user: string, revoked: Revoked): boolean =>
  from >= Math.max(revoked[everybody] ?? 0, revoked[user] ?? 0);

interface Credential {
  /** Application the caller belongs to. */
  application: string;
  /** Inbox and activity shards of that application. */
  shards: number;
  scopes: Scope[];
  /** How the application answers for the Read right on its objects. */
  contextAccess: "claims" | "callback";
  /** Seconds since 1970 when the credential was made and ends. */
  issuedAt: number;
  expiresAt: number;
  /** The Read right on the one context conversation that is being addressed. Absent = no right. */
  read?: Grant;
}

/** The application's own server, bound to no user (an application session). */
export interface ApplicationCaller extends Credential {
  kind: "application";
  /** Set when the token allows privileged mode and this request asked for it. */
  privileged: boolean;
}

/** A regular user: vouched for by the application's token, or chosen by its server with `act`. */
export interface UserCaller extends Credential {
  kind: "user";
  user: string;
  /** Every id that is this person: one today, more when applications are shared. Compare with {@link isCaller}. */
  ids: string[];
  /** Contexts that the token lists as readable, normalised. */
  contexts: string[];
  /** May do what only code may: formatted text, button panels, writing in view-only conversations. */
  code: boolean;
  /** When the user was created, in milliseconds: conversations of all users count as unread only from here on. */
  since: number;
}

/** Is this id the caller? The one comparison of people in the whole system. */
export const isCaller = (caller: Caller, id: string): boolean => caller.kind === "user" && caller.ids.includes(id);

export const isPrivileged = (caller: Caller): boolean => caller.kind === "application" && caller.privileged;

/** Application code, as opposed to a person in a user session (MSG-2, CNV-19). */
export const isCode = (caller: Caller): boolean => caller.kind === "application" || caller.code;

/** The right DataAdministration, which privileged mode includes. */
export const administersData = (caller: Caller): boolean =>
  isPrivileged(caller) || caller.scopes.includes("dataAdministration");
