import * as v from "valibot";
import { Id } from "./ids.ts";
import { limits } from "./limits.ts";
import { Moment } from "./lists.ts";
import { name } from "./strings.ts";

/** A one-use code that signs a browser in. */
export const SessionCode = v.pipe(
  v.object({ code: v.string(), application: Id, expires: Moment }),
  v.metadata({ ref: "SessionCode" }),
);
export type SessionCode = v.InferOutput<typeof SessionCode>;

/** Opens one socket: the second subprotocol is `ticket.` and this. */
export const Ticket = v.pipe(v.object({ ticket: v.string(), expires: Moment }), v.metadata({ ref: "Ticket" }));
export type Ticket = v.InferOutput<typeof Ticket>;

export const SignIn = v.strictObject({ code: name(limits.sessionCode) });

/** Who is signed in, in this browser, to one application. */
export const Session = v.object({ application: Id, user: Id, expires: Moment });
export type Session = v.InferOutput<typeof Session>;
