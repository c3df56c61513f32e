import { toldOf } from "../src/domain/notifications/told.ts";
import type { Hint } from "../src/protocol/jobs.ts";
import type { ServerFrame } from "../src/protocol/live.ts";
import type { Audience } from "../src/storage/inbox/audiences.ts";
import { tagOf } from "./greeting.ts";
import { Frame, type Sockets } from "./sockets.ts";

/** Tells listening users of new messages, each as it concerns them; two frames serve all. */
export function tellListeners(sockets: Sockets, audience: Audience | undefined, hint: Hint): void {
  const frames = new Map<boolean, Frame>();
  const now = Date.now();
  for (const live of sockets.all()) {
    const told = toldOf(audience, hint, live.caller);
    if (!told) continue;
    const notify = told === "notify";
    const frame =
      frames.get(notify) ??
      new Frame(JSON.stringify({ type: "activity", notify, activity: hint.activity } satisfies ServerFrame));
    frames.set(notify, frame);
    sockets.send(live, frame, now);
  }
}

/** Tells one user, on every screen. */
export function tellUser(sockets: Sockets, user: string, frame: ServerFrame): void {
  const now = Date.now();
  for (const live of sockets.tagged(user)) sockets.send(live, JSON.stringify(frame), now);
}

/** Tells all listening users that are wanted. */
export function tellUsers(sockets: Sockets, frame: ServerFrame, isWanted: (user: string) => boolean): void {
  const now = Date.now();
  for (const live of sockets.all()) if (isWanted(tagOf(live.caller))) sockets.send(live, JSON.stringify(frame), now);
}

/** Listening users that a hint would reach. */
export function listenersTo(sockets: Sockets, audience: Audience | undefined, addressed: readonly string[]): string[] {
  const users = [...sockets.all()].map(({ caller }) => tagOf(caller));
  return [...new Set(users)].filter((user) => audience?.people[user] === 1 || addressed.includes(user));
}
