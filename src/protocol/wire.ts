/** Words that both sides put on the wire. No imports: the SDK carries this file to browsers. */

/** Version of the frames; a greeting names it. */
export const protocolVersion = 1;

/** The WebSocket subprotocol, and the prefix of a second one that carries the bearer token of a browser. */
export const subprotocol = "beseda.v1";
export const bearerSubprotocol = "bearer.";

/** The prefix of a one-use ticket in place of a token: for pages that are signed in by a session. */
export const ticketSubprotocol = "ticket.";

/**
 * Names the session that a request is made in: the application's id, a dot, the user's id. No foreign page may send it, so
 * none can use the cookie; and a page whose user was replaced in another tab does not speak for the new one.
 */
export const sessionHeader = "Beseda-Session";
/** One cookie for each application: a browser may be signed in to several. */
export const sessionCookie = (application: string): string => `__Host-beseda-${application}`;

/** Sent as a bare string; answered without waking the object, with the latest event number, so that a gap is noticed. */
export const ping = "ping";

/** Asks for privileged mode in one request of an application token that allows it. */
export const privilegedHeader = "Beseda-Privileged";
/** The same for a socket, whose headers a standard WebSocket cannot set: one more subprotocol. */
export const privilegedSubprotocol = "beseda.privileged";
/** Carries the administration key or a temporary code; a header, because bodies of DELETE get lost and URLs get logged. */
export const accessCodeHeader = "Access-Code";

/** How ids and UUIDs look; one is never the other. */
export const idShape = /^[0-9a-hjkmnp-tv-z]{26}$/;
export const uuidShape = /^[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}$/;

/** Members of a conversation may be "everybody": every regular user of the application, those to come included (CNV-22). */
export const standardUsers = { allApplicationUsers: "all-application-users" } as const;

/** From this code on an end is final: the client does not come back. */
export const firstFinalCode = 4010;

/** Why a socket ends. The client of a resumable end connects again and goes on from its position. */
export const closeCodes = {
  goingAway: { code: 1001, resumable: true, reason: "server is going away" },
  tokenExpired: { code: 4001, resumable: true, reason: "token expired" },
  slowReader: { code: 4002, resumable: true, reason: "too much unacknowledged" },
  readExpired: { code: 4003, resumable: true, reason: "read right must be checked again" },
  credentialsChanged: { code: 4004, resumable: true, reason: "credentials changed" },
  removed: { code: 4010, resumable: false, reason: "no longer a member" },
  blocked: { code: 4011, resumable: false, reason: "user is blocked" },
  unregistered: { code: 4012, resumable: false, reason: "application is not registered" },
  readLost: { code: 4013, resumable: false, reason: "read right was taken away" },
  badFrames: { code: 4014, resumable: false, reason: "too many frames that are not valid" },
} as const satisfies Record<string, { code: number; resumable: boolean; reason: string }>;
export type CloseName = keyof typeof closeCodes;
