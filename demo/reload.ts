import { type Application, isCollaborationError, standardUsers } from "beseda/server";
import { reloadKey } from "./reload-key.ts";

/** Asks every page of the application to load itself again; each asks its user first. */
export async function askToReload(application: Application, user: string): Promise<void> {
  const server = application.connectAs(user);
  try {
    await server.createMessage(reloadKey, { data: { reload: true } }).write();
  } finally {
    server.close();
  }
}

/** Makes the service conversation: people do not see it, every page of the application listens to it. */
export async function makeReloadConversation(application: Application, user: string): Promise<void> {
  const server = application.connectAs(user);
  try {
    await server
      .createConversation({ key: reloadKey, displayed: false, members: [standardUsers.allApplicationUsers] })
      .write();
  } catch (error) {
    if (!isCollaborationError(error, "conflict")) throw error;
  } finally {
    server.close();
  }
}
