import {
  type Collaboration,
  connectSession,
  isCollaborationError,
  type Session,
  sessionOf,
  signIn,
} from "../../../src/sdk/client/index.ts";
import type { KeptSite } from "../offline/keeper.ts";
import { ofThisBrowser } from "../shell/kept.ts";
import { type Arrival, arrivalOf } from "./arrival.ts";
import type { Reason } from "./view.tsx";

/** `kept`: what was here before, because the server cannot be asked. */
export type Arrived = { beseda: Collaboration; session: Session; kept?: KeptSite } | { reason: Reason };

const reasons: Record<string, Reason> = {
  not_registered: "unregistered",
  user_blocked: "ended",
  unauthenticated: "ended",
};

/** Why a session does not come about, or ended, by the code of the problem. */
export const reasonOf = (code: string | undefined): Reason => reasons[code ?? ""] ?? "failed";

/** What the address brought and could not be used yet: codes leave the address at once, and a connection may fail. */
let brought: Arrival = { code: undefined, application: undefined };

/** Takes the fragment out of the address, where nobody should see it any longer than needed. */
function takeFragment(): void {
  if (!location.hash) return;
  brought = arrivalOf(location.hash);
  history.replaceState(history.state, "", location.pathname);
}

/** By the code if there is one, by what this browser has otherwise. @returns undefined when nobody has signed in here yet */
async function sessionHere(known: string | undefined): Promise<Session | undefined> {
  const { code } = brought;
  if (code === undefined) return known === undefined ? undefined : sessionOf(known);
  try {
    return await signIn(code);
  } catch (error) {
    // A page that is loaded again brings a code that it has used itself.
    if (isCollaborationError(error, "unauthenticated") && known !== undefined)
      return sessionOf(known).catch(() => Promise.reject(error));
    throw error;
  }
}

/**
 * The session as this browser remembers it. Nothing is asked for, so that whoever comes back can write at once; when it is
 * over, the first answer of the server says so.
 */
function remembered(): Session | undefined {
  const { application, user, expires } = ofThisBrowser().get<Partial<Session>>("session", {});
  if (brought.code !== undefined || typeof application !== "string" || typeof user !== "string") return undefined;
  return typeof expires === "string" && Date.parse(expires) > Date.now() ? { application, user, expires } : undefined;
}

/** There is no session any more. */
export const forgetSession = (): void => ofThisBrowser().set("session", undefined);

/** Finds out who is here: by the code that the address brings along, or by the session that this browser has. */
export async function arrive(): Promise<Arrived> {
  takeFragment();
  const kept = ofThisBrowser();
  // Before the answer: a page that is left meanwhile finds its session again.
  if (brought.application !== undefined) kept.set("application", brought.application);
  try {
    const session = remembered() ?? (await sessionHere(kept.get<string | undefined>("application", undefined)));
    if (!session) return { reason: "new" };
    kept.set("application", session.application);
    kept.set("session", session);
    brought = { code: undefined, application: undefined };
    return { beseda: connectSession(session), session };
  } catch (error) {
    const code = isCollaborationError(error) ? error.code : undefined;
    const application = kept.get<string | undefined>("application", undefined);
    if (application !== undefined && brought.code === undefined) {
      const before = await without(application, code);
      if (before) return before;
    }
    const isUsed = brought.code !== undefined && (code === "unauthenticated" || code === "validation");
    return { reason: isUsed ? "used" : reasonOf(code) };
  }
}

/** Without a server what was kept is shown; once it says that the session is over, nothing of it stays. */
async function without(application: string, code: string | undefined): Promise<Arrived | undefined> {
  if (code === "network" || code === "unavailable")
    return (await import("../offline/opening.ts")).keptSession(application);
  if (code !== undefined && code in reasons) await (await import("../offline/owners.ts")).nobodyHere(application);
  return undefined;
}
