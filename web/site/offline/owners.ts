import type { Session } from "../../../src/sdk/client/index.ts";
import { ofThisBrowser } from "../shell/kept.ts";
import { eraseStore } from "./store.ts";

/** Whose conversations this browser keeps: one user of each application, as long as their session lasts. */
type Owners = Record<string, Session>;

const owners = (): Owners => ofThisBrowser().get<Owners>("owners", {});
const write = (all: Owners): void => ofThisBrowser().set("owners", all);

export const ownerOf = ({ application, user }: Pick<Session, "application" | "user">): string =>
  `${application}.${user}`;

/** The session that was here last, for a start without a server; undefined once it has run out. */
export function lastSession(application: string, now = Date.now()): Session | undefined {
  const session = owners()[application];
  return session && Date.parse(session.expires) > now ? session : undefined;
}

/** Somebody is here: what others of the application have left, and what has run out, goes. */
export async function nowHere(session: Session, now = Date.now()): Promise<void> {
  const all = owners();
  const gone = Object.values(all).filter(
    (former) =>
      (former.application === session.application && former.user !== session.user) || Date.parse(former.expires) <= now,
  );
  for (const { application } of gone) delete all[application];
  write({ ...all, [session.application]: session });
  await Promise.all(
    gone.filter((former) => ownerOf(former) !== ownerOf(session)).map((one) => eraseStore(ownerOf(one))),
  );
}

/** Nobody is here any more: nothing of theirs stays. */
export async function nobodyHere(application: string): Promise<void> {
  const { [application]: former, ...others } = owners();
  write(others);
  if (former) await eraseStore(ownerOf(former));
}
