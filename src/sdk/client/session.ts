import type { Session, Ticket } from "../../protocol/sessions.ts";
import { sessionHeader, ticketSubprotocol } from "../../protocol/wire.ts";
import type { Credentials } from "./credentials.ts";
import { ask } from "./http.ts";

export type { Session };

/** Sessions belong to pages, and these know where they are. */
declare const location: { origin: string };

/** A session that has run out by the clock of this machine, and not by the server's, is asked for so often. */
const againMs = 60_000;

/** The browser's own session in one application, kept in a cookie that no script can read. */
export class SessionCredentials implements Credentials {
  private readonly session: Session;

  constructor(session: Session) {
    this.session = session;
  }

  /** A new connection, once the session is over, is how the page hears of it. The clock here may be far ahead of the server's. */
  get renewalMs(): number {
    const leftMs = Date.parse(this.session.expires) - Date.now();
    return leftMs > 0 ? leftMs : againMs;
  }

  get = async (): Promise<string> => `${this.session.application}.${this.session.user}`;
  forget = (): void => undefined;
  headersOf = (name: string): Record<string, string> => ({ [sessionHeader]: name });
  serverOf = (): string => location.origin;

  async subprotocolOf(_: string, post: <Result>(path: string) => Promise<Result>): Promise<string> {
    const { ticket } = await post<Ticket>("/tickets");
    return ticketSubprotocol + ticket;
  }
}

const askServer = <Result>(method: string, query: string, body?: unknown): Promise<Result> =>
  ask<Result>(undefined, new URL(`/session${query}`, location.origin), {
    method,
    ...(body !== undefined && { body: JSON.stringify(body), headers: { "content-type": "application/json" } }),
  });
const queryOf = (application: string): string => `?application=${encodeURIComponent(application)}`;

/**
 * Turns the code of a sign-in address into a session of this browser. On pages of the server only.
 * @throws CollaborationError `unauthenticated` when the code was used or has run out, `user_blocked`, `network`
 */
export const signIn = (code: string): Promise<Session> => askServer("POST", "", { code });

/** Who is signed in to an application in this browser. @throws CollaborationError `unauthenticated` when nobody is */
export const sessionOf = (application: string): Promise<Session> => askServer("GET", queryOf(application));

/** Ends the session of this browser, its sockets included. */
export const signOut = (application: string): Promise<void> => askServer("DELETE", queryOf(application));
