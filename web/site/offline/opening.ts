import { type Collaboration, connectSession, type Session } from "../../../src/sdk/client/index.ts";
import type { KeptSite } from "./keeper.ts";
import { lastSession, ownerOf } from "./owners.ts";
import { OfflineStore } from "./store.ts";

/** Somebody who was here before, while the server cannot be asked. */
export interface Remembered {
  beseda: Collaboration;
  session: Session;
  kept: KeptSite;
}

/** Opens the site with what it kept. @returns undefined when nobody was here, or the session has run out */
export async function keptSession(application: string): Promise<Remembered | undefined> {
  const session = lastSession(application);
  if (!session) return undefined;
  const kept = await new OfflineStore(ownerOf(session)).get<KeptSite>("site");
  return kept && { beseda: connectSession(session), session, kept };
}
