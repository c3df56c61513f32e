import { isCaller, isPrivileged } from "../src/protocol/actors.ts";
import { standardUsers } from "../src/protocol/wire.ts";
import type { ConversationStore } from "../src/storage/conversation/store.ts";
import type { Sockets } from "./sockets.ts";

/** After a removal: whoever has no access any more hears nothing more. */
export function dropStrangers(store: ConversationStore, sockets: Sockets, removed: string): void {
  if (store.facts?.everyone) return;
  const concerned = removed === standardUsers.allApplicationUsers ? sockets.all() : sockets.tagged(removed);
  for (const live of [...concerned]) {
    const { caller } = live;
    if (caller.kind === "user" && !caller.ids.some((id) => store.isMember(id))) sockets.drop(live, "removed");
  }
}

/** The Read right of a user, or of everybody, was taken away: their sockets close. */
export function dropReaders(sockets: Sockets, user: string | null): void {
  for (const live of [...sockets.all()]) {
    if (!isPrivileged(live.caller) && (user === null || isCaller(live.caller, user))) sockets.drop(live, "readLost");
  }
}
